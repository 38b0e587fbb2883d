"""Inspections and where they stand."""

from __future__ import annotations

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.inspection.models import Inspection, InspectionState
from anju.queue.standing import Standing, Standings

_STANDINGS = Standings(
    InspectionState,
    (InspectionState.WAITING, InspectionState.RUNNING),
    InspectionState.FAILED,
    InspectionState.CANCELLED,
)


def latest() -> Inspection | None:
    """The latest finished inspection, whose problems are shown."""
    return Inspection.objects.filter(state=InspectionState.DONE).first()


def newest() -> Inspection | None:
    """The inspection asked for last, in whatever state."""
    return Inspection.objects.first()


def inspection_for(viewer: Viewer, inspection_id: int) -> Inspection:
    """One inspection, for who may see households; raises `Inspection.DoesNotExist`."""
    if not viewer.may(Permission.VIEW_HOUSEHOLDS):
        raise Inspection.DoesNotExist
    return Inspection.objects.get(pk=inspection_id)


def standing(inspection: Inspection) -> Standing[InspectionState]:
    """Where it stands."""
    return _STANDINGS.of(inspection)
