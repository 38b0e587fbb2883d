"""What waits for the viewer: cases whose step they hold, leads to look at, in order of days left.

A case given to somebody is on the desk of that person, or of their deputy while they are away; one
given to nobody on the desks of all who hold its step there. Nobody else is shown its clock.
"""

from __future__ import annotations

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
    """How much waits: cases, of them close to their limit and past it; leads, of them past it."""

    cases: int
    soon: int
    late: int
    leads: int
    late_leads: int


def on_desk(viewer: Viewer) -> QuerySet[Case]:
    """Cases that wait for the viewer, those with the fewest days left first."""
    mine, others = _given(viewer)
    waiting = held(viewer)
    for absent in others:
        waiting |= held(absent)
    rows = gates.cases_for(viewer).filter(waiting, mine).exclude(holder="")
    return rows.order_by("step_due_on", "id")


def leads_on_desk(viewer: Viewer) -> QuerySet[Lead]:
    """Open leads where the viewer checks homes, those with the fewest days left first."""
    mine, _others = _given(viewer)
    scope = viewer.scope_for(Permission.CHECK_HOMES)
    homes = lying_in(scope)
    rows = gates.leads_for(viewer).filter(homes, mine, state=LeadState.OPEN)
    return rows.order_by("due_on", "id")


def counts(viewer: Viewer, on: date) -> DeskCounts:
    """How much waits for the viewer; three queries.

    A case is close to its limit as many days ahead as the pack says for its step.
    """
    warned = _warned(on)
    horizon = on + timedelta(days=max(WARN_DAYS, *warned.values()))
    rows = on_desk(viewer).order_by()
    near = rows.filter(step_due_on__gte=on, step_due_on__lte=horizon)
    soon = 0
    by_step = near.values_list("procedure", "step", "step_due_on").annotate(number=Count("pk"))
    for procedure, step, due_on, number in by_step:
        if (due_on - on).days <= warned.get((procedure, step), WARN_DAYS):
            soon += number
    leads = leads_on_desk(viewer).order_by()
    return DeskCounts(
        soon=soon,
        **rows.aggregate(cases=Count("pk"), late=Count("pk", filter=Q(step_due_on__lt=on))),
        **leads.aggregate(leads=Count("pk"), late_leads=Count("pk", filter=Q(due_on__lt=on))),
    )


def _warned(on: date) -> dict[tuple[str, str], int]:
    """Days ahead that each step of the county's pack warns, by procedure and step."""
    return {
        (procedure.id, step.id): step.clock.warn_days if step.clock else 0
        for procedure in books.book_on(on).procedures
        for step in procedure.steps
    }


def _given(viewer: Viewer) -> tuple[Q, list[Viewer]]:
    """The condition on rows given to nobody, the viewer or whom they stand in for; and these."""
    absent = [viewer_of(each.user, on=viewer.on) for each in deputies.absent_for(viewer)]
    ids = [viewer.user_id, *(each.user_id for each in absent)]
    return Q(assigned_to__isnull=True) | Q(assigned_to_id__in=ids), absent
