"""What was done on a case: moves since somebody looked, and from when what was written down counts."""

from __future__ import annotations

from datetime import date

from anju.casework import books
from anju.casework.models import Case, Move
from anju.casework.queries import written


def moves_since(case: Case, seen: int) -> list[Move]:
    """Moves made after a version, the oldest first."""
    return list(case.moves.filter(version__gt=seen).order_by("version"))


def counts_from(case: Case, requirement: str = "") -> date | None:
    """The day from which what was written down for a requirement counts; None from ever.

    A return to the first step that asks for it, or to one before that, means doing it again; so
    does a procedure that follows another. Without a requirement, the present step is meant.
    """
    procedure = books.procedure_of(case)
    order = {step.id: number for number, step in enumerate(procedure.steps)}
    asking = (
        step.id
        for step in procedure.steps
        for action in step.actions
        if requirement in (*action.needs, *action.later)
    )
    present = order.get(next(asking, case.step), len(order))
    returning = {
        (step.id, action.id, action.to)
        for step in procedure.steps
        for action in step.actions
        if action.is_return and order[action.to] <= present
    }
    days = [
        move.moved_on
        for move in written.moves(case)
        if move.procedure == case.procedure
        and (move.from_step, move.action, move.to_step) in returning
    ]
    begun = begun_again_on(case)
    return max(days if begun is None else [*days, begun], default=None)


def begun_again_on(case: Case) -> date | None:
    """The day the present procedure followed another one; None where the case was opened with it."""
    before, day = "", None
    for move in written.moves(case):
        if before and move.procedure != before:
            day = move.moved_on if move.procedure == case.procedure else day
        before = move.procedure
    return day
