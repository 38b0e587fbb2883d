"""Rows that contradict one another refuse the run; rows that lead nowhere are only left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.reference.world import RefusedSnapshot, World
from tests.spec import runs, snapshots
from tests.spec.agreement import differences

from anju.rules import packs, running
from anju.rules.errors import SnapshotError
from anju.rules.months import Month

HOME = {
    "household_id": 1, "code": "A1", "village_code": "529901001001", "class": "ordinary",
    "relocated": False, "self_moved": False, "monitored_kind": None, "included_on": None,
    "risk_removed_on": None,
}  # fmt: skip
INCOME = {"household_id": 1, "quarter": 20231, "wage": 5}
SEPTEMBER = Month(2023, 9)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"households": [HOME, {**HOME, "code": "A2"}]}, "household_id"),
        ({"households": [HOME], "incomes": [INCOME, {**INCOME, "wage": 6}]}, "quarter"),
        ({"households": [HOME], "incomes": [INCOME, INCOME]}, "quarter"),
    ],
    ids=["a household twice", "a quarter twice", "the same income row twice"],
)
def test_contradictions_refuse_the_run_and_leave_nothing_behind(
    tables: dict[str, list[dict[str, Any]]], said: str, tmp_path: Path
):
    snapshot = snapshots.write(tmp_path / "snapshot", tables)

    with pytest.raises(RefusedSnapshot):
        World(tables)
    with pytest.raises(SnapshotError, match=said):
        running.run(snapshot, packs.load("national"), SEPTEMBER, tmp_path / "out")

    assert [path.name for path in tmp_path.iterdir()] == ["snapshot"]


def test_two_incomes_of_a_household_that_is_not_there_are_left_out(tmp_path: Path):
    stray = {**INCOME, "household_id": 9}
    tables = {"households": [HOME], "incomes": [stray, stray]}
    snapshot = snapshots.write(tmp_path / "snapshot", tables)

    answer = runs.judged(tables, packs.load("national"), "2023-09")
    running.run(snapshot, packs.load("national"), SEPTEMBER, tmp_path / "out")

    assert answer.left_out == {"incomes": 2}
    assert not differences(answer, tmp_path / "out")


def test_the_same_rows_give_the_same_bytes(tmp_path: Path):
    group = next(group for group in runs.groups() if group.pack == "shiquan-2023")
    snapshot, pack, month = runs.snapshot_of(group), runs.pack_of(group), Month.parse(group.month)

    for name in ("once", "again"):
        running.run(snapshot, pack, month, tmp_path / name)

    files = sorted(path.name for path in (tmp_path / "once").iterdir())
    assert files == [
        "facts.parquet",
        "findings.parquet",
        "levels.parquet",
        "rollup.parquet",
        "run.json",
    ]
    for name in files:
        assert (tmp_path / "once" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_the_order_of_rows_changes_nothing_but_the_hash_of_the_snapshot(tmp_path: Path):
    group = next(group for group in runs.groups() if group.pack == "shiquan-2023")
    pack, month = runs.pack_of(group), Month.parse(group.month)
    backwards = {table: rows[::-1] for table, rows in runs.tables_of(group).items()}
    snapshot = snapshots.write(tmp_path / "snapshot", backwards)

    running.run(snapshot, pack, month, tmp_path / "out")

    for table in ("facts", "levels", "rollup"):
        forwards = runs.duckdb_output(group) / f"{table}.parquet"
        assert (tmp_path / "out" / f"{table}.parquet").read_bytes() == forwards.read_bytes()


def test_a_table_in_several_files_is_read_as_one(tmp_path: Path):
    group = next(group for group in runs.groups() if group.pack == "shiquan-2023")
    pack, month = runs.pack_of(group), Month.parse(group.month)
    snapshot = tmp_path / "snapshot"
    halves = [snapshots.write(tmp_path / str(half), _half(group, half)) for half in (0, 1)]
    for table in snapshots.SCHEMAS:
        for half in halves:
            part = snapshot / table / f"part-{half.name}.parquet"
            part.parent.mkdir(parents=True, exist_ok=True)
            (half / f"{table}.parquet").rename(part)

    running.run(snapshot, pack, month, tmp_path / "out")

    whole = runs.duckdb_output(group) / "facts.parquet"
    assert (tmp_path / "out" / "facts.parquet").read_bytes() == whole.read_bytes()


def _half(group: runs.Group, half: int) -> dict[str, list[dict[str, Any]]]:
    return {table: rows[half::2] for table, rows in runs.tables_of(group).items()}
