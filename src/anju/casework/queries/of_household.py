"""Everything casework has about one household, for its page."""

from __future__ import annotations

from django.db.models import QuerySet

from anju.accounts.viewer import Viewer
from anju.casework.models import Case, Lead, Move
from anju.casework.queries.gates import cases_for, leads_for
from anju.registry.models import Household


def leads_of(viewer: Viewer, household: Household) -> QuerySet[Lead]:
    """Its leads, the latest first."""
    rows = leads_for(viewer).filter(household=household)
    return rows.select_related("household__grid", "case").order_by("-first_on", "-id")


def cases_of(viewer: Viewer, household: Household) -> QuerySet[Case]:
    """Its cases, the latest first."""
    rows = cases_for(viewer).filter(household=household)
    return rows.select_related("household__grid").order_by("-opened_on", "-id")


def moves_of(viewer: Viewer, household: Household) -> QuerySet[Move]:
    """Everything that was done on its cases, the latest first."""
    cases = cases_for(viewer).filter(household=household)
    moves = Move.objects.filter(case__in=cases.order_by().values("pk"))
    return moves.select_related("case").order_by("-moved_on", "-id")
