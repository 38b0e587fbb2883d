"""Workers as real processes: killed, stopped, racing; the work is done once all the same."""

import json
import os
import signal
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from django.utils import timezone
from tests.processes import Office, resume, stop, wait
from tests.unit.jobs.handlers import HANDLERS

from anju.audit.actor import SYSTEM
from anju.jobs import worker
from anju.queue.actions import enqueue, request_cancel
from anju.queue.models import Job

pytestmark = pytest.mark.slow


def put(office: Office, kind: str, folder: Path, seconds: float) -> None:
    """Queue one job that works in a folder."""
    folder.mkdir(exist_ok=True)
    office.run(_put, f"test.{kind}", str(folder), seconds)


def _put(kind: str, folder: str, seconds: float) -> None:
    payload = {"folder": folder, "seconds": seconds}
    enqueue(by=SYSTEM, kind=kind, key=folder, at=timezone.now(), payload=payload)


def start_worker(office: Office) -> BaseProcess:
    """Start a worker that knows the handlers of the tests."""
    return office.start(_work)


def _work() -> None:
    worker.run(poll_seconds=0.05, handlers=HANDLERS)


def begun(folder: Path) -> int:
    """How often the job in a folder was begun."""
    return len(list(folder.glob("begun-*")))


def states(office: Office) -> list[str]:
    return [state for (state,) in office.ask("SELECT state FROM queue_job ORDER BY id")]


def results(office: Office) -> int:
    """How often a result was written."""
    return office.ask("SELECT count(*) FROM audit_entry WHERE action = 'test.result'")[0][0]


def done_by(office: Office) -> int:
    """The process that wrote the result."""
    result = office.ask("SELECT result FROM queue_job")[0][0]
    return (json.loads(result) if isinstance(result, str) else result)["pid"]


def kill(process: BaseProcess) -> None:
    process.kill()
    wait(process)


def test_a_job_whose_worker_was_killed_is_done_once_after_a_restart(
    office: Office, tmp_path: Path
) -> None:
    put(office, "work", tmp_path / "job", seconds=0.8)
    killed = start_worker(office)
    office.wait_for("the job is begun", lambda: begun(tmp_path / "job") == 1)
    kill(killed)
    (tmp_path / "job" / "at-work").unlink()
    assert states(office) == ["running"]

    second = start_worker(office)
    office.wait_for("the job is done", lambda: states(office) == ["done"])

    assert begun(tmp_path / "job") == 2
    assert results(office) == 1
    assert done_by(office) == second.pid
    assert office.ask("SELECT attempts, error FROM queue_job") == [(2, "")]


def test_a_worker_killed_inside_its_last_transaction_leaves_nothing_half_done(
    office: Office, tmp_path: Path
) -> None:
    put(office, "long_transaction", tmp_path / "job", seconds=0.8)
    killed = start_worker(office)
    office.wait_for("the job is begun", lambda: begun(tmp_path / "job") == 1)
    kill(killed)
    assert results(office) == 0

    start_worker(office)
    office.wait_for("the job is done", lambda: states(office) == ["done"])

    assert results(office) == 1


def _put_all(folders: list[str]) -> None:
    for folder in folders:
        _put("test.work", folder, 0.05)


def test_two_workers_never_have_the_same_job(office: Office, tmp_path: Path) -> None:
    folders = [tmp_path / f"job{number}" for number in range(12)]
    for folder in folders:
        folder.mkdir()
    office.run(_put_all, [str(folder) for folder in folders])

    workers = [start_worker(office) for _ in range(3)]
    office.wait_for("all jobs are done", lambda: states(office) == ["done"] * 12)

    assert [begun(folder) for folder in folders] == [1] * 12
    assert results(office) == 12
    assert all(each.is_alive() for each in workers)


def test_a_job_longer_than_its_lease_stays_with_its_worker(office: Office, tmp_path: Path) -> None:
    put(office, "sleepy", tmp_path / "job", seconds=3)
    for _ in range(2):
        start_worker(office)

    office.wait_for("the job is done", lambda: states(office) == ["done"])

    assert begun(tmp_path / "job") == 1


def test_a_transaction_longer_than_the_lease_is_not_repeated(
    office: Office, tmp_path: Path
) -> None:
    put(office, "long_transaction", tmp_path / "job", seconds=3)
    for _ in range(2):
        start_worker(office)

    office.wait_for("the job is done", lambda: states(office) == ["done"])

    assert begun(tmp_path / "job") == 1
    assert results(office) == 1


def test_a_worker_that_comes_back_too_late_writes_nothing(office: Office, tmp_path: Path) -> None:
    put(office, "sleepy", tmp_path / "job", seconds=30)
    frozen = start_worker(office)
    office.wait_for("the job is begun", lambda: begun(tmp_path / "job") == 1)
    stop(frozen)
    second = start_worker(office)
    office.wait_for("the job is taken", lambda: begun(tmp_path / "job") == 2)
    (tmp_path / "job" / "go").touch()
    office.wait_for("the job is done", lambda: states(office) == ["done"])
    kill(second)

    resume(frozen)
    put(office, "work", tmp_path / "next", seconds=0)
    office.wait_for("the late worker works on", lambda: states(office) == ["done", "done"])

    assert results(office) == 2
    assert office.ask("SELECT attempts FROM queue_job ORDER BY id") == [(2,), (1,)]


def _cancel() -> None:
    request_cancel(by=SYSTEM, at=timezone.now(), job_id=Job.objects.get().pk)


def test_running_work_is_cancelled(office: Office, tmp_path: Path) -> None:
    put(office, "work", tmp_path / "job", seconds=30)
    working = start_worker(office)
    office.wait_for("the job is begun", lambda: begun(tmp_path / "job") == 1)

    office.run(_cancel)
    office.wait_for("the job is cancelled", lambda: states(office) == ["cancelled"])

    assert results(office) == 0
    assert working.is_alive()


def test_progress_shows_while_the_handler_works(office: Office, tmp_path: Path) -> None:
    put(office, "work", tmp_path / "job", seconds=30)
    start_worker(office)

    office.wait_for(
        "the step shows",
        lambda: office.ask("SELECT step, done, total FROM queue_job") == [("处理", 1, 2)],
    )


def test_a_worker_told_to_end_gives_its_job_back_and_ends(office: Office, tmp_path: Path) -> None:
    put(office, "work", tmp_path / "job", seconds=30)
    working = start_worker(office)
    office.wait_for("the job is begun", lambda: begun(tmp_path / "job") == 1)

    working.terminate()

    assert wait(working) == 0
    assert office.ask("SELECT state, attempts, lease_until FROM queue_job") == [
        ("waiting", 0, None)
    ]
    assert not (tmp_path / "job" / "at-work").exists()


def test_an_idle_worker_told_to_end_ends(office: Office, tmp_path: Path) -> None:
    put(office, "work", tmp_path / "job", seconds=0)
    working = start_worker(office)
    office.wait_for("the job is done", lambda: states(office) == ["done"])

    os.kill(working.pid or 0, signal.SIGINT)

    assert wait(working) == 0


def _put_thirty() -> None:
    for number in range(30):
        enqueue(by=SYSTEM, kind="test.note", key=f"k{number}", payload={}, at=timezone.now())


def test_one_key_is_queued_once_by_many_at_the_same_time(office: Office) -> None:
    processes = [office.start(_put_thirty) for _ in range(3)]

    assert [wait(process) for process in processes] == [0, 0, 0]
    assert office.ask("SELECT count(*), count(DISTINCT key) FROM queue_job") == [(30, 30)]
