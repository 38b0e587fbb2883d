"""What was done on a case: moves since somebody looked, and from when what was written down counts."""

from __future__ import annotations

from datetime import date

from anju.casework import books
from anju.casework.models import Case, Move
from anju.casework.queries import written


def moves_since(case: Case, seen: int) -> list[Move]:
    """Moves made after a version, the oldest first."""
    return list(case.moves.filter(version__gt=seen).order_by("version"))


def counts(since: Move | None, day: date, version: int | None) -> bool:
    """Whether what was written down of a day, when the case had a version, comes after a move.

    Rows from before versions were kept (None) are told by their day alone.
    """
    if since is None:
        return True
    return day >= since.moved_on and (version is None or version >= since.version)


def counts_from(case: Case, requirement: str = "") -> Move | None:
    """The move since which what was written down for a requirement counts; None from ever.

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
    since = begun_again_by(case)
    for move in written.moves(case):
        if (
            move.procedure == case.procedure
            and (move.from_step, move.action, move.to_step) in returning
            and (since is None or move.version > since.version)
        ):
            since = move
    return since


def begun_again_by(case: Case) -> Move | None:
    """The move by which the present procedure followed another; None where the case began with it."""
    before, begun = "", None
    for move in written.moves(case):
        if before and move.procedure != before:
            begun = move if move.procedure == case.procedure else begun
        before = move.procedure
    return begun
