"""A process killed in the middle of an import leaves nothing or everything, and may begin again."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.unit.intake.lists import households, member, workbook, write

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
# A process that dies by its own hand right after one of the steps above.
PROGRAM = """
import os, signal, sys, django
django.setup()
from anju.intake.actions import batches, processing
step = sys.argv[1]
if step:
    owner = processing
    *path, name = step.split(".")
    for part in path:
        owner = getattr(owner, part)
    work = getattr(owner, name)
    def dies(*given, **named):
        work(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(owner, name, dies)
from anju.intake.models import Batch
if sys.argv[2] == "receive":
    from tests.unit.intake.lists import AT, CLERK, ON
    batches.receive(by=CLERK, at=AT, known_on=ON, feed="households", file_name="a.xlsx",
        content=open(sys.argv[3], "rb").read(), division_code="", queued=False)
processing.commit_now(batch_id=Batch.objects.get(feed="households").pk)
"""


class Office:
    """A database of its own, and commands run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "ANJU_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "anju.config.settings",
            "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
        }
        self.environment.pop("DATABASE_URL", None)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], env=self.environment, capture_output=True, text=True
        )

    def count(self, table: str) -> int:
        file = sqlite3.connect(self.folder / "anju.sqlite3")
        try:
            return file.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        finally:
            file.close()

    def batch_state(self) -> str:
        file = sqlite3.connect(self.folder / "anju.sqlite3")
        try:
            sql = "SELECT state FROM intake_batch WHERE feed = 'households'"
            return file.execute(sql).fetchone()[0]
        finally:
            file.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    made = Office(folder)
    assert made.run("-m", "django", "migrate", "-v0").returncode == 0
    columns = ("行政区划代码", "名称", "级别", "上级代码")
    content = workbook(columns, [dict(zip(columns, row, strict=True)) for row in DIVISIONS])
    done = made.run(
        "-m", "anju.jobs.cli", "import", str(write(folder, "places.xlsx", content)),
        "--on", "2023-07-01",
    )  # fmt: skip
    assert "3 created" in done.stdout, done.stderr
    write(folder, "list.xlsx", households(*(member(number) for number in range(1, ROWS + 1))))
    return made


@pytest.mark.slow
def test_killed_after_any_step_nothing_is_half_visible_and_the_job_begins_again(
    office: Office,
) -> None:
    first = "receive"
    for step in KILL_AT.values():
        died = office.run("-c", PROGRAM, step, first, str(office.folder / "list.xlsx"))
        first = "again"

        assert died.returncode == -signal.SIGKILL, died.stderr
        assert office.batch_state() in ("received", "checking")
        for table in (
            "registry_household", "registry_person", "registry_membership", "intake_row WHERE batch_id > 1",
        ):  # fmt: skip
            assert office.count(table) == 0, (step, table)

    finished = office.run("-c", PROGRAM, "", "again")
    repeated = office.run("-c", PROGRAM, "", "again")

    assert (finished.returncode, repeated.returncode) == (0, 0), finished.stderr
    assert office.batch_state() == "done"
    assert office.count("registry_household") == ROWS
    assert office.count("registry_membership WHERE known_to IS NULL") == ROWS
    assert office.count("intake_row WHERE batch_id > 1") == ROWS
    assert office.count("audit_entry WHERE action = 'intake.done'") == 2


@pytest.mark.slow
def test_no_identity_number_stands_in_the_database_the_uploads_or_what_is_printed(
    office: Office,
) -> None:
    bad = member(9_001, 证件号码=str(member(9_001)["证件号码"])[:17] + "?")
    content = households(*(member(number) for number in range(8_000, 8_020)), bad)
    path = write(office.folder.parent, "more.xlsx", content)

    done = office.run("-m", "anju.jobs.cli", "import", str(path), "--on", "2023-07-31")

    assert "20 created, 1 rejected" in done.stdout, done.stderr
    numbers = [str(member(number)["证件号码"]) for number in range(8_000, 8_020)]
    kept = b"".join(
        each.read_bytes()
        for each in office.folder.rglob("*")
        if each.is_file() and each.name not in ("list.xlsx", "places.xlsx")
    )
    for number in [*numbers, str(bad["证件号码"])]:
        assert number.encode() not in kept
        assert number not in done.stdout + done.stderr


@pytest.mark.slow
def test_killed_at_any_moment_it_is_all_or_nothing(tmp_path: Path, office: Office) -> None:
    path = write(
        tmp_path, "late.xlsx", households(*(member(number) for number in range(20_000, 21_500)))
    )
    before = office.count("registry_household")
    command = ["-m", "anju.jobs.cli", "import", str(path), "--on", "2023-07-31"]
    process = subprocess.Popen([sys.executable, *command], env=office.environment)
    lock = office.folder / "anju.sqlite3-wal"
    size = lock.stat().st_size if lock.exists() else 0
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        if lock.exists() and lock.stat().st_size > size + 400_000:
            process.kill()
        time.sleep(0.001)
    process.wait()

    assert office.count("registry_household") in (before, before + 1_500)
