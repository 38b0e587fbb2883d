"""A number for each request, which an error page shows and the log repeats; nothing of the inside."""

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.debug import SafeExceptionReporterFilter


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
        from anju.web import errors

        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.REQUEST_MAX_BYTES:
            return errors.too_large(request)
        return None


class SilentReporterFilter(SafeExceptionReporterFilter):
    """No values in Django's own error reports, not even while developing: they may be a person's."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """The names of the fields."""
        return {} if request is None else dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> list[tuple[str, Any]]:
        """The names of the variables."""
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]


def reference_of(request: HttpRequest) -> str:
    """The number of a request; made up where the middleware has not seen it."""
    if not hasattr(request, "reference"):
        request.reference = secrets.token_hex(4)
    return str(request.reference)
