"""Blank spots in clinics (村卫生室空白点): which villages have one, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.casework.models import ClinicReport
from anju.casework.queries.open_pages import cared_for
from anju.places import queries as places
from anju.places.models import Division


class Standing(StrEnum):
    """Where a village of the list stands."""

    BLANK = "blank"
    UNSEEN = "unseen"
    FILLED = "filled"
    SOUND = "sound"


STANDINGS = {
    Standing.BLANK: _("空白点，待清零"),
    Standing.UNSEEN: _("本月未核实"),
    Standing.FILLED: _("本月已清零"),
    Standing.SOUND: _("正常"),
}


@dataclass(frozen=True)
class Tally:
    """How many villages stand how; `total` is all of them."""

    total: int
    by_standing: dict[Standing, int]


def villages_for(viewer: Viewer) -> QuerySet[Division]:
    """Villages where the viewer sees cases, each with what was seen there last.

    `seen_on` and `is_blank` are None where nobody ever looked; `was_filled`: a blank spot was filled in
    the month of the viewer's day.
    """
    seen = Scope(viewer.scope_for(Permission.VIEW_CASES).ranges) & Scope(viewer.scope.ranges)
    theirs = ClinicReport.objects.filter(village_code=OuterRef("code"))
    blank = Case(
        When(has_clinic=True, has_staff=True, then=Value(False)),
        default=Value(True),
        output_field=BooleanField(),
    )
    latest = theirs.annotate(blank=blank).order_by("-seen_on", "-id")
    month = viewer.on.replace(day=1)
    return places.villages_in(seen).annotate(
        seen_on=Subquery(latest.values("seen_on")[:1]),
        is_blank=Subquery(latest.values("blank")[:1]),
        was_filled=Exists(theirs.filter(fills_blank=True, seen_on__gte=month)),
    )


def of_standing(rows: QuerySet[Division], standing: Standing, on: date) -> QuerySet[Division]:
    """The villages of a list (`villages_for`) that stand so."""
    return rows.filter(_condition(standing, on))


def standing_of(row: Division, on: date) -> Standing:
    """Where one village of a list (`villages_for`) stands."""
    seen_on: date | None = row.seen_on  # type: ignore[attr-defined]
    if row.is_blank:  # type: ignore[attr-defined]
        return Standing.BLANK
    if seen_on is None or seen_on < on.replace(day=1):
        return Standing.UNSEEN
    return Standing.FILLED if row.was_filled else Standing.SOUND  # type: ignore[attr-defined]


def tally(viewer: Viewer) -> Tally:
    """The viewer's villages in numbers; one query."""
    rows = villages_for(viewer).order_by()
    counted = rows.aggregate(
        total=Count("pk"),
        **{each.value: Count("pk", filter=_condition(each, viewer.on)) for each in Standing},
    )
    return Tally(counted["total"], {each: counted[each.value] for each in Standing})


def reports_of(viewer: Viewer, village_code: str) -> QuerySet[ClinicReport]:
    """All reports of one of the viewer's villages, the latest first; none of others."""
    if not villages_for(viewer).filter(code=village_code).exists():
        return ClinicReport.objects.none()
    return ClinicReport.objects.filter(village_code=village_code).order_by("-seen_on", "-id")


def blank_since(viewer: Viewer, village_codes: Iterable[str]) -> dict[str, date]:
    """Village → the day since when it is blank, of those that are; one query."""
    found: dict[str, date] = {}
    rows = ClinicReport.objects.filter(village_code__in=set(village_codes))
    for row in rows.order_by("seen_on", "id"):
        if not row.is_blank:
            found.pop(row.village_code, None)
        else:
            found.setdefault(row.village_code, row.seen_on)
    return found


def may_report(viewer: Viewer, village_code: str) -> bool:
    """Whether the viewer acts for the village, its town or the county."""
    return cared_for(viewer).covers(village_code)


def _condition(standing: Standing, on: date) -> Q:
    seen = Q(seen_on__gte=on.replace(day=1))
    match standing:
        case Standing.BLANK:
            return Q(is_blank=True)
        case Standing.UNSEEN:
            return Q(seen_on__isnull=True) | (Q(is_blank=False) & ~seen)
        case Standing.FILLED:
            return Q(is_blank=False, was_filled=True) & seen
        case Standing.SOUND:
            return Q(is_blank=False, was_filled=False) & seen
