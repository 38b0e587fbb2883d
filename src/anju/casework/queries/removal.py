"""Removal of the risk: the check of the procedure under way."""

from __future__ import annotations

from datetime import date

from anju.casework import books
from anju.casework.models import Case, Move, RemovalCheck
from anju.casework.queries import history, written


def checking_since(case: Case) -> date | None:
    """When the removal under way came to its check, at its start or last by a return.

    None where the case is in another procedure.
    """
    if books.procedure_of(case).purpose != "removal":
        return None
    arrived = _arrival(case)
    return arrived.moved_on if arrived else case.step_since


def check_of(case: Case) -> RemovalCheck | None:
    """The latest check since then; None where there is none."""
    first = checking_since(case)
    if first is None:
        return None
    arrived = _arrival(case)
    return written.last(
        each
        for each in written.removal_checks(case)
        if each.checked_on >= first and history.counts(arrived, each.checked_on, each.case_version)
    )


def _arrival(case: Case) -> Move | None:
    """The last move to the check of the procedure under way."""
    first = books.procedure_of(case).first
    return written.last(
        move
        for move in written.moves(case)
        if (move.procedure, move.to_step) == (case.procedure, first)
    )
