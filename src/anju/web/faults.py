"""A request's number, which an error page shows and the log repeats; nothing of the inside."""

import secrets
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


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
