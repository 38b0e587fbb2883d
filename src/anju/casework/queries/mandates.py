"""What a viewer may act as on a case: by their own posts, and for somebody who is away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from anju.accounts.queries import viewer_of
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.casework import levels
from anju.casework.models import Case, ClinicCase
from anju.casework.queries import deputies
from anju.casework.queries.places import lying_in
from anju.procedures.model import Level


@dataclass(frozen=True)
class Mandate:
    """The levels a viewer acts for on a case, and in whose place ("" in their own)."""

    levels: frozenset[Level]
    on_behalf_of: str


def mandate_of(viewer: Viewer, case: Case) -> Mandate:
    """What the viewer may act as: by their own posts, and by the posts of those they stand in for.

    In whose place: of whoever the case was given to, else of whoever holds the level that the
    viewer's own posts lack. The case itself is seen by the viewer's own posts only.
    """
    return _mandate(
        viewer, lambda who: levels.levels_in(who, case), case.holder, given_to=case.assigned_to_id
    )


def mandate_at(viewer: Viewer, case: ClinicCase) -> Mandate:
    """The same for the case of a village."""
    return _mandate(viewer, lambda who: levels.levels_at(who, case.village_code), case.holder)


def _mandate(
    viewer: Viewer,
    levels_of: Callable[[Viewer], frozenset[Level]],
    holder: str,
    given_to: int | None = None,
) -> Mandate:
    found, behalf = levels_of(viewer), ""
    for absent in deputies.absent_for(viewer):
        theirs = levels_of(viewer_of(absent.user, on=viewer.on))
        lends = bool(theirs - found) and (holder in theirs or not holder)
        if given_to == absent.user_id or (lends and holder not in found):
            behalf = absent.user.username
        found |= theirs
    return Mandate(found, behalf)


def places(viewer: Viewer) -> Q:
    """The condition on leads and cases that lie where the viewer acts for some level."""
    scope = reduce(or_, (viewer.scope_for(each) for each in levels.ACTING), Scope())
    return lying_in(scope)


def held(viewer: Viewer, *, grid: str | None = "household__grid__code") -> Q:
    """The condition on cases whose step the viewer's posts hold, level by level and place by place.

    `grid` as in `lying_in`: None for rows of a village.
    """
    by_scope: dict[Scope, list[Level]] = defaultdict(list)
    for level, permission in levels.PERMISSION_OF.items():
        by_scope[viewer.scope_for(permission)].append(level)
    found = Q(pk__in=[])
    for scope, theirs in by_scope.items():
        if not scope.is_empty:
            found |= Q(holder__in=theirs) & lying_in(scope, grid=grid)
    return found
