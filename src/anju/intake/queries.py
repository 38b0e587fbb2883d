"""Looking at batches and their rows: what a viewer may see of what was imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.audit.rows import summary
from anju.intake.models import Batch, BatchState, Row
from anju.places.models import Division, Level
from anju.places.queries import towns_in, villages_in
from anju.queue import queries as queue
from anju.queue.models import Job, JobState

OPEN = (BatchState.RECEIVED, BatchState.CHECKING, BatchState.COMMITTING)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a batch stands: its state, and while it is under way the step and the counts."""

    state: BatchState
    step: str = ""
    done: int = 0
    total: int = 0
    cancel_requested: bool = False

    @property
    def is_open(self) -> bool:
        """Under way: nobody has to do anything but wait."""
        return self.state in OPEN


def places_for(viewer: Viewer) -> list[Division]:
    """The places for which the viewer may import, the widest that are wholly theirs."""
    scope = _scope(viewer)
    counties = [each for each in _counties() if scope.covers(each.code)]
    return counties or list(towns_in(scope)) or list(villages_in(scope))


def batches_for(viewer: Viewer) -> QuerySet[Batch]:
    """Files for the viewer's places, and those they sent themselves or were handed."""
    if _has_everything(viewer):
        return Batch.objects.all()
    theirs = _scope(viewer).q("division_code", None)
    return Batch.objects.filter(theirs | Q(held_by=viewer.username))


def batch_for(viewer: Viewer, batch_id: int) -> Batch:
    """One of those; `Batch.DoesNotExist` for others."""
    return batches_for(viewer).get(pk=batch_id)


def rows_for(viewer: Viewer, batch: Batch) -> QuerySet[Row]:
    """Rows about the viewer's places; rows that name no place belong to the file's place."""
    rows = Row.objects.filter(batch=batch)
    if _has_everything(viewer):
        return rows
    scope = _scope(viewer)
    condition = scope.q("village_code", None)
    if batch.held_by == viewer.username or scope.covers(batch.division_code):
        condition |= Q(village_code="")
    return rows.filter(condition)


def standings(batches: Sequence[Batch]) -> dict[int, Standing]:
    """Where batches stand, by id; one query for those under way."""
    waiting = [each.job_id for each in batches if each.state in OPEN and each.job_id is not None]
    jobs = {job.pk: job for job in queue.jobs().filter(pk__in=waiting)} if waiting else {}
    return {each.pk: _standing(each, jobs.get(each.job_id or 0)) for each in batches}


def standing(batch: Batch) -> Standing:
    """Where one batch stands."""
    return standings([batch])[batch.pk]


def _standing(batch: Batch, job: Job | None) -> Standing:
    state = BatchState(batch.state)
    if state not in OPEN or job is None:
        return Standing(state)
    if job.state == JobState.CANCELLED:
        return Standing(BatchState.CANCELLED)
    if job.state == JobState.FAILED:
        return Standing(BatchState.REFUSED)
    return Standing(state, job.step, job.done, job.total, job.cancel_requested)


def _has_everything(viewer: Viewer) -> bool:
    """Whether the viewer imports for the whole county (for all of them, where there are several).

    Before any place is known, whoever may import for a whole county sees everything.
    """
    scope = _scope(viewer)
    counties = _counties()
    if counties:
        return all(scope.covers(each.code) for each in counties)
    return any(low[6:] == "000000" for low, _ in scope.ranges)


def _counties() -> list[Division]:
    return list(Division.objects.filter(level=Level.COUNTY))


def _scope(viewer: Viewer) -> Scope:
    return viewer.scope_for(Permission.IMPORT_FILES)


def rows_summary(batch: Batch) -> dict[str, Any]:
    """Number and digest of what became of each row: the audit entry of a batch holds the same, so
    that its rows can be proven later."""
    rows = Row.objects.filter(batch=batch).order_by("sheet", "number", "id")
    names = ("sheet", "number", "outcome", "village_code", "code", "column", "message")
    return summary(rows.values_list(*names).iterator(chunk_size=5_000))
