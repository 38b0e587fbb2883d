"""Who asks: a system with its token; what every answer may end in; what is left in the audit."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.api.answers import Problem
from anju.audit.actions import record
from anju.audit.address import caller

#: Declared for every operation, so that the description names all that can come back.
PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 422, 429), Problem)


class Token(HttpBearer):
    """`Authorization: Bearer anju_…`; the viewer was looked up before the view was called."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """The system as a viewer; None ends in 401."""
        viewer: Viewer | None = getattr(request, "viewer", None)
        return viewer


def viewer_who_may(request: HttpRequest, permission: Permission) -> Viewer:
    """The system that asks; 403 where its token does not allow this."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    if not viewer.may(permission):
        raise HttpError(403, "这个令牌没有读取此项内容的权限，请联系发放人。")
    return viewer


def leave_entry(
    request: HttpRequest, viewer: Viewer, kind: str, ids: Sequence[str | int], **detail: Any
) -> None:
    """The entry of a read: which things were handed to which system."""
    record(
        by=viewer.actor(caller(request.META)),
        action="api.read",
        kind=kind,
        ids=ids,
        count=len(ids),
        detail=detail,
    )
