"""One entry with everything it says, and a check of the chain on demand."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.audit import chain, queries
from anju.audit.changes import HIDDEN
from anju.audit.models import Entry
from anju.places import queries as places
from anju.queue.actions import enqueue
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.audit import words
from anju.web.audit.standing import JOB_KIND

_APART = ("changes", "before", "after")


@dataclass(frozen=True)
class Line:
    """One field of a change."""

    name: str
    before: str
    after: str


@requires(Permission.VIEW_AUDIT)
@require_GET
def page(request: HttpRequest, sequence: int) -> HttpResponse:
    """The entry: before and after, ids, place, address, and whether it is as it was written."""
    entry = _entry(sequence)
    context = {
        "entry": entry,
        "actor_name": accounts.names_of({entry.actor}).get(entry.actor, ""),
        "action_word": words.action(entry.action),
        "kind_word": words.kind(entry.kind),
        "place_name": places.names([entry.place]).village(entry.place) or entry.place,
        "lines": _lines(entry.detail),
        "details": _details(entry.detail),
        "is_whole": chain.digest_of(entry.written()) == entry.digest,
        "newer": queries.neighbour(entry, 1),
        "older": queries.neighbour(entry, -1),
    }
    return render(request, "web/audit/entry.html", context)


@requires(Permission.VIEW_AUDIT)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Have the whole chain checked now, in the background."""
    now = timezone.now()
    day = timezone.localtime(now).date().isoformat()
    actor = request.viewer.actor(address_of(request))  # type: ignore[attr-defined]
    enqueue(by=actor, kind=JOB_KIND, key=f"{JOB_KIND}:asked", payload={"day": day}, at=now)
    messages.success(request, _("已开始检查，请稍后刷新本页看结果。"))
    return HttpResponseRedirect(reverse("web:audit"))


def _entry(sequence: int) -> Entry:
    try:
        return queries.entries().get(sequence=sequence)
    except Entry.DoesNotExist:
        raise Http404 from None


def _lines(detail: dict[str, Any]) -> list[Line]:
    """What changed, in either of the two shapes."""
    changes = detail.get("changes")
    if not isinstance(changes, dict):
        before, after = detail.get("before", {}), detail.get("after", {})
        if not (isinstance(before, dict) and isinstance(after, dict)):
            return []
        names = sorted({*before, *after})
        changes = {name: [before.get(name), after.get(name)] for name in names}
    return [
        Line(name, _told(pair[0]), _told(pair[1]))
        for name, pair in changes.items()
        if isinstance(pair, list) and len(pair) == 2
    ]


def _told(value: Any) -> str:
    if value is None:
        return _("未掌握")
    if value == "":
        return _("无")
    if isinstance(value, bool):
        return pgettext("answer", "是") if value else pgettext("answer", "否")
    if value == HIDDEN:
        return _("（不显示）")
    return str(value)


def _details(detail: dict[str, Any]) -> list[tuple[str, str]]:
    """The rest of what it says."""
    return [
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in detail.items()
        if name not in _APART
    ]
