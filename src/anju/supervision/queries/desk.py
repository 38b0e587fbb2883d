"""What waits: problems to put right for the units, what they did for who checks it."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.queries import unit_of
from anju.supervision.models import (
    FoundProblem,
    ProblemState,
    ProblemUnit,
    Rectification,
    RectificationState,
)
from anju.supervision.queries.gates import of_problems_for, problems_for


def to_rectify(viewer: Viewer) -> QuerySet[FoundProblem]:
    """Open problems that the viewer's own unit has to report on, the earliest due first."""
    unit = unit_of(viewer) if viewer.may(Permission.REPORT_PROGRESS) else None
    if unit is None:
        return FoundProblem.objects.none()
    mine = ProblemUnit.objects.filter(problem=OuterRef("pk"), unit=unit)
    told = Rectification.objects.filter(
        problem=OuterRef("pk"), unit=unit, round=OuterRef("round")
    ).exclude(state=RectificationState.RETURNED)
    rows = problems_for(viewer).exclude(state=ProblemState.CLOSED)
    return rows.filter(Exists(mine), ~Exists(told)).order_by("due_on", "id")


def to_check(viewer: Viewer) -> QuerySet[Rectification]:
    """What units reported where the viewer inspects, the oldest first."""
    places = viewer.scope_for(Permission.INSPECT).q("problem__division_code", grid=None)
    rows = Rectification.objects.filter(places, state=RectificationState.SUBMITTED)
    rows = rows.filter(of_problems_for(viewer, "problem"), round=F("problem__round"))
    return rows.select_related("problem__household__grid", "unit").order_by("submitted_on", "id")
