"""Removal of the risk: the check of the procedure under way."""

from __future__ import annotations

from datetime import date

from anju.casework import books
from anju.casework.models import Case, RemovalCheck
from anju.casework.queries import written


def checking_since(case: Case) -> date | None:
    """When the removal under way came to its check, at its start or last by a return.

    None where the case is in another procedure.
    """
    procedure = books.procedure_of(case)
    if procedure.purpose != "removal":
        return None
    arrived = [
        move.moved_on
        for move in written.moves(case)
        if (move.procedure, move.to_step) == (case.procedure, procedure.first)
    ]
    return arrived[-1] if arrived else case.step_since


def check_of(case: Case) -> RemovalCheck | None:
    """The latest check since then; None where there is none."""
    first = checking_since(case)
    if first is None:
        return None
    since = [each for each in written.removal_checks(case) if each.checked_on >= first]
    return since[-1] if since else None
