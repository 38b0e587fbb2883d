"""How often somebody may ask for what is costly: searches, exports, uploads.

Counted per person in the cache, which all server processes share, in windows of fixed length. What is
counted follows from the request, so that a new page needs no declaration.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from anju.web import errors


@dataclass(frozen=True)
class Limit:
    """A kind of request, how to recognise it, and how many a window may hold (0: any number)."""

    id: str
    applies: Callable[[HttpRequest], bool]
    seconds: int

    @property
    def most(self) -> int:
        """How many, by setting."""
        return int(settings.RATE_LIMITS[self.id])


def _is_search(request: HttpRequest) -> bool:
    return request.method == "GET" and bool(request.GET.get("q", "").strip())


def _is_export(request: HttpRequest) -> bool:
    return bool(request.GET.get("export")) or request.path.endswith("/report/")


def _is_upload(request: HttpRequest) -> bool:
    is_form = str(request.META.get("CONTENT_TYPE", "")).startswith("multipart/form-data")
    return request.method == "POST" and is_form


LIMITS = (
    Limit("searches", _is_search, 60),
    Limit("exports", _is_export, 3600),
    Limit("uploads", _is_upload, 3600),
)


class LimitMiddleware:
    """Refuses what somebody asks for too often, with the time from which it is answered again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing before it is known who asks."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Count, and answer in place of the view when it is too much."""
        viewer = getattr(request, "viewer", None)
        if viewer is None:
            return None
        for limit in LIMITS:
            if limit.most and limit.applies(request):
                left = _seconds_left(limit, viewer.user_id)
                if left:
                    again = timezone.localtime() + timedelta(seconds=left)
                    return errors.too_often(request, seconds=left, again=again)
        return None


def _seconds_left(limit: Limit, user_id: int) -> int:
    """Count one more; 0 while it is allowed, else the seconds until the next window."""
    now = int(time.time())
    window, begun = divmod(now, limit.seconds)
    left = limit.seconds - begun
    key = f"limit:{limit.id}:{user_id}:{window}"
    # Not `incr`, which in the database gives the entry another, shorter life.
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, timeout=left + 1)
    return left if count > limit.most else 0
