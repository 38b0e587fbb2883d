"""Rows that contradict one another refuse the run; rows that lead nowhere are only left out."""

from __future__ import annotations

from datetime import date
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
PERSON = {"sex": "F", "born_on": date(1950, 6, 15), "schooling": "none", "labour": "none"}
INCOME = {
    "household_id": 1, "quarter": 20231, "wage": 5, "business": 0, "business_cost": 0,
    "property": 0, "transfer": 0,
}  # fmt: skip
SEPTEMBER = Month(2023, 9)
NATIONAL = packs.load("national")


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
        running.run(snapshot, NATIONAL, SEPTEMBER, tmp_path / "out")

    assert [path.name for path in tmp_path.iterdir()] == ["snapshot"]


def test_rows_that_lead_nowhere_are_left_out_and_counted(tmp_path: Path):
    here, gone, nobody = {"household_id": 1}, {"household_id": 9}, {"household_id": None}
    member, stranger = {"person_id": 1}, {"person_id": 7}
    belongs = {"joined_on": date(2020, 1, 1), "left_on": None}
    since = {"started_on": date(2020, 1, 1), "ended_on": None}
    illness = {"kind": "serious_illness", "occurred_on": date(2023, 9, 1), "amount": None}
    tables = {
        "households": [HOME],
        "persons": [
            {**PERSON, **member, **here, **belongs},
            {**PERSON, **stranger, **gone, **belongs},  # out; so 7 belongs nowhere
            {**PERSON, "person_id": 8, **nobody, **belongs},  # out
        ],
        "incomes": [{**INCOME, **gone}, {**INCOME, **gone}, INCOME],  # two out
        "employments": [{**member, **since}, {**stranger, **since}, {"person_id": None, **since}],
        "statuses": [
            {**nobody, **member, "kind": "dibao", **since},
            {**here, "person_id": None, "kind": "tekun", **since},
            {**here, **stranger, "kind": "dibao", **since},  # out
            {**gone, **member, "kind": "dibao", **since},  # out
            {**nobody, "person_id": None, "kind": "dibao", **since},  # out
        ],
        "events": [
            {**here, "person_id": None, **illness},
            {**here, **stranger, **illness},  # out
            {**gone, **member, **illness},  # out
            {**nobody, **member, **illness},  # out
        ],
        "holdings": [
            {**here, **member, "kind": "company", "value": None, **since},
            {**gone, "person_id": None, "kind": "company", "value": None, **since},  # out
        ],
    }
    snapshot = snapshots.write(tmp_path / "snapshot", tables)

    answer = runs.judged(tables, NATIONAL, "2023-09")
    running.run(snapshot, NATIONAL, SEPTEMBER, tmp_path / "out")

    facts = answer.facts[1]
    known = ("members", "on_dibao", "on_tekun", "serious_illness_3m", "companies")
    assert [facts[name] for name in known] == [1, True, True, 1, 1]
    assert answer.left_out == {
        "persons": 2, "incomes": 2, "employments": 2, "statuses": 3, "events": 3, "holdings": 1,
    }  # fmt: skip
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
