"""The second fence: on PostgreSQL a request runs in one transaction that knows its viewer."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from anju.accounts import row_security


class RowSecurityMiddleware:
    """After `ViewerMiddleware`: sets the scope of the transaction, once the viewer is known.

    A page that breaks leaves nothing behind; any other answer commits what its actions did.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.ROW_SECURITY:
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        """Who is not signed in sees no row of the fenced tables."""
        viewer = getattr(request, "viewer", None)
        if settings.ROW_SECURITY and viewer is not None:
            row_security.enter(viewer)
