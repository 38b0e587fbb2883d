"""Snapshot folders: what is refused, what is left out, and the hash."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.unit.rules.drawn_snapshots import (
    draw,
    household,
    incomes,
    last_four,
    national,
    person,
    read,
)

from anju.rules.errors import SnapshotError
from anju.rules.months import Month
from anju.rules.running import run
from anju.rules.snapshots import TABLES, open_snapshot

MONTH = Month(2023, 9)


@pytest.fixture
def small(tmp_path):
    return draw(
        tmp_path / "snapshot",
        {
            "households": [household(1), household(2)],
            "persons": [person(1, 1), person(2, 2)],
            "incomes": last_four(1, 500000) + last_four(2, 900000),
        },
    )


def test_a_missing_folder_says_which_tables_are_wanted(tmp_path):
    with pytest.raises(SnapshotError, match="no snapshot folder .* households, persons") as refused:
        open_snapshot(tmp_path / "nowhere")

    assert "没有快照文件夹" in refused.value.zh


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_table_is_named_with_the_remedy(small, table):
    (small / f"{table}.parquet").unlink()

    with pytest.raises(SnapshotError, match=f"lacks the table {table}: add {table}.parquet") as no:
        open_snapshot(small)

    assert f"缺表 {table}" in no.value.zh


def test_a_missing_column_is_named_with_file_table_type_and_remedy(small):
    path = small / "events.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["amount"]), path)

    with pytest.raises(SnapshotError, match="events lacks the column amount .int64.; add it") as no:
        open_snapshot(small)

    assert "events.parquet" in no.value.en
    assert "表 events 缺列 amount（整数）" in no.value.zh


@pytest.mark.parametrize(
    ("table", "column", "type_"),
    [
        ("incomes", "wage", pa.float64()),
        ("households", "household_id", pa.string()),
        ("persons", "born_on", pa.timestamp("us")),
        ("households", "relocated", pa.int64()),
        ("statuses", "level", pa.int64()),
    ],
)
def test_a_column_of_the_wrong_type_is_refused(tmp_path, table, column, type_):
    folder = draw(tmp_path, {}, **{table: {column: type_}})

    with pytest.raises(SnapshotError, match=f"column {column} of the table {table} is "):
        open_snapshot(folder)


def test_a_column_that_lost_its_type_for_want_of_values_is_all_unknown(tmp_path):
    folder = draw(
        tmp_path / "snapshot", {"households": [household(1)]}, households={"included_on": pa.null()}
    )

    report = run(folder, national(), MONTH, tmp_path / "out")

    assert report.households == 1


def test_narrow_integers_are_taken(tmp_path):
    folder = draw(
        tmp_path / "snapshot",
        {
            "households": [household(1)],
            "persons": [person(1, 1)],
            "incomes": last_four(1, 100),
        },
        incomes={"quarter": pa.int32()},
        persons={"person_id": pa.int16()},
    )

    run(folder, national(), MONTH, tmp_path / "out")

    assert read(tmp_path / "out" / "facts.parquet")[0]["net_income_12m"] == 100


def test_a_file_that_is_no_parquet_is_refused(small):
    (small / "persons.parquet").write_text("not parquet")

    with pytest.raises(SnapshotError, match="no readable Parquet file"):
        open_snapshot(small)


def test_every_file_of_a_table_in_parts_is_checked(small):
    whole = pq.read_table(small / "persons.parquet")
    (small / "persons.parquet").unlink()
    (small / "persons").mkdir()
    pq.write_table(whole.slice(0, 1), small / "persons" / "a.parquet")
    pq.write_table(whole.slice(1).drop_columns(["labour"]), small / "persons" / "b.parquet")

    with pytest.raises(
        SnapshotError, match=r"b\.parquet: the table persons lacks the column labour"
    ):
        open_snapshot(small)


def test_a_table_in_parts_gives_the_same_facts(small, tmp_path):
    run(small, national(), MONTH, tmp_path / "whole")
    whole = pq.read_table(small / "persons.parquet")
    (small / "persons.parquet").unlink()
    (small / "persons").mkdir()
    pq.write_table(whole.slice(0, 1), small / "persons" / "a.parquet")
    backwards = whole.select(list(reversed(whole.column_names)))
    pq.write_table(backwards.slice(1), small / "persons" / "b.parquet")

    run(small, national(), MONTH, tmp_path / "parts")

    facts = [(tmp_path / name / "facts.parquet").read_bytes() for name in ("whole", "parts")]
    assert facts[0] == facts[1]


def test_a_household_twice_refuses_the_run(tmp_path):
    folder = draw(tmp_path / "s", {"households": [household(1), household(2), household(1)]})

    with pytest.raises(SnapshotError, match="household_id 1 stands 2 times") as refused:
        run(folder, national(), MONTH, tmp_path / "out")

    assert "household_id 1 出现 2 次" in refused.value.zh
    assert not (tmp_path / "out").exists()


def test_a_household_without_an_id_refuses_the_run(tmp_path):
    folder = draw(tmp_path / "s", {"households": [household(1), household(1, household_id=None)]})

    with pytest.raises(SnapshotError, match=r"1 row\(s\) of households have no household_id"):
        run(folder, national(), MONTH, tmp_path / "out")


@pytest.mark.parametrize("ids", [(1, 2), (1, 10**12)])
def test_two_rows_for_a_quarter_refuse_the_run(tmp_path, ids):
    rows = last_four(ids[1], 100) + incomes(ids[1], {20201: 5}) + incomes(ids[1], {20201: 6})
    folder = draw(
        tmp_path / "s", {"households": [household(number) for number in ids], "incomes": rows}
    )

    with pytest.raises(
        SnapshotError, match=f"household_id {ids[1]} has 2 rows for the quarter 20201"
    ) as refused:
        run(folder, national(), MONTH, tmp_path / "out")

    assert "incomes.parquet" in refused.value.en
    assert "季度 20201 有 2 行" in refused.value.zh


@pytest.mark.parametrize("ids", [(1, 2), (5, 10**12)])
def test_rows_that_name_nobody_are_left_out_and_counted(tmp_path, ids):
    first, second = ids
    stranger = 999
    vehicle = {"kind": "vehicle", "value": 9, "started_on": national_day()}
    folder = draw(
        tmp_path / "s",
        {
            "households": [household(first), household(second)],
            "persons": [person(1, first), person(2, second), person(3, stranger)],
            "incomes": last_four(first, 100) + last_four(stranger, 100),
            "employments": [{"person_id": 3, "started_on": national_day()}],
            "statuses": [
                {"household_id": first, "person_id": 3, "kind": "dibao"},
                {"household_id": None, "person_id": None, "kind": "dibao"},
                {"household_id": None, "person_id": 1, "kind": "dibao"},
            ],
            "events": [{"household_id": first, "person_id": 77, "kind": "tuition"}],
            "holdings": [vehicle | {"household_id": first}, vehicle | {"household_id": stranger}],
        },
    )

    report = run(folder, national(), MONTH, tmp_path / "out")

    assert dict(report.left_out) == {
        "households": 0,
        "persons": 1,
        "incomes": 4,
        "employments": 1,
        "statuses": 2,
        "events": 1,
        "holdings": 1,
    }
    assert read(tmp_path / "out" / "facts.parquet")[0]["vehicles_value"] == 9


def national_day():
    from datetime import date

    return date(2020, 1, 1)


def test_the_hash_knows_the_bytes_and_names_of_files_and_nothing_else(small, tmp_path):
    import shutil

    again = shutil.copytree(small, tmp_path / "elsewhere")
    first, second = open_snapshot(small).digest(), open_snapshot(again).digest()
    draw(again, {"households": [household(3)]})

    assert first == second
    assert open_snapshot(again).digest() != first
