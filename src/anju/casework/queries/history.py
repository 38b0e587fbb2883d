"""What was done on a case: moves since somebody looked, and the last return."""

from __future__ import annotations

from datetime import date

from anju.casework import books
from anju.casework.models import Case, Move


def moves_since(case: Case, seen: int) -> list[Move]:
    """Moves made after a version, the oldest first."""
    return list(case.moves.filter(version__gt=seen).order_by("version"))


def returned_on(case: Case) -> date | None:
    """The day the case last came back to its present step by a return; None if it never did.

    What the step asks for must be done on that day or later: a return means doing it again.
    """
    returning = {
        (step.id, action.id)
        for step in books.procedure_of(case).steps
        for action in step.actions
        if action.is_return
    }
    moves = case.moves.filter(procedure=case.procedure, to_step=case.step).exclude(from_step="")
    days = moves.values_list("from_step", "action", "moved_on")
    return max((day for step, action, day in days if (step, action) in returning), default=None)
