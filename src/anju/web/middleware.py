"""What every request gets: a language, a viewer (who asks, for which places), nothing in caches."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from anju.accounts.permissions import BY_TOKEN
from anju.accounts.queries import viewer_of, viewer_of_token
from anju.accounts.viewer import Viewer
from anju.web.access import PUBLIC, access_of


class LanguageMiddleware:
    """Chinese unless the person chose otherwise, whatever language the browser prefers.

    Offices use browsers set up in either language; a page half chosen by them surprises people.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        with translation.override(chosen if known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
            return response


class ViewerMiddleware:
    """Sets `request.viewer` (None when nobody is signed in) and refuses views without a mark."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if getattr(request, "viewer", None) is not None and "Cache-Control" not in response:
            # Personal data: neither the browser nor anything between keeps the page.
            response["Cache-Control"] = "no-store, private"
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        """Deny by default: a page nobody gave a permission is not shown."""
        request.viewer = None  # type: ignore[attr-defined]
        access = access_of(view)
        if access == PUBLIC:
            return
        if access == BY_TOKEN:
            request.viewer = _viewer_by_token(request)  # type: ignore[attr-defined]
            return
        recognise(request)
        if access is None:
            raise PermissionDenied


def recognise(request: HttpRequest) -> None:
    """Set the viewer by the session, and the language that they chose."""
    user: Any = request.user
    request.viewer = (  # type: ignore[attr-defined]
        viewer_of(user, on=timezone.localdate()) if user.is_authenticated else None
    )
    if user.is_authenticated and user.language:
        # Undone by the LanguageMiddleware around this one.
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()


def _viewer_by_token(request: HttpRequest) -> Viewer | None:
    """Another system, by `Authorization: Bearer …`; a session opens nothing there."""
    scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        return None
    return viewer_of_token(secret.strip(), on=timezone.localdate())
