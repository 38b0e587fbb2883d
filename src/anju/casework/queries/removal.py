"""Removal of the risk: the check of the procedure under way."""

from __future__ import annotations

from datetime import date

from anju.casework import books
from anju.casework.models import Case, RemovalCheck


def began(case: Case) -> date | None:
    """When the removal under way began; None where the case is in another procedure."""
    if books.procedure_of(case).purpose != "removal":
        return None
    starts = case.moves.filter(procedure=case.procedure, from_step="").order_by("-version")
    found: date | None = starts.values_list("moved_on", flat=True).first()
    return found or case.step_since


def check_of(case: Case) -> RemovalCheck | None:
    """The latest check of the removal under way; None where there is none."""
    first = began(case)
    if first is None:
        return None
    checks = case.removal_checks.filter(checked_on__gte=first)
    return checks.order_by("-checked_on", "-pk").first()
