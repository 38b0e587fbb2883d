"""A process killed in the middle of an import leaves nothing or everything, and may begin again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.processes import Office, wait
from tests.unit.intake.lists import (
    AT,
    CLERK,
    ON,
    bring_in,
    households,
    member,
    workbook,
    write,
)

from anju.intake.actions import batches, processing
from anju.intake.models import Batch

ROWS = 1_200
DIVISIONS = (
    ("529901000000", "枫溪县", "县", ""),
    ("529901101000", "北枫镇", "乡镇", "529901000000"),
    ("529901101202", "北枫二村", "村", "529901101000"),
)
KILL_AT = {
    "reading": "read",
    "matching": "settling.ahead",
    "the rows": "batch_rows.replace",
    "the end": "_end",
}
STATE = "SELECT state FROM intake_batch WHERE feed = 'households'"


def _bring_in_places() -> None:
    columns = ("行政区划代码", "名称", "级别", "上级代码")
    rows = [dict(zip(columns, row, strict=True)) for row in DIVISIONS]
    assert bring_in(workbook(columns, rows), name="places.xlsx", place="").counts["created"] == 3


def _receive(path: Path) -> None:
    batches.receive(
        by=CLERK, at=AT, known_on=ON, feed="households", file_name="a.xlsx",
        content=path.read_bytes(), division_code="", queued=False,
    )  # fmt: skip


def _commit() -> None:
    processing.commit_now(batch_id=Batch.objects.get(feed="households").pk)


def _commit_and_die_after(step: str) -> None:
    """The process dies by its own hand right after one of the steps above."""
    owner = processing
    *path, name = step.split(".")
    for part in path:
        owner = getattr(owner, part)
    work = getattr(owner, name)

    def dies(*given: object, **named: object) -> None:
        work(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, dies)
    _commit()


def _import(office: Office, path: Path) -> "subprocess.Popen[str]":
    """The command, as somebody types it."""
    environment = {
        **os.environ,
        "ANJU_DATA": str(office.folder),
        "DJANGO_SETTINGS_MODULE": "anju.config.settings",
    }
    environment.pop("DATABASE_URL", None)
    command = ("-m", "anju.jobs.cli", "import", str(path), "--on", "2023-07-31")
    return subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _count(office: Office, table: str) -> int:
    return int(office.ask(f"SELECT count(*) FROM {table}")[0][0])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Office]:
    """A database with three places."""
    folder = tmp_path_factory.mktemp("office")
    file = folder / "anju.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    made = Office(folder, f"sqlite:///{file}")
    made.run(_bring_in_places)
    yield made
    made.close()


@pytest.mark.slow
def test_killed_after_any_step_nothing_is_half_visible_and_the_job_begins_again(
    office: Office, tmp_path: Path
) -> None:
    path = write(tmp_path, "list.xlsx", households(*map(member, range(1, ROWS + 1))))
    office.run(_receive, path)
    for step in KILL_AT.values():
        assert wait(office.start(_commit_and_die_after, step)) == -signal.SIGKILL

        assert office.ask(STATE) in ([("received",)], [("checking",)])
        for table in (
            "registry_household", "registry_person", "registry_membership", "intake_row WHERE batch_id > 1",
        ):  # fmt: skip
            assert _count(office, table) == 0, (step, table)

    office.run(_commit)
    office.run(_commit)

    assert office.ask(STATE) == [("done",)]
    assert _count(office, "registry_household") == ROWS
    assert _count(office, "registry_membership WHERE known_to IS NULL") == ROWS
    assert _count(office, "intake_row WHERE batch_id > 1") == ROWS
    assert _count(office, "audit_entry WHERE action = 'intake.done'") == 2


@pytest.mark.slow
def test_no_identity_number_stands_in_the_database_the_uploads_or_what_is_printed(
    office: Office,
) -> None:
    bad = member(9_001, 证件号码=str(member(9_001)["证件号码"])[:17] + "?")
    content = households(*(member(number) for number in range(8_000, 8_020)), bad)
    path = write(office.folder.parent, "more.xlsx", content)

    said, complained = _import(office, path).communicate()

    assert "20 created, 1 rejected" in said, complained
    numbers = [str(member(number)["证件号码"]) for number in range(8_000, 8_020)]
    kept = b"".join(each.read_bytes() for each in office.folder.rglob("*") if each.is_file())
    for number in [*numbers, str(bad["证件号码"])]:
        assert number.encode() not in kept
        assert number not in said + complained


@pytest.mark.slow
def test_killed_at_any_moment_it_is_all_or_nothing(tmp_path: Path, office: Office) -> None:
    path = write(
        tmp_path, "late.xlsx", households(*(member(number) for number in range(20_000, 21_500)))
    )
    before = _count(office, "registry_household")
    process = _import(office, path)
    lock = office.folder / "anju.sqlite3-wal"
    size = lock.stat().st_size if lock.exists() else 0
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        if lock.exists() and lock.stat().st_size > size + 400_000:
            process.kill()
        time.sleep(0.001)
    process.communicate()

    assert _count(office, "registry_household") in (before, before + 1_500)
