"""Who may open a page: every view says it, and an unmarked view is refused by the middleware."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from anju.accounts.permissions import Permission

View = Callable[..., HttpResponseBase]

#: Marks left on a view as its `access` attribute, beside the permissions themselves.
PUBLIC = "public"
SIGNED_IN = "signed in"


def requires(permission: Permission | None = None) -> Callable[[View], View]:
    """Let in who is signed in and holds `permission` somewhere (None: everybody signed in)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if getattr(request, "viewer", None) is None:
                return _to_login(request)
            if permission is not None and not request.viewer.may(permission):  # type: ignore[attr-defined]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = permission or SIGNED_IN  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """Anybody may open this page: sign-in, language, health."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def access_of(view: View) -> str | None:
    """What a view is marked with; None when nobody said."""
    return getattr(view, "access", None)


def _to_login(request: HttpRequest) -> HttpResponse:
    """The sign-in page, remembering where one wanted to go; htmx is told to leave the page."""
    fragment = getattr(request, "htmx", False)
    wanted = request.htmx.current_url_abs_path if fragment else request.get_full_path()  # type: ignore[attr-defined]
    address = f"{settings.LOGIN_URL}?{urlencode({'next': wanted or '/'})}"
    if fragment:
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
