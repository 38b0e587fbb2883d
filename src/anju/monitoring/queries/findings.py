"""The gate of findings: what of a run a viewer may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.monitoring.models import Finding, HouseholdLevel, Run, RunState, WarningLevel
from anju.privacy import HEALTH_RISKS
from anju.registry.queries.health import with_health

HIDDEN = gettext_lazy("健康类预警（按岗位不显示细节）")
"""What stands instead of the rule where the viewer may not see health."""


def may_see(viewer: Viewer, run: Run) -> bool:
    """Whether the viewer may see results at all, and the run has any."""
    return run.state == RunState.DONE and viewer.may(Permission.VIEW_FINDINGS)


def places_of(viewer: Viewer, field: str, *, grid: str | None) -> Q:
    """Where the viewer may see findings, within the scope the viewer was given.

    The two differ where a list was narrowed (a town, an export), or where somebody holds two posts.
    They are asked as one range where that can be said: of two, SQLite follows the first.
    """
    allowed, given = viewer.scope_for(Permission.VIEW_FINDINGS), viewer.scope
    if allowed == given:
        return given.q(field, grid=grid)
    if allowed.grid_codes or given.grid_codes:
        return allowed.q(field, grid=grid) & given.q(field, grid=grid)
    return (allowed & given).q(field, grid=grid)


def within(viewer: Viewer) -> Q:
    """The viewer's places, as a condition on rows of a household with its village at the time."""
    return places_of(viewer, "village_code", grid="household__grid__code")


def findings_for(viewer: Viewer, run: Run | None) -> QuerySet[Finding]:
    """Findings (hits and gaps) of a finished run, of households in the viewer's places.

    None while there is no run: no findings.
    """
    if run is None or not may_see(viewer, run):
        return Finding.objects.none()
    return Finding.objects.filter(within(viewer), run=run)


def of_rule(viewer: Viewer, rows: QuerySet[Finding], rule: str) -> QuerySet[Finding]:
    """Findings of one rule; of a rule about health only where the viewer may see health."""
    health = viewer.scope_for(Permission.VIEW_HEALTH).q("village_code", "household__grid__code")
    return rows.filter(health | ~Q(risk__in=HEALTH_RISKS), rule=rule)


def hidden(viewer: Viewer, rows: Sequence[Finding]) -> set[int]:
    """The ids of findings of which only the level may be shown; at most one query."""
    about = [row for row in rows if row.risk in HEALTH_RISKS]
    allowed = with_health(viewer, {row.household_id: row.household for row in about}.values())
    return {row.pk for row in about if row.household_id not in allowed}


def levels_for(viewer: Viewer, run: Run) -> QuerySet[HouseholdLevel]:
    """Levels of households in the viewer's places in a finished run."""
    if not may_see(viewer, run):
        return HouseholdLevel.objects.none()
    return HouseholdLevel.objects.filter(within(viewer), run=run)


def levels_of(viewer: Viewer, run: Run, household_ids: Iterable[int]) -> dict[int, WarningLevel]:
    """The levels of some households, by id; those without a hit are left out. One query."""
    found = levels_for(viewer, run).filter(household_id__in=list(household_ids))
    return {id_: WarningLevel(level) for id_, level in found.values_list("household_id", "level")}


def level_of(viewer: Viewer, run: Run, household_id: int) -> WarningLevel | None:
    """The level of one household; None without a hit."""
    return levels_of(viewer, run, [household_id]).get(household_id)
