"""What is done every day and every hour: put into the queue once, by whichever worker comes first."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from anju.jobs import timetable, worker
from anju.queue.models import Job, JobState

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 22, 6, 30, tzinfo=timezone.get_default_timezone())
REGULAR = (timetable.Entry("test.daily", hour=7), timetable.Entry("test.hourly"))


def keys() -> list[str]:
    return sorted(Job.objects.values_list("key", flat=True))


def test_a_daily_job_waits_for_its_hour_and_comes_once_a_day() -> None:
    timetable.put_due(MORNING, REGULAR)
    assert keys() == ["test.hourly:2026-11-22T06"]

    for minutes in (30, 31, 95):
        timetable.put_due(MORNING + timedelta(minutes=minutes), REGULAR)

    assert keys() == [
        "test.daily:2026-11-22",
        "test.hourly:2026-11-22T06",
        "test.hourly:2026-11-22T07",
        "test.hourly:2026-11-22T08",
    ]
    assert Job.objects.get(key="test.daily:2026-11-22").payload == {"day": "2026-11-22"}


def test_what_was_done_is_not_put_again() -> None:
    timetable.put_due(MORNING, REGULAR)
    Job.objects.update(state=JobState.DONE)

    assert timetable.put_due(MORNING, REGULAR) == 0


def test_the_jobs_of_the_product_are_done_without_error() -> None:
    timetable.put_due(MORNING)

    worker.run(once=True)

    states = dict(Job.objects.values_list("kind", "state"))
    assert states == {entry.kind: JobState.DONE for entry in timetable.TIMETABLE}
