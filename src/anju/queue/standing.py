"""Where work stands that a job carries out: its own state, and what the queue says while it is open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, TextChoices

from anju.queue import queries
from anju.queue.models import Job, JobState

State = TypeVar("State", bound=TextChoices)


@dataclass(frozen=True, slots=True)
class Standing(Generic[State]):
    """A state, and while it is open the step and its counts; `problem` says why it failed."""

    state: State
    is_open: bool
    problem: str = ""
    step: str = ""
    done: int = 0
    total: int = 0
    cancel_requested: bool = False

    @property
    def label(self) -> str:
        """The state in the reader's language."""
        return str(self.state.label)


@dataclass(frozen=True, slots=True)
class Standings(Generic[State]):
    """How rows of one table stand, which have `state`, `problem` and `job_id`.

    `still_open` are the states in which a job is to come or at work; a job that died too often to
    say so itself ends its row as `failed` or `cancelled`: the queue knows.
    """

    states: type[State]
    still_open: Collection[State]
    failed: State
    cancelled: State

    def of(self, row: Model) -> Standing[State]:
        """Where one row stands."""
        return self.each([row])[row.pk]

    def each(self, rows: Sequence[Model]) -> dict[int, Standing[State]]:
        """Where rows stand, by id; one query for all open ones."""
        told: Iterable[Any] = rows
        numbers = {row.pk: row.job_id for row in told if self._is_open(row)}
        waiting = [number for number in numbers.values() if number is not None]
        jobs = {job.pk: job for job in queries.jobs().filter(pk__in=waiting)} if waiting else {}
        return {row.pk: self._one(row, jobs.get(numbers.get(row.pk))) for row in rows}

    def _is_open(self, row: Any) -> bool:
        return self.states(row.state) in self.still_open

    def _one(self, row: Any, job: Job | None) -> Standing[State]:
        if job is None:
            return Standing(self.states(row.state), self._is_open(row), row.problem)
        if job.state in (JobState.FAILED, JobState.CANCELLED):
            ended = self.failed if job.state == JobState.FAILED else self.cancelled
            return Standing(ended, ended in self.still_open, job.error)
        return Standing(
            self.states(row.state), True, "", job.step, job.done, job.total, job.cancel_requested
        )
