"""The page of quality checks: run them, and counts by check and by place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.inspection import actions, queries
from anju.inspection.models import Inspection
from anju.language import in_language
from anju.places import queries as places
from anju.quality.checks import check as check_of
from anju.quality.checks import checks, not_held
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.quality import reading

_TOWN, _VILLAGE = 9, 12


@requires(Permission.VIEW_HOUSEHOLDS)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponseBase:
    """The latest result in the viewer's places; who may run monitoring has a button."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    may_run = viewer.may(Permission.RUN_MONITORING)
    if request.method == "POST":
        if not may_run:
            raise PermissionDenied
        return _start(request, viewer)
    newest = queries.newest()
    standing = queries.standing(newest) if newest else None
    names: dict[str, Any] = {
        "newest": newest,
        "standing": standing,
        "may_run": may_run,
        "today": timezone.localdate(),
    }
    if request.htmx:  # type: ignore[attr-defined]
        if standing is None or not standing.is_open:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "web/quality/overview.html#progress", names)
    if inspection := queries.latest():
        names |= _result(viewer, inspection, request.GET.get("town", ""))
    return render(request, "web/quality/overview.html", names)


def _start(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Ask for an inspection of the day given; what is wrong with it is said on the page."""
    try:
        as_of = date.fromisoformat(request.POST.get("as_of", "").strip())
        actions.start(by=viewer.actor(address_of(request)), at=timezone.now(), as_of=as_of)
    except ValueError:
        messages.error(request, gettext("请填写质检日期，例如 2023-10-08。"))
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:quality"))


@requires(Permission.RUN_MONITORING)
@require_POST
def cancel(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """Ask an inspection to stop."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        inspection = queries.inspection_for(viewer, inspection_id)
        actions.cancel(
            by=viewer.actor(address_of(request)), at=timezone.now(), inspection=inspection
        )
    except Inspection.DoesNotExist:
        raise Http404 from None
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:quality"))


@dataclass(frozen=True)
class CheckRow:
    """One check and its problems in the viewer's places."""

    code: str
    title: str
    group: str | Promise
    level: str | Promise
    mend: str | Promise
    number: int
    address: str


@dataclass(frozen=True)
class PlaceRow:
    """One town or village: problems to mend and to look at, and where to go on."""

    name: str
    must: int
    look: int
    address: str
    inside: str  # the villages of a town; empty for a village


def _result(viewer: Viewer, inspection: Inspection, town: str) -> dict[str, Any]:
    found = queries.counts(viewer, inspection)
    by_level = dict.fromkeys(reading.LEVELS, 0)
    for each in found.values():
        by_level[check_of(each.code).level] += each.problems
    return {
        "inspection": inspection,
        "levels": [
            (label, by_level[level], _list_of(level=level))
            for level, label in reading.LEVELS.items()
        ],
        "rows": _check_rows(found),
        "quiet": sum(1 for code in inspection.report["problems"] if code not in found),
        "places": _place_rows(viewer, inspection, town),
        "town": town,
        "not_run": [
            (reading.title(check_of(code)), "、".join(needs))
            for code, needs in inspection.report["not_run"].items()
        ],
        "not_held": [_reason(each) for each in not_held()],
    }


def _reason(each: Any) -> tuple[str, int]:
    return in_language(each.zh, each.en), len(each.codes)


def _check_rows(found: Mapping[str, queries.Counted]) -> list[CheckRow]:
    """What must be mended first, the most frequent on top."""
    rows = [each for each in checks() if each.code in found]
    rows.sort(key=lambda each: (each.level != "must", -found[each.code].problems))
    return [
        CheckRow(
            each.code,
            reading.title(each),
            reading.GROUPS[each.group],
            reading.LEVELS[each.level],
            reading.MENDERS[each.mend],
            found[each.code].problems,
            _list_of(code=each.code),
        )
        for each in rows
    ]


def _place_rows(viewer: Viewer, inspection: Inspection, town: str) -> list[PlaceRow]:
    """Towns, or the villages of the town chosen (or of the viewer's only one)."""
    counted = queries.counts_by_place(viewer, inspection, digits=_VILLAGE)
    digits = _TOWN
    if town or len({each.place[:_TOWN] for each in counted}) <= 1:
        digits = _VILLAGE
        counted = [each for each in counted if each.place.startswith(town[:_TOWN])]
    by_place: dict[str, dict[str, int]] = {}
    for each in counted:
        sums = by_place.setdefault(each.place[:digits], dict.fromkeys(reading.LEVELS, 0))
        sums[check_of(each.code).level] += each.problems
    names = places.names([place.ljust(_VILLAGE, "0") for place in by_place])
    return [_place(place, by_place[place], names) for place in sorted(by_place)]


def _place(place: str, sums: Mapping[str, int], names: Any) -> PlaceRow:
    code = place.ljust(_VILLAGE, "0")
    if len(place) == _TOWN:
        address, inside = _list_of(town=code), f"?{urlencode({'town': code})}#places"
    else:
        address = _list_of(town=place[:_TOWN].ljust(_VILLAGE, "0"), village=code)
        inside = ""
    return PlaceRow(names.of(code) or code, sums["must"], sums["look"], address, inside)


def _list_of(**asked: str) -> str:
    return f"{reverse('web:quality-problems')}?{urlencode(asked)}"
