"""The check of a list before it goes out: start it, watch it, read what it found, mend, send."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_GET, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.inspection.actions import list_checks as actions
from anju.inspection.lists import is_must
from anju.inspection.models import InspectionState, ListCheck
from anju.inspection.queries import list_checks as queries
from anju.intake.feeds import BY_ID
from anju.places import queries as places
from anju.quality.checks import check as check_of
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.intake.list_problems import UNREAD, UNREAD_TITLE
from anju.web.intake.outgoing import needs_approval
from anju.web.intake.wanted import told, wanted
from anju.web.quality import reading


@requires(Permission.EXPORT_LISTS)
@require_POST
def start(request: HttpRequest, feed: str) -> HttpResponse:
    """Check a list; one that was checked today, and of which nothing changed since, is shown again."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked, today = wanted(request.POST, viewer, feed), timezone.localdate()
    check = queries.latest(asked.asked, today)
    if check is None or not queries.is_fresh(check, today):
        check = actions.start(
            by=viewer.actor(address_of(request)), at=timezone.now(), as_of=today, asked=asked.asked
        )
    address = reverse("web:list-check", args=[check.pk])
    return HttpResponseRedirect(f"{address}?numbers=full" if asked.in_full else address)


@requires(Permission.EXPORT_LISTS)
@require_GET
def page(request: HttpRequest, check_id: int) -> HttpResponseBase:
    """How far it is; then problems by check and by village, and the way to the file."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    check = _check(viewer, check_id)
    standing, in_full = queries.standing_of(check), request.GET.get("numbers") == "full"
    names: dict[str, Any] = {
        "check": check,
        "standing": standing,
        "title": BY_ID[check.feed].name,
        "in_full": in_full,
        "again": told(check, in_full=in_full).items(),
    }
    if request.htmx:  # type: ignore[attr-defined]
        if not standing.is_open:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "web/intake/list_check.html#progress", names)
    if check.state == InspectionState.DONE:
        names |= _result(viewer, check, in_full=in_full)
    return render(request, "web/intake/list_check.html", names)


@requires(Permission.EXPORT_LISTS)
@require_POST
def cancel(request: HttpRequest, check_id: int) -> HttpResponse:
    """Ask a check to stop."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    check = _check(viewer, check_id)
    try:
        actions.cancel(by=viewer.actor(address_of(request)), at=timezone.now(), check=check)
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:list-check", args=[check_id]))


@dataclass(frozen=True)
class CheckRow:
    """One check and its problems in the list."""

    title: str | Promise
    level: str | Promise
    mend: str | Promise
    code: str
    number: int
    address: str


@dataclass(frozen=True)
class PlaceRow:
    """One village: problems to mend and to look at, and where they are listed."""

    name: str
    must: int
    look: int
    address: str


def _result(viewer: Viewer, check: ListCheck, *, in_full: bool) -> dict[str, Any]:
    must, look = queries.levels_of(viewer, check)
    query = told(check, in_full=in_full)
    file = reverse("web:outgoing-file", args=[check.feed])
    return {
        "must": must,
        "look": look,
        "rows": _check_rows(viewer, check),
        "places": _place_rows(viewer, check),
        "is_fresh": queries.is_fresh(check, timezone.localdate()),
        "file": f"{file}?{query.urlencode()}" if query else file,
        "needs_approval": needs_approval(wanted(query, viewer, check.feed), check),
        "all": reverse("web:list-check-rows", args=[check.pk]),
    }


def _check_rows(viewer: Viewer, check: ListCheck) -> list[CheckRow]:
    """What must be mended first, the most frequent on top."""
    found = queries.codes_of(viewer, check)
    codes = sorted(found, key=lambda code: (not is_must(code), -found[code], code))
    return [_check_row(check, code, found[code]) for code in codes]


def _check_row(check: ListCheck, code: str, number: int) -> CheckRow:
    address = _rows_of(check, code=code or UNREAD)
    if not code:
        return CheckRow(UNREAD_TITLE, reading.LEVELS["must"], "", "", number, address)
    named = check_of(code)
    return CheckRow(
        reading.title(named),
        reading.LEVELS[named.level],
        reading.MENDERS[named.mend],
        code,
        number,
        address,
    )


def _place_rows(viewer: Viewer, check: ListCheck) -> list[PlaceRow]:
    villages: Sequence[queries.Village] = queries.villages_of(viewer, check)
    names = places.names(each.code for each in villages)
    return [
        PlaceRow(
            names.village(each.code) or names.of(each.code) or each.code,
            each.must,
            each.look,
            _rows_of(check, village=each.code),
        )
        for each in villages
    ]


def _rows_of(check: ListCheck, **asked: str) -> str:
    return f"{reverse('web:list-check-rows', args=[check.pk])}?{urlencode(asked)}"


def _check(viewer: Viewer, check_id: int) -> ListCheck:
    try:
        return queries.check_for(viewer, check_id)
    except ListCheck.DoesNotExist:
        raise Http404 from None
