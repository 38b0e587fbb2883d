"""Whether the chain is whole, as the last check found it."""

from dataclasses import dataclass
from datetime import datetime

from anju.audit import queries
from anju.queue import queries as queue
from anju.queue.models import JobState

JOB_KIND = "audit.head"


@dataclass(frozen=True)
class Standing:
    """The last check: when, of how many entries, with what result; and the last entry now."""

    last: int
    checked_at: datetime | None
    checked_to: int
    problem: str
    is_running: bool


def standing() -> Standing:
    """What is known without walking the chain: that is the work of a job."""
    jobs = list(queue.jobs().filter(kind=JOB_KIND)[:10])
    ended = next((job for job in jobs if job.state in (JobState.DONE, JobState.FAILED)), None)
    return Standing(
        last=queries.last_sequence(),
        checked_at=ended.finished_at if ended else None,
        checked_to=int(ended.result.get("entries", 0)) if ended else 0,
        problem=ended.error if ended and ended.state == JobState.FAILED else "",
        is_running=any(job.state in (JobState.WAITING, JobState.RUNNING) for job in jobs),
    )
