"""What became of cases: by place, and how often one was turned back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

from django.db.models import Count, Q
from django.db.models.functions import Left

from anju.accounts.viewer import Viewer
from anju.casework import books
from anju.casework.models import CaseState, Move
from anju.casework.queries import gates
from anju.casework.queries.figures.spans import Period
from anju.procedures.model import Action
from anju.procedures.procedure import Procedure

TOWN, VILLAGE = 9, 12


@dataclass(frozen=True)
class PlaceFigures:
    """Cases of one place: opened, decided and removed in the time; under way and late today.

    `code` "" is all of the viewer's places.
    """

    code: str
    opened: int
    included: int
    not_included: int
    removed: int
    cleared: int
    withdrawn: int
    under_way: int
    late: int


@dataclass(frozen=True)
class Turns:
    """How often cases were sent back, appealed, taken up again, or helped before their papers."""

    returned: int
    appealed: int
    reopened: int
    green: int


def of_all(viewer: Viewer, period: Period) -> PlaceFigures:
    """All cases of the viewer's places together; one query."""
    found = gates.cases_for(viewer).order_by().aggregate(**_counts(period, viewer.on))
    return PlaceFigures("", **found)


def at_steps(viewer: Viewer) -> dict[tuple[str, str], tuple[int, int]]:
    """Cases under way by procedure and step, and those of them past the step's limit; one query."""
    rows = gates.cases_for(viewer).filter(closed_on__isnull=True).exclude(step="").order_by()
    counted = rows.values_list("procedure", "step").annotate(
        cases=Count("pk"), late=Count("pk", filter=Q(step_due_on__lt=viewer.on))
    )
    return {(procedure, step): (cases, late) for procedure, step, cases, late in counted}


def by_place(viewer: Viewer, period: Period, *, by_village: bool) -> list[PlaceFigures]:
    """All cases of the viewer's places, then by town or village. Two queries."""
    cases = gates.cases_for(viewer).order_by()
    counts = _counts(period, viewer.on)
    part = Left("village_code", VILLAGE if by_village else TOWN)
    rows = cases.annotate(part=part).values("part").annotate(**counts).order_by("part")
    parts = [PlaceFigures(row.pop("part").ljust(VILLAGE, "0"), **row) for row in rows]
    return [of_all(viewer, period), *parts]


def _counts(period: Period, on: date) -> dict[str, Count]:
    closed = period.of("closed_on")
    under_way = Q(closed_on__isnull=True) & ~Q(step="")

    return {
        "opened": _count(period.of("opened_on")),
        "included": _count(period.of("included_on")),
        "not_included": _count(closed, Q(state=CaseState.NOT_INCLUDED)),
        "removed": _count(period.of("removed_on")),
        "cleared": _count(closed, Q(state=CaseState.CLEARED)),
        "withdrawn": _count(closed, Q(state=CaseState.WITHDRAWN)),
        "under_way": _count(under_way),
        "late": _count(under_way, Q(step_due_on__lt=on)),
    }


def turns(viewer: Viewer, period: Period) -> Turns:
    """Turns taken in the time, by the actions of the county's pack; one query."""
    procedures = books.book_on(period.last).procedures
    at_steps = [action for each in procedures for step in each.steps for action in step.actions]
    cases = gates.cases_for(viewer).order_by().values("pk")
    moves = Move.objects.filter(period.of("moved_on"), case__in=cases).order_by()
    found = moves.aggregate(
        returned=_count(_taken(each for each in at_steps if each.is_return), ~Q(from_step="")),
        appealed=_count(_taken(_after(procedures, CaseState.NOT_INCLUDED)), Q(from_step="")),
        reopened=_count(_taken(_after(procedures, CaseState.REMOVED)), Q(from_step="")),
        green=_count(_taken(each for each in at_steps if each.starts_green), ~Q(from_step="")),
    )
    return Turns(**found)


def _after(procedures: Iterable[Procedure], state: str) -> Iterator[Action]:
    """What may be done with a case of that state which nobody holds."""
    for procedure in procedures:
        yield from procedure.after.get(state, ())


def _taken(actions: Iterable[Action]) -> Q:
    return Q(action__in=sorted({action.id for action in actions}))


def _count(*conditions: Q) -> Count:
    return Count("pk", filter=reduce(and_, conditions))
