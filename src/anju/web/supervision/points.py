"""Points that units lost in a year: each line with its rule, where that stands, and what it counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.language import in_language
from anju.supervision import books
from anju.supervision.queries.points import Line, Thing, UnitPoints, points_of
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.supervision import choosing, points_book
from anju.web.supervision.wording import basis

TEMPLATE = "web/supervision/points.html"
_YEARS = 5
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAGES = {"problem": "web:problem", "task": "web:task", "notice": "web:supervision-notice"}


@dataclass(frozen=True)
class Told:
    """One line in words."""

    rule: str
    where: str
    each: int
    most: int | None
    points: int
    uncapped: int
    things: Sequence[tuple[Thing, str]]


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest) -> HttpResponseBase:
    """Units of the viewer, for a plan (or all) and a year; the same as a workbook."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    plan = choosing.plan_of(viewer, request.GET.get("plan", ""))
    years = [viewer.on.year - back for back in range(_YEARS)]
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted in {str(each) for each in years} else viewer.on.year
    found = points_of(viewer, plan=plan, year=year, on=viewer.on)
    is_export = request.GET.get("export") == "xlsx"
    may_export = viewer.may(Permission.EXPORT_LISTS)
    if is_export and not may_export:
        raise PermissionDenied
    record(
        by=viewer.actor(address_of(request)),
        action="register.export" if is_export else "supervision_points.read",
        kind="unit",
        ids=[each.unit.pk for each in found],
        detail={"register": "points-off", "year": year, "plan": plan.pk if plan else None},
    )
    if is_export:
        title = plan.short_title if plan else ""
        file = points_book.written(viewer, found, year=year, plan=title)
        name = f"points-off-{year}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=_WORKBOOK)
    rules = books.book_of_plan(plan).points
    context = {
        "plans": choosing.plans(viewer),
        "may_export": may_export and bool(found),
        "chosen_plan": str(plan.pk) if plan else "",
        "years": years,
        "year": year,
        "units": [_told(each) for each in found],
        "rules": [
            (in_language(rule.name, rule.name_en), rule.points, rule.most, basis(rule.basis))
            for rule in rules
            if rule.holds_on(viewer.on)
        ],
        "has_defaults": any(rule.basis.is_default for rule in rules),
    }
    return render(request, TEMPLATE, context)


def _told(found: UnitPoints) -> tuple[UnitPoints, list[Told]]:
    return found, [_line(line) for line in found.lines]


def _line(line: Line) -> Told:
    rule = line.rule
    return Told(
        in_language(rule.name, rule.name_en),
        basis(rule.basis),
        rule.points,
        rule.most,
        line.points,
        line.uncapped,
        [(thing, reverse(_PAGES[thing.kind], args=[thing.number])) for thing in line.things],
    )
