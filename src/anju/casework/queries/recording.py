"""What may be written down about a case as it stands, and which levels do so."""

from __future__ import annotations

from anju.casework import books
from anju.casework.models import Case
from anju.procedures.model import Level


def levels_recording(case: Case, requirement: str) -> frozenset[Level]:
    """The levels whose actions at the present step need this; none where the step does not ask.

    Papers of the green channel come later: such a case asks at once for all that its steps need.
    """
    procedure = books.procedure_of(case)
    steps = [procedure.step(case.step)] if case.step else []
    if case.is_green_channel and case.closed_on is None:
        steps = list(procedure.steps)
    asking = (
        action.by
        for step in steps
        for action in step.actions
        if requirement in (*action.needs, *action.later)
    )
    return frozenset[Level]().union(*asking)
