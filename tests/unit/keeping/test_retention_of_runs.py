"""Old runs go with their files; what a kept run needs to give the same answer again stays."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.factories.casework import CaseFactory, LeadFactory, LeadSourceFactory
from tests.factories.monitoring import FindingFactory, RunFactory, SnapshotFactory

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.audit.verify import verify
from anju.keeping import retention
from anju.monitoring.models import Finding, Run, RunState, Snapshot
from anju.privacy.retention import RULES

pytestmark = pytest.mark.django_db
AT = datetime(2030, 10, 8, 3, tzinfo=UTC)
OLD, NEW = AT - timedelta(days=31 * 61), AT - timedelta(days=30)
RULE = next(rule for rule in RULES if rule.id == "runs")
Commits = Callable[..., object]


@pytest.fixture(autouse=True)
def folders(settings: object, tmp_path: Path) -> None:
    settings.RUN_DIR = tmp_path / "runs"
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"


@pytest.fixture(autouse=True)
def shown() -> Run:
    """The run of the latest month, which pages show."""
    return _run(NEW, month="2030-09")


def _run(finished_at: datetime, *, month: str = "2025-08", **changed: object) -> Run:
    """A finished run with a finding and its folders on the disk."""
    run = RunFactory(month=month, finished_at=finished_at, **changed)
    run.folder = f"{run.pk}-abc"
    run.save()
    FindingFactory(run=run)
    _write(_result(run) / "findings.parquet")
    _write(_snapshot(run) / "person.parquet")
    return run


def _write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"rows")


def _result(run: Run) -> Path:
    from django.conf import settings

    return Path(settings.RUN_DIR) / run.folder


def _snapshot(run: Run) -> Path:
    from django.conf import settings

    return Path(settings.SNAPSHOT_DIR) / run.snapshot.folder


def _due() -> int:
    return next(each.count for each in retention.due(at=AT) if each.rule is RULE)


def _apply(commits: Commits) -> int:
    with commits(execute=True):
        return retention.apply(by=SYSTEM, at=AT, rule=RULE)


def test_an_old_run_goes_with_findings_files_and_snapshot(
    shown: Run, django_capture_on_commit_callbacks: Commits
) -> None:
    old = _run(OLD)
    later = _run(NEW, month="2030-08")
    _write(_result(later) / f"changes-since-{old.folder}.parquet")
    assert _due() == 2  # the run and its snapshot

    assert _apply(django_capture_on_commit_callbacks) == 2

    assert set(Run.objects.all()) == {shown, later}
    assert not Finding.objects.filter(run_id=old.pk).exists()
    assert not _result(old).exists()
    assert not _snapshot(old).exists()
    assert not Snapshot.objects.filter(pk=old.snapshot_id).exists()
    assert [path.name for path in _result(later).iterdir()] == ["findings.parquet"]
    assert (_snapshot(shown) / "person.parquet").exists()
    entry = Entry.objects.get(action="retention.apply")
    assert entry.detail["runs"] == [old.pk]
    assert entry.detail["snapshots"] == [old.snapshot.folder]
    assert verify().is_whole
    assert _due() == _apply(django_capture_on_commit_callbacks) == 0


def test_a_snapshot_that_a_kept_run_shares_stays(
    shown: Run, django_capture_on_commit_callbacks: Commits
) -> None:
    old = _run(OLD, snapshot=shown.snapshot)

    assert _apply(django_capture_on_commit_callbacks) == 1

    assert not _result(old).exists()
    assert (_snapshot(shown) / "person.parquet").exists()
    assert Snapshot.objects.filter(pk=shown.snapshot_id).exists()


@pytest.mark.parametrize("reason", ["young", "shown", "open lead", "open case"])
def test_a_run_that_is_needed_stays_whole(
    shown: Run, django_capture_on_commit_callbacks: Commits, reason: str
) -> None:
    run = _run(NEW if reason == "young" else OLD)
    if reason == "shown":
        shown.delete()
    elif reason == "open lead":
        LeadSourceFactory(run_id=run.pk)
    elif reason == "open case":
        lead = LeadFactory(state="case", ended_on=date(2025, 9, 1), case=CaseFactory())
        LeadSourceFactory(lead=lead, run_id=run.pk)
    if reason == "shown":
        Snapshot.objects.filter(runs=None).delete()

    _apply(django_capture_on_commit_callbacks)

    assert Run.objects.filter(pk=run.pk).exists()
    assert Finding.objects.filter(run=run).exists()
    assert (_result(run) / "findings.parquet").exists()
    assert (_snapshot(run) / "person.parquet").exists()


def test_a_snapshot_left_by_a_run_that_failed_goes_after_a_day(
    settings: object, django_capture_on_commit_callbacks: Commits
) -> None:
    for name, age in (("yesterdays", 2), ("todays", 0)):
        _write(settings.SNAPSHOT_DIR / name / "person.parquet")
        moment = (AT - timedelta(days=age)).timestamp()
        os.utime(settings.SNAPSHOT_DIR / name, (moment, moment))

    assert _apply(django_capture_on_commit_callbacks) == 1

    assert not (settings.SNAPSHOT_DIR / "yesterdays").exists()
    assert (settings.SNAPSHOT_DIR / "todays").exists()


def test_while_a_run_is_under_way_no_snapshot_goes(
    django_capture_on_commit_callbacks: Commits,
) -> None:
    """It may just have found the files it needs, and not have said so yet."""
    left = SnapshotFactory()
    running = RunFactory(state=RunState.RUNNING, snapshot=None, finished_at=None)
    assert _apply(django_capture_on_commit_callbacks) == 0

    running.delete()

    assert _apply(django_capture_on_commit_callbacks) == 1
    assert not Snapshot.objects.filter(pk=left.pk).exists()


def test_files_stay_when_the_entry_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commits
) -> None:
    old = _run(OLD)
    monkeypatch.setattr(retention, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        _apply(django_capture_on_commit_callbacks)

    assert (_result(old) / "findings.parquet").exists()
    assert (_snapshot(old) / "person.parquet").exists()


def test_more_runs_than_one_batch_all_go(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commits
) -> None:
    monkeypatch.setattr(retention, "RUNS_AT_ONCE", 1)
    for _ in range(3):
        _run(OLD)

    assert _apply(django_capture_on_commit_callbacks) == 6
    applied = Entry.objects.filter(action="retention.apply").order_by("sequence")
    assert [len(each.detail["runs"]) for each in applied] == [1, 1, 1, 0]
    assert [len(each.detail["snapshots"]) for each in applied] == [0, 0, 0, 3]
