"""Heads kept outside, old entries in sealed files: the trail stays verifiable."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.db import connection
from tests.fence import fence

from anju.audit import archive, heads
from anju.audit.actions import TrailNotWhole, record
from anju.audit.actions import archive as put_away
from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.audit.verify import Break, verify
from anju.jobs import cli
from anju.queue.progress import Unattended

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path: Path) -> None:
    settings.AUDIT_HEAD_DIR = tmp_path / "heads"
    settings.AUDIT_ARCHIVE_DIR = tmp_path / "archive"


def note(count: int, at: datetime) -> None:
    with mock.patch("anju.audit.actions.timezone.now", return_value=at):
        for number in range(count):
            record(by=SYSTEM, action="test.note", kind="test", ids=[number, "户"])


def cut(sql: str) -> None:
    if connection.vendor == "postgresql":
        fence("DISABLE")
    with connection.cursor() as cursor:
        cursor.execute(sql)


def keep(day: str) -> dict[str, object]:
    return heads.keep_today(progress=Unattended(), day=day)


def test_the_head_of_a_day_is_kept_once_and_for_ever(tmp_path: Path) -> None:
    note(2, NOW)
    first = keep("2026-11-22")
    note(1, NOW)

    keep("2026-11-22")

    path = tmp_path / "heads" / "2026-11-22.head"
    assert path.read_text() == f"{first['head']}\n"
    assert path.stat().st_mode & 0o222 == 0
    assert [head.sequence for head in heads.kept()] == [2]


def test_an_empty_trail_has_no_head_to_keep() -> None:
    assert keep("2026-11-22") == {"entries": 0}
    assert heads.kept() == []


def test_a_trail_cut_off_is_found_by_the_kept_heads(capsys: pytest.CaptureFixture[str]) -> None:
    note(3, NOW)
    keep("2026-11-22")
    cut("DELETE FROM audit_entry WHERE sequence = 3")

    assert cli.main(["audit", "verify"]) == 1
    assert "BROKEN at entry 3: entries up to 3 were cut off." in capsys.readouterr().out
    with pytest.raises(heads.TrailBroken, match="第 3 条"):
        keep("2026-11-23")
    assert len(heads.kept()) == 1


def test_a_trail_written_anew_is_found_by_the_kept_heads() -> None:
    note(3, NOW)
    keep("2026-11-22")
    cut("DELETE FROM audit_entry WHERE sequence >= 2")
    note(4, NOW)

    assert verify().is_whole
    assert verify(heads=heads.kept()).breaks == (Break(3, "it is not the entry noted"),)


def test_the_head_is_printed_and_kept(capsys: pytest.CaptureFixture[str]) -> None:
    note(2, NOW)

    assert cli.main(["audit", "head", "--keep"]) == 0

    printed = capsys.readouterr().out.strip()
    assert printed == heads.text(verify().head)
    assert heads.kept() == [heads.parse(printed)]


def test_a_file_that_holds_no_head_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note(1, NOW)
    heads.keep(verify().head, date(2026, 11, 22))
    (tmp_path / "heads" / "2026-11-23.head").write_text("nothing")

    assert cli.main(["audit", "verify"]) == 2
    assert "is no head" in capsys.readouterr().err


def test_old_entries_go_into_a_file_and_the_trail_stays_whole() -> None:
    note(5, LONG_AGO)
    note(3, NOW)

    assert put_away(by=SYSTEM, before=NOW) == 5

    assert Entry.objects.order_by("sequence").first().sequence == 6
    found = verify()
    assert (found.is_whole, found.first, found.entries) == (True, 6, 9)
    both = verify(archived=archive.entries())
    assert (both.is_whole, both.first, both.entries) == (True, 1, 9)


def test_archives_follow_each_other() -> None:
    note(5, LONG_AGO)
    with mock.patch("anju.audit.actions.timezone.now", return_value=NOW):
        put_away(by=SYSTEM, before=NOW)
    with mock.patch("anju.audit.actions.timezone.now", return_value=NOW + timedelta(days=4000)):
        record(by=SYSTEM, action="test.note", kind="test")
        assert put_away(by=SYSTEM, before=NOW + timedelta(days=1)) == 1

    assert verify().first == 7
    assert verify(archived=archive.entries()).entries == 8


def test_entries_younger_than_the_setting_stay(settings) -> None:
    settings.AUDIT_MONTHS = 6
    with mock.patch("anju.audit.actions.timezone.now", return_value=NOW):
        note(2, NOW - timedelta(days=185))
    with mock.patch("anju.audit.actions.timezone.now", return_value=NOW):
        assert put_away(by=SYSTEM, before=NOW) == 0

    assert Entry.objects.count() == 2
    assert list(archive.entries()) == []


def test_a_trail_that_is_not_whole_is_not_archived() -> None:
    note(5, LONG_AGO)
    cut("UPDATE audit_entry SET actor = 'x' WHERE sequence = 2")

    with pytest.raises(TrailNotWhole):
        put_away(by=SYSTEM, before=NOW)

    assert Entry.objects.count() == 5


def test_removing_the_entry_of_the_archive_is_found() -> None:
    note(3, LONG_AGO)
    put_away(by=SYSTEM, before=NOW)
    note(1, NOW)
    cut("UPDATE audit_entry SET action = 'test.note' WHERE sequence = 4")

    assert [each.problem for each in verify().breaks] == [
        "entries 1 to 3 are missing, and no archive is on record",
        "it was changed after it was written",
    ]


def test_an_entry_changed_in_an_archive_is_named(tmp_path: Path) -> None:
    note(3, LONG_AGO)
    put_away(by=SYSTEM, before=NOW)
    changed = [
        entry._replace(actor="x") if entry.sequence == 2 else entry for entry in archive.entries()
    ]

    assert verify(archived=changed).breaks == (Break(2, "it was changed after it was written"),)


def test_an_archive_is_sealed(tmp_path: Path) -> None:
    note(3, LONG_AGO)
    put_away(by=SYSTEM, before=NOW)

    (path,) = (tmp_path / "archive").glob("*")
    assert path.name == "audit-000000000001-000000000003.sealed"
    assert b"test.note" not in path.read_bytes()


def test_the_command_archives(capsys: pytest.CaptureFixture[str]) -> None:
    note(2, LONG_AGO)

    assert cli.main(["audit", "archive", "--before", "2021-01-01"]) == 0
    assert capsys.readouterr().out == "2 entries archived.\n"
    assert cli.main(["audit", "verify", "--archives"]) == 0
