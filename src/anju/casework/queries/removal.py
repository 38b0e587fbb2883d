"""Removal of the risk: the check of the procedure under way."""

from __future__ import annotations

from datetime import date

from anju.casework import books
from anju.casework.models import Case, RemovalCheck


def checking_since(case: Case) -> date | None:
    """When the removal under way came to its check, at its start or last by a return.

    None where the case is in another procedure.
    """
    procedure = books.procedure_of(case)
    if procedure.purpose != "removal":
        return None
    moves = case.moves.filter(procedure=case.procedure, to_step=procedure.first)
    found: date | None = moves.order_by("-version").values_list("moved_on", flat=True).first()
    return found or case.step_since


def check_of(case: Case) -> RemovalCheck | None:
    """The latest check since then; None where there is none."""
    first = checking_since(case)
    if first is None:
        return None
    checks = case.removal_checks.filter(checked_on__gte=first)
    return checks.order_by("-checked_on", "-pk").first()
