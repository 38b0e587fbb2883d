"""Which problems and items tell of health that the viewer may not see; nothing of them is shown."""

from __future__ import annotations

from collections.abc import Sequence

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.registry.queries.health import with_health
from anju.supervision.models import FoundProblem, SampleItem


def hidden(viewer: Viewer, rows: Sequence[FoundProblem | SampleItem]) -> set[int]:
    """The ids of rows about health whose words may not be shown; at most one query.

    Rows come with their households and grids. One that names no household is shown where the
    viewer sees health of the whole place.
    """
    about = [row for row in rows if row.about_health]
    if not about:
        return set()
    allowed = with_health(viewer, [row.household for row in about if row.household])
    scope = viewer.scope_for(Permission.VIEW_HEALTH)
    return {row.pk for row in about if not _may_see(row, allowed, scope)}


def _may_see(row: FoundProblem | SampleItem, allowed: set[int], scope: Scope) -> bool:
    if row.household_id is not None:
        return row.household_id in allowed
    place = row.division_code if isinstance(row, FoundProblem) else row.supervision.division_code
    return scope.covers(place)
