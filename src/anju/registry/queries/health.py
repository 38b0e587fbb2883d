"""Health and disability: only whoever needs it, where they need it.

Everything shown of a household passes here before it is shown to somebody without the permission.
"""

from collections.abc import Iterable

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.privacy import HEALTH_EVENTS, HEALTH_STATUSES
from anju.registry.models import Event, Household, PersonRecord, Status
from anju.registry.queries.history import Moment


def may_see_health(viewer: Viewer, household: Household) -> bool:
    """Whether the viewer may see health details of this household's members."""
    grid_code = household.grid.code if household.grid else ""
    return viewer.scope_for(Permission.VIEW_HEALTH).covers(household.village_code, grid_code)


def with_health(viewer: Viewer, households: Iterable[Household]) -> set[int]:
    """The ids of those households of which the viewer may see health details; at most one query."""
    scope = viewer.scope_for(Permission.VIEW_HEALTH)
    if scope.is_empty:
        return set()
    wanted = list(households)
    found = {each.pk for each in wanted if scope.covers(each.village_code)}
    rest = {each.pk for each in wanted} - found
    if rest and scope.grid_codes:
        in_grids = Household.objects.filter(scope.q(), pk__in=rest)
        found.update(in_grids.values_list("pk", flat=True))
    return found


def is_about_health(status: Status) -> bool:
    """Whether a status is one of health or disability."""
    return status.kind in HEALTH_STATUSES


def without_health(moments: Iterable[Moment]) -> list[Moment]:
    """A history with everything about health left out."""
    kept = []
    for moment in moments:
        row = moment.row
        if isinstance(row, Status) and row.kind in HEALTH_STATUSES:
            continue
        if isinstance(row, Event) and row.kind in HEALTH_EVENTS:
            continue
        if isinstance(row, PersonRecord):
            row.health = ""  # of this object in memory only
        kept.append(moment)
    return kept
