"""What is done every hour or every day without anybody asking: jobs in the same queue.

Each worker looks once a minute. The key of a job holds its hour or day, and a job of that key is
put into the queue once, whichever worker comes first; jobs are safe to repeat anyway.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from anju.audit.actor import SYSTEM
from anju.exports import actions as exports
from anju.queue import queries
from anju.queue.actions import enqueue
from anju.queue.progress import Progress

LOOK_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of job, and from which hour of the day it is due (None: every hour).

    A daily job is given its `day`, an hourly one nothing.
    """

    kind: str
    hour: int | None = None


TIMETABLE: tuple[Entry, ...] = (
    Entry("audit.head", hour=0),
    Entry("retention.apply", hour=3),
    Entry("exports.expire"),
    Entry("casework.expire", hour=1),
    Entry("casework.raise"),
    Entry("casework.follow"),
    Entry("community.lapse", hour=1),
    Entry("indicators.compute", hour=4),
    Entry("reporting.open", hour=2),
    Entry("places.follow", hour=1),
    Entry("projects.link", hour=1),
    Entry("assignments.owe", hour=1),
    Entry("tasks.lay_ahead", hour=1),
)


def put_due(now: datetime, timetable: tuple[Entry, ...] = TIMETABLE) -> int:
    """Put what is due into the queue, unless it was there already; how many were put."""
    local = timezone.localtime(now)
    count = 0
    for entry in timetable:
        if entry.hour is not None and local.hour < entry.hour:
            continue
        key, payload = _key(entry, local)
        if not queries.has_been(key):
            enqueue(by=SYSTEM, kind=entry.kind, key=key, payload=payload, at=now)
            count += 1
    return count


def expire_exports(*, progress: Progress) -> dict[str, Any]:
    """The hourly job of exports, with the time of day."""
    return exports.expire(progress=progress, at=timezone.now())


def _key(entry: Entry, local: datetime) -> tuple[str, dict[str, str]]:
    day = local.date().isoformat()
    if entry.hour is None:
        return f"{entry.kind}:{day}T{local.hour:02d}", {}
    return f"{entry.kind}:{day}", {"day": day}
