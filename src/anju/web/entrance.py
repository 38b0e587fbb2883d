"""What every request passes first: a number of its own, a limit of size, headers for the browser."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from anju.web import errors


class FenceMiddleware:
    """Gives each request a number, refuses bodies beyond the limit, adds what browsers must not do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.reference = secrets.token_hex(4)  # type: ignore[attr-defined]
        response = self._refused(request) or self.get_response(request)
        for name, value in settings.FENCE_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _refused(self, request: HttpRequest) -> HttpResponseBase | None:
        """The page of a body that is too large, before any of it is read."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.REQUEST_MAX_BYTES:
            return errors.too_large(request)
        return None
