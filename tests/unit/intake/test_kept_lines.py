"""The lines of a list stay beside its original, sealed, for the comparison with next month's."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from tests.unit.intake.lists import bring_in, households, member

from anju.intake import kept_lines, month_to_month
from anju.intake.actions import forgetting
from anju.intake.models import Batch, Difference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]

AUGUST = date(2023, 8, 31)


def step(text: str, done: int, total: int) -> None:
    """Nobody looks."""


def told(batch: Batch) -> list[tuple[str, int]]:
    found = Difference.objects.filter(batch=batch).order_by("kind", "number")
    return list(found.values_list("kind", "number"))


def as_frames(lines: list[month_to_month.Read]) -> list[tuple[str, pl.DataFrame, frozenset[str]]]:
    return [(each.sheet, each.lines, each.unread) for each in lines]


def test_kept_lines_say_what_the_original_says(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = bring_in(households(member(1), member(2, 出生日期="某日"), member(3)), name="7月.xlsx")

    kept = as_frames(month_to_month.lines_of(batch, step))
    monkeypatch.setattr(kept_lines, "fetch", lambda batch: None)
    again = as_frames(month_to_month.lines_of(batch, step))

    for one, other in zip(kept, again, strict=True):
        assert one[0] == other[0]
        assert one[1].equals(other[1])
        assert one[2] == other[2] == {member(2)["姓名"]}


def test_kept_lines_are_sealed() -> None:
    batch = bring_in(households(member(1)))

    (path,) = kept_lines.FOLDER.path.glob(f"{batch.pk}.sealed")
    assert str(member(1)["证件号码"]).encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("harm", ["missing", "torn", "other columns"])
def test_where_they_cannot_be_used_the_original_is_read_again(
    harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bring_in(households(member(1), member(2)), name="名单7月.xlsx")
    if harm == "missing":
        kept_lines.FOLDER.remove(before.pk)
    elif harm == "torn":
        path: Path = next(kept_lines.FOLDER.path.glob(f"{before.pk}.sealed"))
        path.write_bytes(path.read_bytes()[:-5])
    else:
        kept = kept_lines.fetch(before)
        monkeypatch.setattr(kept_lines, "_declared", lambda layout: [["gone", "text"]])
        kept_lines.keep(before.pk, kept or [])
        monkeypatch.undo()

    assert kept_lines.fetch(before) is None
    batch = bring_in(households(member(1), member(3)), name="名单8月.xlsx", on=AUGUST)

    assert told(batch) == [("gone", 5), ("new", 5)]


def test_they_go_with_the_original(django_capture_on_commit_callbacks: object) -> None:
    batch = bring_in(households(member(1)))

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        forgetting.forget_files(before=datetime(2100, 1, 1, tzinfo=UTC))

    assert batch.pk not in kept_lines.FOLDER.kept()


def test_a_file_that_is_only_checked_keeps_none_until_it_is_confirmed() -> None:
    batch = bring_in(households(member(1)), hold=True)

    assert batch.pk not in kept_lines.FOLDER.kept()
