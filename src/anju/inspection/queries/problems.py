"""The gate of problems: what of an inspection a viewer may see, and counts of it.

Problems that tell of somebody's health, or of a case, are left out wherever the viewer may not see
health or cases, from lists and from counts. A grid worker has no tally (a grid is part of a village): the few problems of
a grid are counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.inspection.models import Inspection, InspectionState, Problem, ProblemTally
from anju.quality.checks import checks
from anju.registry.models import Person

_VILLAGE = 12


@dataclass(frozen=True)
class Counted:
    """Problems of one check in one place (empty: all the viewer's places)."""

    code: str
    problems: int
    place: str = ""


def problems_for(viewer: Viewer, inspection: Inspection | None) -> QuerySet[Problem]:
    """Problems of a finished inspection in the viewer's places; none while there is none."""
    if inspection is None or not _may_see(viewer, inspection):
        return Problem.objects.none()
    places = viewer.scope.q("village_code", "household__grid__code")
    for permission, codes in _guarded().items():
        seen = viewer.scope_for(permission)
        if seen != viewer.scope:
            places &= seen.q("village_code", "household__grid__code") | ~Q(code__in=codes)
    return Problem.objects.filter(places, run=inspection)


def counts(viewer: Viewer, inspection: Inspection) -> dict[str, Counted]:
    """Problems of each check in all the viewer's places, by code; checks without any left out."""
    return {each.code: each for each in _counted(viewer, inspection, 0)}


def counts_by_place(viewer: Viewer, inspection: Inspection, *, digits: int) -> list[Counted]:
    """Problems of each check in each town (9 digits) or village (12) of the viewer's places."""
    return _counted(viewer, inspection, digits)


def names_of_persons(viewer: Viewer, problems: Iterable[Problem]) -> dict[int, Person]:
    """The persons whom problems name, by id; the problems come from the gate. One query."""
    ids = {problem.person_id for problem in problems if problem.person_id}
    if not viewer.may(Permission.VIEW_HOUSEHOLDS) or not ids:
        return {}
    return {person.pk: person for person in Person.objects.filter(pk__in=ids).only("name", "code")}


def _counted(viewer: Viewer, inspection: Inspection, digits: int) -> list[Counted]:
    if not _may_see(viewer, inspection):
        return []
    keys = ("at", "code") if digits else ("code",)
    if viewer.scope.grid_codes:
        live = problems_for(viewer, inspection).annotate(at=Substr("village_code", 1, digits or 1))
        rows = live.values(*keys).annotate(n=Count("pk")).order_by(*keys)
    else:
        places = viewer.scope.q("place", None)
        # Only places that add up to the viewer's: villages lie inside one range or another.
        tallies = ProblemTally.objects.filter(places, run=inspection, digits=_VILLAGE)
        for permission, codes in _guarded().items():
            if viewer.scope_for(permission) != viewer.scope:
                tallies = tallies.exclude(code__in=codes)
        summed = tallies.annotate(at=Substr("place", 1, digits or 1))
        rows = summed.values(*keys).annotate(n=Sum("problems")).order_by(*keys)
    return [Counted(row["code"], row["n"], row.get("at", "")) for row in rows]


def _may_see(viewer: Viewer, inspection: Inspection) -> bool:
    return inspection.state == InspectionState.DONE and viewer.may(Permission.VIEW_HOUSEHOLDS)


def _guarded() -> dict[Permission, list[str]]:
    """The checks whose problems only who has a permission sees."""
    return {
        Permission.VIEW_HEALTH: [check.code for check in checks() if check.is_health],
        Permission.VIEW_CASES: [check.code for check in checks() if check.is_of_case],
    }
