"""What waits for the viewer: cases whose step they hold, leads to look at, in order of days left.

A case given to somebody is on the desk of that person, or of their deputy while they are away; one
given to nobody on the desks of all who hold its step there. Nobody else is shown its clock.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.queries import viewer_of
from anju.accounts.viewer import Viewer
from anju.casework import books
from anju.casework.models import Case, Lead, LeadState
from anju.casework.queries import deputies, gates
from anju.casework.queries.mandates import held
from anju.casework.queries.places import lying_in

WARN_DAYS = 1
"""Days ahead that a step is called urgent whose pack is no longer in use."""


@dataclass(frozen=True)
class DeskCounts:
    """How much waits: cases, of them close to their limit and past it; leads."""

    cases: int
    soon: int
    late: int
    leads: int


def on_desk(viewer: Viewer) -> QuerySet[Case]:
    """Cases that wait for the viewer, those with the fewest days left first."""
    mine, others = _given(viewer)
    waiting = held(viewer)
    for absent in others:
        waiting |= held(absent)
    rows = gates.cases_for(viewer).filter(waiting, mine).exclude(step="")
    return rows.order_by("step_due_on", "id")


def leads_on_desk(viewer: Viewer) -> QuerySet[Lead]:
    """Open leads where the viewer checks homes, the oldest first."""
    mine, _others = _given(viewer)
    scope = viewer.scope_for(Permission.CHECK_HOMES)
    homes = lying_in(scope)
    rows = gates.leads_for(viewer).filter(homes, mine, state=LeadState.OPEN)
    return rows.order_by("first_on", "id")


def counts(viewer: Viewer, on: date) -> DeskCounts:
    """How much waits for the viewer; two queries."""
    found = (
        on_desk(viewer)
        .order_by()
        .aggregate(
            cases=Count("pk"),
            soon=Count("pk", filter=soon(on)),
            late=Count("pk", filter=Q(step_due_on__lt=on)),
        )
    )
    return DeskCounts(**found, leads=leads_on_desk(viewer).order_by().count())


def soon(on: date) -> Q:
    """The condition on cases whose step ends within the days the pack warns ahead."""
    by_days: dict[int, Q] = defaultdict(Q)
    known = Q()
    for procedure in books.book_on(on).procedures:
        for step in procedure.steps:
            here = Q(procedure=procedure.id, step=step.id)
            known |= here
            by_days[step.clock.warn_days if step.clock else 0] |= here
    by_days[WARN_DAYS] |= ~known
    found = Q(pk__in=[])
    for days, steps in by_days.items():
        found |= steps & Q(step_due_on__lte=on + timedelta(days=days))
    return Q(step_due_on__gte=on) & found


def _given(viewer: Viewer) -> tuple[Q, list[Viewer]]:
    """The condition on rows given to nobody, the viewer or whom they stand in for; and these."""
    absent = [viewer_of(each.user, on=viewer.on) for each in deputies.absent_for(viewer)]
    ids = [viewer.user_id, *(each.user_id for each in absent)]
    return Q(assigned_to__isnull=True) | Q(assigned_to_id__in=ids), absent
