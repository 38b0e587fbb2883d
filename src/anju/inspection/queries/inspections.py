"""Inspections and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.inspection.models import Inspection, InspectionState
from anju.queue import queries as queue
from anju.queue.models import JobState

_OPEN = (InspectionState.WAITING, InspectionState.RUNNING)


@dataclass(frozen=True)
class Standing:
    """Where an inspection stands: its own state, and what the queue says of its job."""

    state: InspectionState
    problem: str = ""
    step: str = ""
    done: int = 0
    total: int = 0
    cancel_requested: bool = False

    @property
    def is_open(self) -> bool:
        """Waiting or being carried out: the page asks again."""
        return self.state in _OPEN

    @property
    def label(self) -> str:
        """The state in the reader's language."""
        return str(self.state.label)


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


def standing(inspection: Inspection) -> Standing:
    """Where it stands."""
    state = InspectionState(inspection.state)
    if state not in _OPEN or inspection.job_id is None:
        return Standing(state=state, problem=inspection.problem)
    job = queue.jobs().filter(pk=inspection.job_id).first()
    if job is None:
        return Standing(state=state, problem=inspection.problem)
    if job.state in (JobState.FAILED, JobState.CANCELLED):
        # The worker died too often to say so itself: the queue knows.
        return Standing(state=InspectionState(job.state), problem=job.error)
    return Standing(
        state=state,
        step=job.step,
        done=job.done,
        total=job.total,
        cancel_requested=job.cancel_requested,
    )
