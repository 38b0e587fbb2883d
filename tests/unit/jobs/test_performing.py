"""One attempt at one job, in one process: what each kind of ending leaves behind."""

import logging
from datetime import UTC, datetime

import pytest
from tests.factories.ground import JobFactory
from tests.unit.jobs.handlers import HANDLERS

from anju.audit.models import Entry
from anju.jobs import worker
from anju.queue.models import Job

pytestmark = pytest.mark.django_db
START = datetime(2023, 10, 8, 1, tzinfo=UTC)


def perform(kind: str, **values: object) -> Job:
    job = JobFactory(kind=kind, payload={"note": "甲"}, **values)
    worker.run(once=True, handlers=HANDLERS, clock=lambda: START)
    job.refresh_from_db()
    return job


def test_a_job_is_done_with_the_result_of_its_handler() -> None:
    job = perform("test.note")

    assert (job.state, job.result, job.step) == ("done", {"note": "甲"}, "记录")
    assert not Entry.objects.exists()


def test_all_jobs_that_are_due_are_done_at_once() -> None:
    jobs = [JobFactory(kind="test.note", payload={"note": str(number)}) for number in range(3)]

    assert worker.run(once=True, handlers=HANDLERS, clock=lambda: START) == 3
    for job in jobs:
        job.refresh_from_db()
    assert [job.result["note"] for job in jobs] == ["0", "1", "2"]


def test_refused_work_fails_at_once_with_the_reason_for_the_page() -> None:
    job = perform("test.refuse")

    assert (job.state, job.attempts) == ("failed", 1)
    assert job.error == "名单缺少“户编码”一列，请补上后重新上传。"
    entry = Entry.objects.get()
    assert (entry.kind, entry.reason) == ("failed", job.error)


def test_a_crash_is_tried_again_later() -> None:
    job = perform("test.crash")

    assert (job.state, job.attempts, job.finished_at) == ("waiting", 1, None)
    assert (job.run_after - START).total_seconds() == 5
    assert not Entry.objects.exists()


def test_a_crash_in_the_last_attempt_fails_and_closes_what_the_job_was_for() -> None:
    job = perform("test.crash", max_attempts=1)

    assert job.state == "failed"
    assert Entry.objects.get().reason == job.error


def test_neither_page_nor_log_shows_what_the_error_said(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        job = perform("test.crash")

    reference = job.error.split("错误编号 ")[1][:8]
    assert reference in caplog.text
    assert "ValueError" in caplog.text
    assert "KeyError" in caplog.text
    assert "handlers.py" in caplog.text
    assert "529901199003074258" not in caplog.text + job.error
    assert "张三" not in caplog.text + job.error


def test_a_crash_of_work_meant_to_be_cancelled_is_not_tried_again() -> None:
    job = perform("test.crash", cancel_requested=True)

    assert job.state == "cancelled"
    assert Entry.objects.get().kind == "cancelled"


def test_a_cancelled_handler_ends_the_job_and_closes_what_it_was_for() -> None:
    job = perform("test.cancelled")

    assert job.state == "cancelled"
    assert Entry.objects.get().kind == "cancelled"


def test_a_worker_that_ends_gives_its_job_back() -> None:
    job = JobFactory(kind="test.shut_down", payload={"note": "甲"})

    worker.Worker(HANDLERS, lambda: START, has_heartbeat=False).do_next()

    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease_until) == ("waiting", 0, None)
    assert not Entry.objects.exists()


def test_work_interrupted_too_often_fails_with_advice() -> None:
    job = perform(
        "test.note", state="running", attempts=3, lease_until=datetime(2023, 10, 7, tzinfo=UTC)
    )

    assert job.state == "failed"
    assert "多次中断" in job.error
    assert Entry.objects.get().kind == "failed"


def test_a_kind_nobody_knows_fails_with_advice() -> None:
    job = perform("test.unheard_of")

    assert job.state == "failed"
    assert "test.unheard_of" in job.error


def test_a_handler_that_cannot_be_imported_is_a_crash() -> None:
    assert perform("test.missing").state == "waiting"


def test_a_fault_while_closing_does_not_bring_the_job_back() -> None:
    job = perform("test.fault_in_closing")

    assert job.state == "failed"
    assert worker.run(once=True, handlers=HANDLERS, clock=lambda: START) == 0


def test_no_two_workers_have_the_same_name() -> None:
    assert worker.own_name() != worker.own_name()
    assert len(worker.own_name()) <= 80
