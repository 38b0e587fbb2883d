"""Doing one thing that a page sent: by whom and when, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal
from anju.web.address import address_of


@dataclass(frozen=True)
class Doing:
    """Who does it, and when."""

    by: Actor
    viewer: Viewer
    at: datetime
    on: date


def doing(request: HttpRequest) -> Doing:
    """Whoever sent the request, now."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    at = timezone.now()
    return Doing(viewer.actor(address_of(request)), viewer, at, timezone.localdate(at))


def carry_out(
    request: HttpRequest, do: Callable[[Doing], str], again: Callable[[str], HttpResponse]
) -> HttpResponse:
    """Do it and go to the address that it answers; refused, show the page again with the reason."""
    return told_beside(request, do, lambda refused: again(refused.zh))


def told_beside(
    request: HttpRequest, do: Callable[[Doing], str], again: Callable[[Refusal], HttpResponse]
) -> HttpResponse:
    """The same for pages that tell the reason beside the field which the refusal names."""
    try:
        return HttpResponseRedirect(do(doing(request)))
    except Refusal as refused:
        return again(refused)
