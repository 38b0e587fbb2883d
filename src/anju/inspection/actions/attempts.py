"""What a job does for a row in the background: asked for once, attempted until it is done, or closed.

The row is shown whole or not at all, however the work is interrupted. The files of an attempt lie in a
folder of its own name and are gone when it ends; an attempt that was overtaken finds another name in
the row.
"""

from __future__ import annotations

import contextlib
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from django.conf import settings

from anju.audit.actor import Actor
from anju.audit.refusal import Refusal
from anju.inspection.models import Inspection, InspectionState, ListCheck
from anju.queue.actions import enqueue, request_cancel
from anju.queue.models import JobState
from anju.queue.progress import LeaseLost

OPEN: Final = (InspectionState.WAITING, InspectionState.RUNNING)
R = TypeVar("R", Inspection, ListCheck)


@dataclass(frozen=True, slots=True)
class Attempts(Generic[R]):
    """The work of one kind of job. `argument`: the name under which the job has the row's number;
    `prefix`: how the folders of its attempts begin."""

    model: type[R]
    job_kind: str
    argument: str
    prefix: str

    def asked(self, new: R, *, by: Actor, at: datetime, key: str) -> tuple[R, bool]:
        """Queue the job of a new row; the row, and whether it is this one.

        While one with the same key is open, that one stays and the new row goes.
        """
        payload = {self.argument: new.pk}
        job = enqueue(by=by, kind=self.job_kind, key=key, payload=payload, at=at)
        if job.payload != payload:
            new.delete()
            return self._get(job.payload[self.argument]), False
        new.job_id = job.pk
        new.save(update_fields=["job_id"])
        return new, True

    @contextlib.contextmanager
    def attempt(self, number: int, **changes: Any) -> Iterator[tuple[R, Path] | None]:
        """Take a row over, with `changes` to it: the row and the attempt's own folder; None when it
        is done or cancelled. Repeating it after an interruption is safe."""
        name = f"{self.prefix}-{number}-{uuid.uuid4().hex[:8]}"
        begins = self.model._default_manager.filter(
            pk=number, state__in=[*OPEN, InspectionState.FAILED]
        )
        begun = {"state": InspectionState.RUNNING, "attempt": name, "problem": "", **changes}
        if not begins.update(**begun):
            yield None
            return
        self._throw_away(number)
        folder = Path(settings.RUN_DIR) / name
        folder.mkdir(parents=True)
        try:
            yield self._get(number), folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def done(self, row: R, **changes: Any) -> None:
        """Show the row as done; to be called first in the transaction that writes the result.

        Raises:
            LeaseLost: another attempt has taken over.
        """
        mine = self.model._default_manager.filter(
            pk=row.pk, state=InspectionState.RUNNING, attempt=row.attempt
        )
        if not mine.update(state=InspectionState.DONE, **changes):
            raise LeaseLost(f"{self.prefix} {row.pk} was taken over by another attempt.")

    def closed(self, number: int, *, state: str, message: str, at: datetime) -> R | None:
        """Close a row whose job ended as `failed` or `cancelled`; None when it was finished."""
        still_open = self.model._default_manager.filter(pk=number, state__in=OPEN)
        problem = message if state == InspectionState.FAILED else ""
        if not still_open.update(state=state, problem=problem, finished_at=at, attempt=""):
            return None
        self._throw_away(number)
        return self._get(number)

    def cancelled(self, row: R, *, by: Actor, at: datetime, refusal: Refusal) -> R:
        """Cancel a row that waits or runs (one that runs stops at its next step), or refuse."""
        row = self._get(row.pk)
        if row.state not in OPEN or row.job_id is None:
            raise refusal
        job = request_cancel(by=by, at=at, job_id=row.job_id)
        if job.state != JobState.RUNNING:
            row.state, row.finished_at = InspectionState.CANCELLED, at
            row.save(update_fields=["state", "finished_at"])
        return row

    def _get(self, number: int) -> R:
        return self.model._default_manager.get(pk=number)

    def _throw_away(self, number: int) -> None:
        """Remove what killed attempts have left."""
        for left in Path(settings.RUN_DIR).glob(f"{self.prefix}-{number}-*"):
            shutil.rmtree(left, ignore_errors=True)
