"""Runs: what a run keeps, that it can be repeated, and that nothing of it is half visible."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.unit.monitoring import registers
from tests.unit.monitoring.conftest import AT, BY, KNOWN_ON, Perform

from anju.audit.models import Entry
from anju.monitoring import queries
from anju.monitoring.actions import loading, runs
from anju.monitoring.models import (
    Finding,
    HouseholdLevel,
    LevelTally,
    Run,
    RunState,
    Snapshot,
    Tally,
)
from anju.queue.models import Job, JobState
from anju.queue.progress import Cancelled, LeaseLost, Unattended
from anju.registry.models import Event, Income
from anju.rules.errors import RulesError

pytestmark = pytest.mark.django_db


def files_of(run: Run) -> dict[str, bytes]:
    folder = queries.folder_of(run)
    assert folder is not None
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def started(**asked: Any) -> Run:
    given = {"month": "2023-09", "pack": "shiquan-2023", "known_on": KNOWN_ON}
    return runs.start(by=BY, at=AT, **{**given, **asked})


def test_a_run_keeps_its_counts_its_report_and_its_snapshot(perform: Perform) -> None:
    registers.small_county()

    run = perform()

    assert run.state == RunState.DONE
    assert run.counts["households"] == 3
    assert run.counts["hits"] == Finding.objects.filter(status="hit").count()
    assert run.counts["unknown"] == Finding.objects.filter(status="unknown").count()
    assert run.report["snapshot"]["hash"] == run.snapshot.hash == Snapshot.objects.get().hash
    assert run.pack_hash == run.report["pack"]["hash"]
    assert run.finished_at is not None


def test_findings_carry_the_village_of_the_time(perform: Perform) -> None:
    _first, _second, third = registers.small_county()

    perform()

    assert set(Finding.objects.filter(household=third).values_list("village_code", flat=True)) == {
        registers.OTHER_VILLAGE
    }


def test_tallies_of_every_place_add_up_to_the_findings(perform: Perform) -> None:
    registers.small_county()

    perform()

    for digits in (6, 9, 12):
        tallies = Tally.objects.filter(digits=digits)
        assert sum(t.hits for t in tallies) == Finding.objects.filter(status="hit").count()
        assert sum(t.unknown for t in tallies) == Finding.objects.filter(status="unknown").count()
        levels = LevelTally.objects.filter(digits=digits)
        assert sum(level.households for level in levels) == HouseholdLevel.objects.count()


def test_a_household_with_gaps_only_has_no_level(perform: Perform) -> None:
    household = registers.household("A1")
    registers.member(household, "A1-1", None, schooling=None, labour=None)
    registers.status(household, "medical_insured")

    perform()

    assert set(Finding.objects.values_list("status", flat=True)) == {"unknown"}
    assert not HouseholdLevel.objects.exists()
    assert not LevelTally.objects.exists()


def test_the_same_month_pack_and_day_give_the_same_files(perform: Perform) -> None:
    registers.small_county()

    first, second = perform(), perform()

    assert files_of(first) == files_of(second)
    assert first.snapshot == second.snapshot
    assert queries.same_result(second) == first
    assert queries.same_result(first) is None


def test_corrections_after_the_run_do_not_change_what_was_known_then(perform: Perform) -> None:
    household = registers.small_county()[0]
    before = perform(known_on=date(2023, 10, 5))
    Income.objects.filter(household=household, quarter=20233).update(known_to=date(2023, 10, 6))
    registers.income(household, 20233, 9_000_000, known_from=date(2023, 10, 6))
    registers.event(household, "death", date(2023, 9, 2), known_from=date(2023, 10, 6))

    again = perform(known_on=date(2023, 10, 5))
    after = perform(known_on=date(2023, 10, 6))

    assert files_of(again) == files_of(before)
    assert again.snapshot == before.snapshot
    assert after.snapshot != before.snapshot
    assert files_of(after)["findings.parquet"] != files_of(before)["findings.parquet"]


def test_known_then_equals_a_copy_saved_then(perform: Perform, folders: Path) -> None:
    household = registers.small_county()[0]
    run = perform(known_on=date(2023, 10, 5))
    saved = run.snapshot.hash
    registers.event(
        household, "medical_selfpaid", date(2023, 9, 9), amount=1, known_from=date(2023, 10, 6)
    )
    Event.objects.filter(kind="housing_graded").update(known_to=date(2023, 10, 6))

    copy = folders / "copy"
    (folders / "snapshots" / saved).rename(copy)
    again = perform(known_on=date(2023, 10, 5))

    rewritten = folders / "snapshots" / again.snapshot.hash
    assert {p.name: p.read_bytes() for p in rewritten.iterdir()} == {
        p.name: p.read_bytes() for p in copy.iterdir()
    }


def test_a_month_before_the_first_value_is_refused_in_words(perform: Perform) -> None:
    registers.small_county()

    with pytest.raises(RulesError) as refused:
        perform(month="2019-06")

    assert "2019-06" in refused.value.zh
    run = Run.objects.get()
    assert (run.state, run.problem) == (RunState.FAILED, refused.value.zh)
    assert not Finding.objects.exists()


def test_two_incomes_for_one_quarter_refuse_the_run_and_leave_nothing(
    perform: Perform, folders: Path
) -> None:
    household = registers.small_county()[0]
    Income.objects.filter(household=household, quarter=20233).update(known_to=date(2024, 1, 1))
    registers.income(household, 20233, 1)

    with pytest.raises(RulesError):
        perform()

    assert Run.objects.get().state == RunState.FAILED
    assert list((folders / "runs").iterdir()) == []
    assert not Snapshot.objects.exists()


def test_starting_enqueues_one_job_for_one_question() -> None:
    first, second = started(), started()
    other = started(month="2023-08")

    assert first == second
    assert first != other
    assert [job.payload for job in Job.objects.order_by("id")] == [
        {"run_id": first.pk},
        {"run_id": other.pk},
    ]
    assert Run.objects.count() == 2


def test_a_finished_question_may_be_asked_again() -> None:
    first = started()
    Job.objects.update(state=JobState.DONE)
    Run.objects.update(state=RunState.DONE)

    assert started() != first


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"month": "2023-9"}, "2023-9"),
        ({"pack": "nowhere-2023"}, "nowhere-2023"),
        ({"known_on": date(2023, 8, 31)}, "2023-09-01"),
        ({"known_on": date(2023, 10, 9)}, "还没有到"),
    ],
)
def test_a_question_without_sense_is_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(runs.RunRefused) as refused:
        started(**asked)

    assert said in refused.value.zh
    assert not Run.objects.exists()
    assert not Job.objects.exists()


def test_today_is_the_day_in_china() -> None:
    early = datetime(2023, 10, 7, 17, tzinfo=UTC)  # one in the morning of the 8th in Shanghai

    run = runs.start(by=BY, at=early, month="2023-09", pack="national", known_on=date(2023, 10, 8))

    assert run.known_on == date(2023, 10, 8)


def test_performing_a_finished_run_again_changes_nothing(perform: Perform) -> None:
    registers.small_county()
    run = perform()
    before = files_of(run)

    assert runs.perform(progress=Unattended(), run_id=run.pk) == {"run": run.pk, "already": True}

    assert files_of(Run.objects.get()) == before
    assert Finding.objects.count() == run.counts["hits"] + run.counts["unknown"]


def test_an_attempt_that_was_overtaken_publishes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    registers.small_county()
    run = started()

    class Overtaken(Unattended):
        def hold(self) -> None:
            Run.objects.filter(pk=run.pk).update(folder=f"{run.pk}-another")

    with pytest.raises(LeaseLost):
        runs.perform(progress=Overtaken(), run_id=run.pk)

    assert Run.objects.get().state == RunState.RUNNING
    assert not Finding.objects.exists()


def test_what_breaks_while_loading_leaves_no_trace_and_may_be_repeated(
    monkeypatch: pytest.MonkeyPatch, folders: Path
) -> None:
    registers.small_county()
    run = started()
    whole = loading._rule_tally

    def broken(*_given: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(loading, "_rule_tally", broken)
    with pytest.raises(OSError, match="disk full"):
        runs.perform(progress=Unattended(), run_id=run.pk)
    assert not Finding.objects.exists()
    assert not HouseholdLevel.objects.exists()
    assert Run.objects.get().state == RunState.RUNNING

    monkeypatch.setattr(loading, "_rule_tally", whole)
    runs.perform(progress=Unattended(), run_id=run.pk)

    assert Run.objects.get().state == RunState.DONE
    assert [p.name for p in (folders / "runs").iterdir()] == [Run.objects.get().folder]
    assert len(list((folders / "snapshots").iterdir())) == 1


def test_a_cancelled_run_leaves_no_files_once_it_is_closed(folders: Path) -> None:
    registers.small_county()
    run = started()

    class Stop(Unattended):
        def step(self, text: str, done: int = 0, total: int = 0) -> None:
            if text == "写入结果":
                raise Cancelled("asked to stop")

    with pytest.raises(Cancelled):
        runs.perform(progress=Stop(), run_id=run.pk)
    runs.closed(state="cancelled", message="已取消。", at=AT, run_id=run.pk)

    closed = Run.objects.get()
    assert (closed.state, closed.problem, closed.finished_at) == (RunState.CANCELLED, "", AT)
    assert list((folders / "runs").iterdir()) == []
    assert not Finding.objects.exists()


def test_closing_leaves_a_finished_run_alone(perform: Perform) -> None:
    registers.small_county()
    run = perform()

    runs.closed(state="failed", message="太晚了", at=AT, run_id=run.pk)

    assert Run.objects.get().state == RunState.DONE
    assert files_of(run)


def test_cancelling_a_waiting_run_closes_it_and_its_job() -> None:
    run = started()

    cancelled = runs.cancel(by=BY, at=AT, run=run)

    assert cancelled.state == RunState.CANCELLED
    assert Job.objects.get().state == JobState.CANCELLED


def test_cancelling_a_running_run_asks_its_job_to_stop() -> None:
    run = started()
    Job.objects.update(state=JobState.RUNNING, lease_until=AT, worker="w")
    Run.objects.update(state=RunState.RUNNING)

    runs.cancel(by=BY, at=AT, run=run)

    assert Job.objects.get().cancel_requested
    assert Run.objects.get().state == RunState.RUNNING
    assert queries.standing(Run.objects.get()).cancel_requested


def test_a_finished_run_cannot_be_cancelled(perform: Perform) -> None:
    run = perform()

    with pytest.raises(runs.RunRefused):
        runs.cancel(by=BY, at=AT, run=run)


def test_a_run_whose_job_failed_without_telling_stands_as_failed() -> None:
    run = started()
    Run.objects.update(state=RunState.RUNNING)
    Job.objects.update(state=JobState.FAILED, error="作业多次中断")

    standing = queries.standing(Run.objects.get())

    assert (standing.state, standing.problem) == (RunState.FAILED, "作业多次中断")
    assert run.pk in queries.standings([Run.objects.get()])


def test_every_action_leaves_an_entry_in_the_audit_trail(perform: Perform) -> None:
    registers.small_county()
    perform()
    runs.cancel(by=BY, at=AT, run=started())

    assert list(Entry.objects.order_by("sequence").values_list("action", flat=True)) == [
        "monitoring.run.start",
        "monitoring.run.done",
        "monitoring.run.start",
        "monitoring.run.cancel",
    ]


def test_the_report_in_the_database_is_the_run_json_on_disk(perform: Perform) -> None:
    registers.small_county()
    run = perform()

    assert json.loads(files_of(run)["run.json"]) == run.report
