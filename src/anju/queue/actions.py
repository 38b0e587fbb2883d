"""Putting work into the queue, and asking for it to stop."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from anju.queue.models import Job, JobState

if TYPE_CHECKING:
    from anju.audit.actor import Actor

OPEN_STATES = (JobState.WAITING, JobState.RUNNING)


def enqueue(
    *,
    by: "Actor",
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    at: datetime,
    max_attempts: int = 3,
) -> Job:
    """Put one piece of work into the queue, in the caller's transaction.

    While a job with the same `key` is waiting or running, that job is returned and nothing is
    added. `payload` holds ids only, never personal data: it becomes the handler's arguments.
    """
    for _ in range(5):
        job = Job.objects.filter(key=key, state__in=OPEN_STATES).first()
        if job is not None:
            return job
        try:
            with transaction.atomic():
                return Job.objects.create(
                    kind=kind,
                    key=key,
                    payload=dict(payload),
                    run_after=at,
                    max_attempts=max_attempts,
                    created_by=by.username,
                    created_at=at,
                )
        except IntegrityError:
            # Somebody else added it between the look and the insert: look again.
            continue
    raise RuntimeError(f"The queue would not take {key}.")


@transaction.atomic
def request_cancel(*, by: "Actor", at: datetime, job_id: int) -> Job:
    """Ask for a job to stop and return it as it stands afterwards.

    A waiting job is `cancelled` at once: the caller closes what the job was for, in the same
    transaction. A running one stops at its next step, and the worker closes it. A finished one
    stays as it is. The package the job belongs to writes the audit entry.
    """
    waiting = Job.objects.filter(pk=job_id, state=JobState.WAITING)
    if not waiting.update(
        state=JobState.CANCELLED, cancel_requested=True, finished_at=at, lease_until=None
    ):
        Job.objects.filter(pk=job_id, state__in=OPEN_STATES).update(cancel_requested=True)
    return Job.objects.get(pk=job_id)


def ended_before(at: datetime) -> QuerySet[Job]:
    """Jobs that ended before a moment."""
    return Job.objects.exclude(state__in=OPEN_STATES).filter(finished_at__lt=at)


def forget(*, before: datetime) -> int:
    """Delete jobs that ended before a moment, in the caller's transaction; how many."""
    return ended_before(before).delete()[0]
