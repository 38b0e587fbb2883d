"""The queue: taken once, kept by a lease, ended in exactly one way."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from tests.factories.ground import JobFactory

from anju.audit.actor import Actor
from anju.queue import work
from anju.queue.actions import enqueue, request_cancel
from anju.queue.models import Job, JobState
from anju.queue.progress import Cancelled, Claim, LeaseLost, ShuttingDown, Unattended
from anju.queue.queries import job, jobs, open_jobs

pytestmark = pytest.mark.django_db
OFFICER = Actor("bureau")
START = datetime(2023, 10, 8, 1, tzinfo=UTC)
LEASE = timedelta(seconds=15)


class Clock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def claim(clock: Clock, worker: str = "a") -> Claim | None:
    return work.claim(worker=worker, lease=LEASE, clock=clock)


def claimed(clock: Clock, worker: str = "a") -> Claim:
    taken = claim(clock, worker)
    assert taken is not None
    return taken


def now_in_table(claim: Claim) -> Job:
    return Job.objects.get(pk=claim.job.pk)


@transaction.atomic
def write_and(end: Callable[[], None]) -> None:
    """The last transaction of a handler."""
    JobFactory(key="what the handler writes")
    end()


def put(key: str = "run:1", at: datetime = START) -> Job:
    return enqueue(by=OFFICER, kind="test.note", key=key, payload={"note": 1}, at=at)


def test_work_waits_until_a_worker_takes_it(clock: Clock) -> None:
    waiting = put()

    taken = claimed(clock)

    assert taken.job == waiting
    assert (waiting.state, waiting.created_by, waiting.attempts) == ("waiting", "bureau", 0)
    row = now_in_table(taken)
    assert (row.state, row.worker, row.attempts) == ("running", "a", 1)
    assert (row.started_at, row.lease_until) == (START, START + LEASE)


def test_the_same_work_is_queued_once_while_it_is_open(clock: Clock) -> None:
    first = put()
    assert put() == first
    taken = claimed(clock)
    assert put() == first

    work.finish(taken, {})

    assert put() != first
    assert Job.objects.count() == 2


def test_an_empty_queue_gives_nothing(clock: Clock) -> None:
    assert claim(clock) is None


def test_the_oldest_work_that_is_due_comes_first(clock: Clock) -> None:
    later = put("later", START + timedelta(seconds=10))
    first, second = put("first"), put("second")

    assert [claimed(clock).job, claimed(clock).job] == [first, second]
    assert claim(clock) is None
    clock.move(10)
    assert claimed(clock).job == later


def test_work_whose_row_changed_since_it_was_seen_is_not_taken(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two workers saw the same waiting row; the other one was quicker.
    put()
    as_seen = work._as_seen

    def after_the_other(seen: Job) -> object:
        monkeypatch.setattr(work, "_as_seen", as_seen)
        assert claimed(clock, "the quicker one").job == seen
        return as_seen(seen)

    monkeypatch.setattr(work, "_as_seen", after_the_other)

    assert claim(clock, "the slower one") is None
    assert Job.objects.get().worker == "the quicker one"


def test_running_work_is_left_alone_until_its_lease_is_over(clock: Clock) -> None:
    put()
    claimed(clock, "a")

    clock.move(15)
    assert claim(clock, "b") is None
    clock.move(0.001)
    taken = claimed(clock, "b")

    assert taken.job.attempts == 2


def test_each_step_renews_the_lease_and_shows_on_the_row(clock: Clock) -> None:
    put()
    taken = claimed(clock)
    clock.move(10)

    taken.step("检查数据", 300, 1000)

    row = now_in_table(taken)
    assert (row.step, row.done, row.total) == ("检查数据", 300, 1000)
    assert row.lease_until == clock.now + LEASE


def test_steps_reach_the_row_once_a_second(
    clock: Clock, django_assert_num_queries: "pytest.FixtureRequest"
) -> None:
    put()
    taken = claimed(clock)
    taken.step("一", 1)

    with django_assert_num_queries(0):  # type: ignore[operator]
        for number in range(100):
            taken.step("一", number)
    clock.move(1)
    taken.step("二", 200)

    assert (now_in_table(taken).step, now_in_table(taken).done) == ("二", 200)


def test_with_a_heartbeat_steps_cost_no_query(
    clock: Clock, django_assert_num_queries: "pytest.FixtureRequest"
) -> None:
    put()
    taken = work.claim(worker="a", lease=LEASE, clock=clock, has_heartbeat=True)
    assert taken is not None

    with django_assert_num_queries(0):  # type: ignore[operator]
        taken.step("一", 1, 2)
    taken.renew()

    assert (now_in_table(taken).step, now_in_table(taken).total) == ("一", 2)


def test_a_long_step_is_cut_to_the_column(clock: Clock) -> None:
    put()
    taken = claimed(clock)

    taken.step("长" * 500)

    assert now_in_table(taken).step == "长" * 120


def test_a_worker_that_lost_its_lease_learns_it_at_its_next_step(clock: Clock) -> None:
    put()
    slow = claimed(clock, "a")
    clock.move(16)
    claimed(clock, "b")

    with pytest.raises(LeaseLost):
        slow.step("还在做")

    assert now_in_table(slow).step == ""


def test_what_a_worker_without_lease_writes_is_rolled_back(clock: Clock) -> None:
    put()
    slow = claimed(clock, "a")
    clock.move(16)
    quick = claimed(clock, "b")

    for end in (slow.complete, slow.hold):
        with pytest.raises(LeaseLost):
            write_and(end)
    with pytest.raises(LeaseLost):
        work.finish(slow, {"by": "a"})
    work.finish(quick, {"by": "b"})

    assert Job.objects.get().result == {"by": "b"}


@pytest.mark.parametrize(
    "end",
    [
        lambda taken: work.fail(taken, message="x"),
        work.cancel,
        work.give_back,
        lambda taken: work.retry(taken, message="x"),
    ],
)
def test_no_end_of_a_lost_attempt_touches_the_job(clock: Clock, end: object) -> None:
    put()
    slow = claimed(clock, "a")
    clock.move(16)
    claimed(clock, "b")

    with pytest.raises(LeaseLost):
        end(slow)  # type: ignore[operator]

    row = now_in_table(slow)
    assert (row.state, row.worker, row.attempts) == ("running", "b", 2)


def test_the_lease_of_an_earlier_attempt_of_the_same_worker_is_no_lease(clock: Clock) -> None:
    put()
    first = claimed(clock, "a")
    clock.move(16)
    claimed(clock, "a")

    with pytest.raises(LeaseLost):
        first.hold()


def test_done_work_keeps_its_result_and_no_lease(clock: Clock) -> None:
    put()
    taken = claimed(clock)
    clock.move(3)

    work.finish(taken, {"rows": 7})

    row = now_in_table(taken)
    assert (row.state, row.result, row.error) == ("done", {"rows": 7}, "")
    assert (row.finished_at, row.lease_until) == (START + timedelta(seconds=3), None)


def test_work_completed_by_its_handler_is_not_finished_again(clock: Clock) -> None:
    put()
    taken = claimed(clock)
    taken.complete({"rows": 7})

    work.finish(taken, None)

    assert now_in_table(taken).result == {"rows": 7}


def test_a_completion_that_was_rolled_back_is_made_good(clock: Clock) -> None:
    put()
    taken = claimed(clock)
    with transaction.atomic():
        taken.complete({"rows": 7})
        transaction.set_rollback(True)

    work.finish(taken, {"rows": 8})

    assert now_in_table(taken).result == {"rows": 8}


def test_failed_work_is_tried_again_after_longer_and_longer_pauses(clock: Clock) -> None:
    put()
    for pause in (5, 20):
        taken = claimed(clock)
        assert work.may_retry(taken)
        work.retry(taken, message="出错")
        assert (now_in_table(taken).state, now_in_table(taken).error) == ("waiting", "出错")
        clock.move(pause - 0.001)
        assert claim(clock) is None
        clock.move(0.001)

    assert not work.may_retry(claimed(clock))


def test_pauses_grow_up_to_ten_minutes() -> None:
    pauses = [work.pause_after(attempts).total_seconds() for attempts in range(1, 7)]

    assert pauses == [5, 20, 80, 320, 600, 600]


def test_work_interrupted_in_all_its_attempts_is_worn_out(clock: Clock) -> None:
    put()
    for _ in range(3):
        assert not work.is_worn_out(claimed(clock))
        clock.move(16)

    assert work.is_worn_out(claimed(clock))


def test_work_given_back_is_due_at_once_and_has_lost_no_attempt(clock: Clock) -> None:
    put()
    work.give_back(claimed(clock, "a"))

    assert claimed(clock, "b").job.attempts == 1


def test_a_worker_told_to_end_stops_the_handler_at_its_next_step(clock: Clock) -> None:
    put()
    taken = work.claim(worker="a", lease=LEASE, clock=clock, must_stop=lambda: True)
    assert taken is not None

    with pytest.raises(ShuttingDown):
        taken.step("一")


def test_waiting_work_is_cancelled_at_once(clock: Clock) -> None:
    waiting = put()

    after = request_cancel(by=OFFICER, at=START, job_id=waiting.pk)

    assert (after.state, after.finished_at) == (JobState.CANCELLED, START)
    assert claim(clock) is None


def test_running_work_is_cancelled_at_its_next_step(clock: Clock) -> None:
    put()
    taken = claimed(clock)

    after = request_cancel(by=OFFICER, at=START, job_id=taken.job.pk)

    assert (after.state, after.cancel_requested) == (JobState.RUNNING, True)
    with pytest.raises(Cancelled):
        taken.step("一")
    work.cancel(taken)
    assert now_in_table(taken).state == JobState.CANCELLED


def test_work_cancelled_while_its_worker_was_dead_is_cancelled_by_the_next(clock: Clock) -> None:
    put()
    taken = claimed(clock)
    request_cancel(by=OFFICER, at=START, job_id=taken.job.pk)
    clock.move(16)

    assert claimed(clock, "b").is_cancelled


def test_done_work_cannot_be_cancelled(clock: Clock) -> None:
    put()
    taken = claimed(clock)
    work.finish(taken, {"rows": 7})

    after = request_cancel(by=OFFICER, at=START, job_id=taken.job.pk)

    assert (after.state, after.cancel_requested) == (JobState.DONE, False)


def test_jobs_are_listed_newest_first_and_open_ones_apart(clock: Clock) -> None:
    first, second = put("1"), put("2")
    work.finish(claimed(clock), {})

    assert list(jobs()) == [second, first]
    assert list(open_jobs()) == [second]
    assert job(second.pk) == second
    assert job(0) is None


def test_work_done_at_once_tells_its_steps_to_whoever_looks() -> None:
    seen: list[tuple[str, int, int]] = []

    for progress in (Unattended(), Unattended(lambda *step: seen.append(step))):
        progress.step("读取", 1, 2)
        progress.hold()
        progress.complete({"rows": 7})

    assert seen == [("读取", 1, 2)]
