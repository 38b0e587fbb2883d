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
from anju.monitoring.models import LevelTally, Run, Tally, WarningLevel
from anju.monitoring.queries.findings import findings_for, levels_for, may_see

VILLAGE_DIGITS = 12
TOWN_DIGITS = 9


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
        _tallies(viewer, run)
        .annotate(at=Substr("place", 1, digits))
        .values("at", "rule")
        .annotate(h=Sum("hits"), u=Sum("unknown"))
        .order_by("at", "rule")
    )
    return [Count(row["rule"], row["h"], row["u"], row["at"]) for row in summed]


def level_counts(
    viewer: Viewer, run: Run, *, digits: int = 0
) -> dict[str, dict[WarningLevel, int]]:
    """Households of each level: of all the viewer's places (key "") or by town or village."""
    if _only_grids(viewer):
        counted = _by_place(levels_for(viewer, run), "village_code", digits, "level", Rows("pk"))
    elif not may_see(viewer, run):
        return {}
    else:
        rows = LevelTally.objects.filter(_places(viewer), run=run, digits=VILLAGE_DIGITS)
        counted = _by_place(rows, "place", digits, "level", Sum("households"))
    levels: dict[str, dict[WarningLevel, int]] = {}
    for place, level, number in counted:
        levels.setdefault(place, {})[WarningLevel(level)] = number
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


def _places(viewer: Viewer) -> Q:
    return viewer.scope_for(Permission.VIEW_FINDINGS).q("place", grid=None)


def _tallies(viewer: Viewer, run: Run) -> QuerySet[Tally]:
    """The tallies of the villages a viewer may see: they add up to whatever the places are."""
    if not may_see(viewer, run):
        return Tally.objects.none()
    return Tally.objects.filter(_places(viewer), run=run, digits=VILLAGE_DIGITS)


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
