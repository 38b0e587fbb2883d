"""How often somebody may ask for what is costly: searches, exports, uploads; and, without signing in,
how often a form may be sent on an open page.

Counted in the cache, which all server processes share, in windows of fixed length: per person, on open
pages per address and per page. What is counted follows from the request, so that a new page needs no
declaration.
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
from anju.web.address import address_of


@dataclass(frozen=True)
class Limit:
    """A kind of request, how to recognise it, and how many a window may hold (0: any number).

    `of` says whose requests are counted together.
    """

    id: str
    applies: Callable[[HttpRequest], bool]
    seconds: int
    of: Callable[[HttpRequest], str]

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


def _is_sent(request: HttpRequest) -> bool:
    """A report or an objection."""
    return request.method == "POST" and not _is_looked_up(request)


def _is_looked_up(request: HttpRequest) -> bool:
    """Tried receipt numbers."""
    return request.method == "POST" and request.path.endswith("/status/")


def _person(request: HttpRequest) -> str:
    return str(request.viewer.user_id)  # type: ignore[attr-defined]


def _page(request: HttpRequest) -> str:
    """The village's page: `/open/<token>/…`."""
    return request.path.split("/")[2]


LIMITS = (
    Limit("searches", _is_search, 60, _person),
    Limit("exports", _is_export, 3600, _person),
    Limit("uploads", _is_upload, 3600, _person),
)
OPEN_LIMITS = (
    Limit("open_sent", _is_sent, 3600, address_of),
    Limit("open_looked_up", _is_looked_up, 3600, address_of),
    # From many addresses at once: a village's desk is not to be flooded either.
    Limit("open_sent_to_page", _is_sent, 86_400, _page),
)
_OPEN = "/open/"


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
        for limit in _limits_of(request):
            if limit.most and limit.applies(request):
                left = _seconds_left(limit, limit.of(request))
                if left:
                    again = timezone.localtime() + timedelta(seconds=left)
                    return errors.too_often(request, seconds=left, again=again)
        return None


def _limits_of(request: HttpRequest) -> tuple[Limit, ...]:
    """Nobody is counted on pages for signing in: attempts have their own locks."""
    if getattr(request, "viewer", None) is not None:
        return LIMITS
    return OPEN_LIMITS if request.path.startswith(_OPEN) else ()


def _seconds_left(limit: Limit, asker: str) -> int:
    """Count one more; 0 while it is allowed, else the seconds until the next window."""
    now = int(time.time())
    window, begun = divmod(now, limit.seconds)
    left = limit.seconds - begun
    key = f"limit:{limit.id}:{asker}:{window}"
    # Not `incr`, which in the database gives the entry another, shorter life.
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, timeout=left + 1)
    return left if count > limit.most else 0
