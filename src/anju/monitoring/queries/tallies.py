"""Counts by rule, level and place, read from the tallies a run wrote: never summed over findings.

A grid worker has no tally (a grid is part of a village): the few households of a grid are counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count as Rows
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Substr

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.memory import remembered
from anju.monitoring.models import HouseholdLevel, LevelTally, Run, Tally, WarningLevel
from anju.monitoring.queries.findings import (
    findings_for,
    levels_for,
    may_see,
    places_of,
    within,
)

COUNTY_DIGITS, TOWN_DIGITS, VILLAGE_DIGITS = 6, 9, 12


@dataclass(frozen=True)
class Count:
    """Hits and gaps of one rule, in one place or in all the viewer's places (empty place)."""

    rule: str
    hits: int
    unknown: int
    place: str = ""


def counts_by_rule(viewer: Viewer, run: Run) -> dict[str, Count]:
    """Counts of each rule in all the viewer's places."""
    if _only_grids(viewer):
        return {count.rule: count for count in _live(viewer, run, digits=0)}
    summed = (
        _tallies(viewer, run).values("rule").annotate(h=Sum("hits"), u=Sum("unknown")).order_by()
    )
    return {row["rule"]: Count(row["rule"], row["h"], row["u"]) for row in summed}


def counts_by_place(viewer: Viewer, run: Run, *, digits: int = TOWN_DIGITS) -> list[Count]:
    """Counts of each rule in each town (9 digits) or village (12) of the viewer's places."""
    if _only_grids(viewer):
        return _live(viewer, run, digits=digits)
    summed = (
        _tallies(viewer, run, digits)
        .annotate(at=Substr("place", 1, digits))
        .values("at", "rule")
        .annotate(h=Sum("hits"), u=Sum("unknown"))
        .order_by("at", "rule")
    )
    return [Count(row["rule"], row["h"], row["u"], row["at"]) for row in summed]


@remembered
def level_counts(
    viewer: Viewer, run: Run, *, digits: int = 0, first: str = "", last: str = ""
) -> dict[str, dict[WarningLevel, int]]:
    """Households of each level: of all the viewer's places (key "") or by town or village.

    Of many towns or villages only those from the code `first` to `last`, where these are given.
    """
    if _only_grids(viewer):
        counted = _by_place(levels_for(viewer, run), "village_code", digits, "level", Rows("pk"))
    elif not may_see(viewer, run):
        return {}
    else:
        rows = LevelTally.objects.filter(_places(viewer, digits), run=run)
        if first and last:
            # A letter follows the digits of all that lies in the last place.
            rows = rows.filter(place__gte=first[:digits], place__lt=f"{last[:digits]}z")
        counted = _by_place(rows, "place", digits, "level", Sum("households"))
    levels: dict[str, dict[WarningLevel, int]] = {}
    for place, level, number in counted:
        levels.setdefault(place, {})[WarningLevel(level)] = number
    return levels


def levels_of_runs(viewer: Viewer, runs: Iterable[Run]) -> dict[int, dict[WarningLevel, int]]:
    """Households of each level in the viewer's places, by run; one query."""
    seen = [run.pk for run in runs if may_see(viewer, run)]
    if _only_grids(viewer):
        rows = HouseholdLevel.objects.filter(within(viewer), run__in=seen)
        counted = rows.values("run_id", "level").annotate(n=Rows("pk")).order_by()
    else:
        tallies = LevelTally.objects.filter(_places(viewer), run__in=seen)
        counted = tallies.values("run_id", "level").annotate(n=Sum("households")).order_by()
    levels: dict[int, dict[WarningLevel, int]] = {}
    for row in counted:
        levels.setdefault(row["run_id"], {})[WarningLevel(row["level"])] = row["n"]
    return levels


def _by_place(
    rows: QuerySet, code: str, digits: int, field: str, number: object
) -> Iterable[tuple[str, str, int]]:
    rows = rows.annotate(at=Substr(code, 1, digits)) if digits else rows
    keys = ("at", field) if digits else (field,)
    counted = rows.values(*keys).annotate(n=number).order_by(*keys)
    return [(row.get("at", ""), row[field], row["n"]) for row in counted]


def _only_grids(viewer: Viewer) -> bool:
    return bool(viewer.scope_for(Permission.VIEW_FINDINGS).grid_codes)


def _places(viewer: Viewer, finest: int = 0) -> Q:
    """Tallies that add up to the viewer's places: of counties or towns where whole ones are seen.

    `finest` asks for places at least that fine (9 for towns, 12 for villages).
    """
    allowed = viewer.scope_for(Permission.VIEW_FINDINGS)
    if allowed != viewer.scope:
        return Q(digits=VILLAGE_DIGITS) & places_of(viewer, "place", grid=None)
    places = Q(pk__in=[])
    for low, high in allowed.ranges:
        digits = max(_digits_of(low), _digits_of(high), finest)
        places |= Q(digits=digits, place__gte=low[:digits], place__lt=high[:digits])
    return places


def _digits_of(code: str) -> int:
    """How fine a place must be to begin or end exactly at this 12-digit code."""
    return next(d for d in (COUNTY_DIGITS, TOWN_DIGITS, VILLAGE_DIGITS) if not code[d:].strip("0"))


def _tallies(viewer: Viewer, run: Run, finest: int = 0) -> QuerySet[Tally]:
    if not may_see(viewer, run):
        return Tally.objects.none()
    return Tally.objects.filter(_places(viewer, finest), run=run)


def _live(viewer: Viewer, run: Run, *, digits: int) -> list[Count]:
    findings = findings_for(viewer, run)
    findings = findings.annotate(at=Substr("village_code", 1, digits)) if digits else findings
    keys = ("at", "rule") if digits else ("rule",)
    counted = (
        findings.values(*keys)
        .annotate(h=Rows("pk", filter=Q(status="hit")), u=Rows("pk", filter=Q(status="unknown")))
        .order_by(*keys)
    )
    return [Count(row["rule"], row["h"], row["u"], row.get("at", "")) for row in counted]
