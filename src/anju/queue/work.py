"""The worker's side of the queue: take a job, end it, give it back.

Jobs are taken by a conditional update, the same on SQLite and PostgreSQL: of two workers that saw
the same row, one changes it and the other changes nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_noop as _

from anju.queue.models import Job, JobState
from anju.queue.progress import Claim, LeaseLost

_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=10)
INTERRUPTED = _("作业多次中断（进程被终止或服务器重启），已停止重试。请查看服务器日志后重新提交。")


def claim(
    *,
    worker: str,
    lease: timedelta,
    clock: Callable[[], datetime],
    must_stop: Callable[[], bool] = lambda: False,
    has_heartbeat: bool = False,
) -> Claim | None:
    """Take the next job that is due, or one whose worker let its lease run out; None if none."""
    now = clock()
    is_due = Q(state=JobState.WAITING, run_after__lte=now)
    is_abandoned = Q(state=JobState.RUNNING, lease_until__lt=now)
    for seen in Job.objects.filter(is_due | is_abandoned).order_by("id")[:10]:
        taken = _as_seen(seen).update(
            state=JobState.RUNNING,
            worker=worker,
            lease_until=now + lease,
            attempts=F("attempts") + 1,
            started_at=seen.started_at or now,
            step="",
            done=0,
            total=0,
        )
        if taken:
            job = Job.objects.get(pk=seen.pk)
            return Claim(
                job=job,
                worker=worker,
                lease=lease,
                clock=clock,
                must_stop=must_stop,
                has_heartbeat=has_heartbeat,
                is_cancelled=job.cancel_requested,
            )
    return None


def is_worn_out(claim: Claim) -> bool:
    """The job was interrupted in all its attempts and must not be tried once more."""
    return claim.job.attempts > claim.job.max_attempts


def finish(claim: Claim, result: Mapping[str, Any] | None) -> None:
    """The handler is done; `LeaseLost` when the job is another worker's by now."""
    if claim.is_complete and not claim.mine().exists():
        return
    claim.complete(result)


def fail(claim: Claim, *, message: str) -> None:
    """End the job as failed with a Chinese message for the page; `LeaseLost` as above."""
    _end(claim, state=JobState.FAILED, error=message, finished_at=claim.clock())


def cancel(claim: Claim) -> None:
    """End the job as cancelled; `LeaseLost` as above."""
    _end(claim, state=JobState.CANCELLED, finished_at=claim.clock())


def may_retry(claim: Claim) -> bool:
    """The job has attempts left."""
    return claim.job.attempts < claim.job.max_attempts


def retry(claim: Claim, *, message: str) -> None:
    """Put the job back for a later attempt, with what went wrong in this one."""
    _end(
        claim,
        state=JobState.WAITING,
        error=message,
        run_after=claim.clock() + pause_after(claim.job.attempts),
    )


def give_back(claim: Claim) -> None:
    """Put the job back at once, as if this attempt had not been: the worker is ending."""
    _end(claim, state=JobState.WAITING, run_after=claim.clock(), attempts=F("attempts") - 1)


def pause_after(attempts: int) -> timedelta:
    """How long to wait before the next attempt: 5 s, 20 s, 80 s … at most 10 minutes."""
    return min(_FIRST_PAUSE * 4 ** (attempts - 1), _LONGEST_PAUSE)


def _as_seen(job: Job) -> QuerySet[Job]:
    """The row, unless somebody changed it since it was read."""
    return Job.objects.filter(
        pk=job.pk,
        state=job.state,
        attempts=job.attempts,
        worker=job.worker,
        lease_until=job.lease_until,
    )


def _end(claim: Claim, **values: Any) -> None:
    """End this attempt, or `LeaseLost`."""
    if not claim.mine().update(lease_until=None, **values):
        claim.is_lost = True
        raise LeaseLost(f"Job {claim.job.pk} was taken by another worker.")
