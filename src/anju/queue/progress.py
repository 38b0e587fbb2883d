"""What a handler tells while it works, and how it learns that it must stop.

A handler takes `progress` and calls `step` often. Work that becomes visible in several transactions
calls `hold` as the last thing in each; the last transaction ends with `complete`, so that the
result and the end of the job are one thing: whatever is killed in between is repeated, and nothing
is written twice. (`hold` and `complete` lock the job's row, so a page that cancels would wait for a
transaction that called them early.)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db.models import QuerySet

from anju.queue.models import Job, JobState

# A progress write is a commit; the page asks once a second, so more would be wasted.
_STEP_EVERY = timedelta(seconds=1)


class Stopped(Exception):
    """The handler must stop now and undo what it has not finished: let this pass through."""


class Cancelled(Stopped):
    """Somebody asked for the job to be cancelled."""


class LeaseLost(Stopped):
    """Another worker took the job: nothing of this attempt may be written any more."""


class ShuttingDown(Stopped):
    """The worker was told to end; the job goes back into the queue."""


class Progress(Protocol):
    """What handlers are given."""

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, in Chinese; renew the lease. May raise `Stopped`."""
        ...

    def hold(self) -> None:
        """At the end of a transaction: the job is still ours, or `LeaseLost`."""
        ...

    def complete(self, result: Mapping[str, Any] | None = None) -> None:
        """At the end of the last transaction: the job is done, or `LeaseLost`."""
        ...


@dataclass(slots=True)
class Unattended:
    """Progress of work done at once, without a job: by a command, in a test."""

    show: Callable[[str, int, int], None] | None = None

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Pass it on to whoever looks."""
        if self.show is not None:
            self.show(text, done, total)

    def hold(self) -> None:
        """Nobody else has this work."""

    def complete(self, result: Mapping[str, Any] | None = None) -> None:
        """There is no job to end."""


@dataclass(slots=True)
class Claim:
    """A job as claimed by one worker for one attempt: the three together are the lease.

    `clock` is the wall clock, handed in by the worker; `must_stop` is looked at on each step.
    With `has_heartbeat` another thread renews the lease and writes the steps, also while the
    handler is inside a transaction; without it `step` does so itself.
    """

    job: Job
    worker: str
    lease: timedelta
    clock: Callable[[], datetime]
    must_stop: Callable[[], bool] = lambda: False
    has_heartbeat: bool = False
    is_lost: bool = False
    is_cancelled: bool = False
    is_complete: bool = False
    _note: tuple[str, int, int] = ("", 0, 0)
    _written_at: datetime | None = None

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Remember the step; it reaches the job's row at most once a second."""
        self._note = (text[:120], done, total)
        if not self.has_heartbeat:
            self._renew_each_second()
        if self.is_lost:
            raise LeaseLost(f"Job {self.job.pk} was taken by another worker.")
        if self.is_cancelled:
            raise Cancelled(f"Job {self.job.pk} was cancelled.")
        if self.must_stop():
            raise ShuttingDown(f"Job {self.job.pk} goes back into the queue.")

    def hold(self) -> None:
        """Renew the lease in the caller's transaction, which fails if the job is not ours."""
        self._change(lease_until=self.clock() + self.lease)

    def complete(self, result: Mapping[str, Any] | None = None) -> None:
        """End the job in the caller's transaction, which fails if the job is not ours."""
        self._change(
            state=JobState.DONE,
            lease_until=None,
            finished_at=self.clock(),
            error="",
            result=dict(result or {}),
        )
        self.is_complete = True

    def renew(self) -> None:
        """Renew the lease and write the last step; learn whether to stop."""
        text, done, total = self._note
        now = self.clock()
        self.is_lost = not self.mine().update(
            lease_until=now + self.lease, step=text, done=done, total=total
        )
        asked = Job.objects.filter(pk=self.job.pk, cancel_requested=True)
        self.is_cancelled = not self.is_lost and asked.exists()
        self._written_at = now

    def mine(self) -> QuerySet[Job]:
        """The job's row, as long as this claim holds it."""
        return Job.objects.filter(
            pk=self.job.pk,
            state=JobState.RUNNING,
            worker=self.worker,
            attempts=self.job.attempts,
        )

    def _renew_each_second(self) -> None:
        """Renew unless that was done within the last second."""
        if self._written_at is None or self.clock() - self._written_at >= _STEP_EVERY:
            self.renew()

    def _change(self, **values: Any) -> None:
        """Change the job's row, or `LeaseLost`."""
        if not self.mine().update(**values):
            self.is_lost = True
            raise LeaseLost(f"Job {self.job.pk} was taken by another worker.")
