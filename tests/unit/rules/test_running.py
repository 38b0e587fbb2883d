"""Runs: results and their bytes, cancellation and kills, months before any quarter has ended."""

import json
import subprocess
import sys
from datetime import date

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

from anju.rules import running
from anju.rules.errors import RunError
from anju.rules.months import Month
from anju.rules.running import run

MONTH = Month(2023, 9)
RESULTS = ("facts.parquet", "findings.parquet", "levels.parquet", "rollup.parquet", "run.json")


@pytest.fixture
def small(tmp_path):
    """One household below the line, one above, one of whom nothing is known."""
    return draw(
        tmp_path / "snapshot",
        {
            "households": [household(1), household(2), household(3, village_code="529902200300")],
            "persons": [person(1, 1), person(2, 2)],
            "incomes": last_four(1, 500000) + last_four(2, 900000),
        },
    )


def findings(folder, rule):
    rows = read(folder / "findings.parquet")
    return {row["household_id"]: row for row in rows if row["rule"] == rule}


def test_a_hit_carries_value_threshold_and_versions(small, tmp_path):
    report = run(small, national(), MONTH, tmp_path / "out")

    hit = findings(tmp_path / "out", "income_below_line")[1]
    assert hit["status"] == "hit"
    assert (hit["observed"], hit["threshold"]) == (500000, 730000)
    assert hit["level"] == "red"
    assert hit["as_of"] == date(2023, 9, 30)
    assert hit["pack_hash"] == national().hash
    assert hit["rule_hash"] == national().rule("income_below_line").hash
    assert hit["snapshot_hash"] == report.snapshot_hash


def test_what_is_not_known_is_a_finding_of_its_own_and_no_hit(small, tmp_path):
    run(small, national(), MONTH, tmp_path / "out")

    about_income = findings(tmp_path / "out", "income_below_line")
    assert set(about_income) == {1, 3}
    assert about_income[3]["status"] == "unknown"
    assert about_income[3]["observed"] is None


def test_levels_hold_the_highest_hit_of_each_household(small, tmp_path):
    report = run(small, national(), MONTH, tmp_path / "out")

    levels = {row["household_id"]: row["level"] for row in read(tmp_path / "out/levels.parquet")}
    assert levels[1] == "red"
    assert 3 not in levels
    assert sum(report.counts.levels.values()) == len(levels)


def test_the_rollup_counts_every_rule_in_county_town_and_village(small, tmp_path):
    run(small, national(), MONTH, tmp_path / "out")

    rollup = {
        (row["place"], row["rule"]): (row["hits"], row["unknown"], row["households"])
        for row in read(tmp_path / "out/rollup.parquet")
    }
    assert rollup["529901", "income_below_line"] == (1, 0, 2)
    assert rollup["529901100", "income_below_line"] == (1, 0, 2)
    assert rollup["529901100200", "hint_company"] == (0, 0, 2)
    assert rollup["529902200300", "income_below_line"] == (0, 1, 1)


def test_the_record_holds_what_was_read_and_counted(small, tmp_path):
    report = run(small, national(), MONTH, tmp_path / "out")

    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert record["pack"]["hash"] == national().hash
    assert record["month"] == "2023-09"
    assert record["parameters"]["monitoring_line"]["value"] == 730000
    assert record["parameters"]["monitoring_line"]["default"] is True
    assert record["parameters"]["income_fall_share"]["value"] == "3/10"
    assert record["rules"]["income_below_line"]["clears"]
    assert record["snapshot"]["rows"]["households"] == 3
    assert record["counts"]["hits"] == report.counts.hits
    assert record["engine"]["name"] == "duckdb"


@pytest.fixture
def crowded(tmp_path):
    """Enough households for several row groups and threads, in no order."""
    numbers = [(number * 7919) % 150001 for number in range(150001)]
    return draw(
        tmp_path / "snapshot",
        {
            "households": [
                household(number, village_code=f"5299011002{number % 90 + 10}")
                for number in numbers
            ],
        },
    )


@pytest.mark.slow
def test_equal_input_gives_equal_bytes_whatever_the_threads(crowded, tmp_path):
    run(crowded, national(), MONTH, tmp_path / "one", threads=1)
    run(crowded, national(), MONTH, tmp_path / "two", threads=2)
    run(crowded, national(), MONTH, tmp_path / "again", threads=2)

    for name in RESULTS:
        first = (tmp_path / "one" / name).read_bytes()
        assert first == (tmp_path / "two" / name).read_bytes(), name
        assert first == (tmp_path / "again" / name).read_bytes(), name


def test_results_stand_in_order_of_household_and_rule(small, tmp_path):
    run(small, national(), MONTH, tmp_path / "out")

    keys = [(row["household_id"], row["rule"]) for row in read(tmp_path / "out/findings.parquet")]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_rules_over_the_year_do_not_apply_before_a_quarter_has_ended(small, tmp_path):
    report = run(small, national(), Month(2023, 2), tmp_path / "out")

    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert set(report.not_applicable) == {"income_fell", "income_fell_sharply"}
    assert not findings(tmp_path / "out", "income_fell")
    reasons = {line["rule"]: line for line in record["not_applicable"]}
    assert reasons["income_fell"]["facts"] == [
        "income_ytd_per_capita",
        "income_ytd_per_capita_last_year",
    ]
    assert reasons["income_fell"]["reason"] == "no quarter of the year has ended"
    assert read(tmp_path / "out/facts.parquet")[0]["income_ytd"] is None


def test_a_fall_of_exactly_30_per_cent_is_sharp_and_a_fen_less_is_not(tmp_path):
    quarters = (20221, 20222, 20223)
    before = dict.fromkeys(quarters, 0) | {20223: 1000000}
    rows = []
    for number, now in ((1, 700000), (2, 700001), (3, 0)):
        rows += incomes(number, before if number < 3 else dict.fromkeys(quarters, 0))
        rows += incomes(number, {20231: 0, 20232: 0, 20233: now})
    folder = draw(
        tmp_path / "snapshot",
        {
            "households": [household(number) for number in (1, 2, 3)],
            "persons": [person(number, number) for number in (1, 2, 3)],
            "incomes": rows,
        },
    )

    run(folder, national(), MONTH, tmp_path / "out")

    sharp = findings(tmp_path / "out", "income_fell_sharply")
    assert {number: row["status"] for number, row in sharp.items()} == {1: "hit"}
    assert (sharp[1]["observed"], sharp[1]["threshold"]) == (700000, 700000)
    assert set(findings(tmp_path / "out", "income_fell")) == {1, 2}


def test_an_empty_snapshot_gives_empty_results(tmp_path):
    report = run(draw(tmp_path / "snapshot", {}), national(), MONTH, tmp_path / "out")

    assert report.households == 0
    assert [read(tmp_path / "out" / name) for name in RESULTS[:4]] == [[], [], [], []]


def test_amounts_too_large_to_add_are_refused_in_both_languages(tmp_path):
    folder = draw(
        tmp_path / "snapshot",
        {
            "households": [household(1)],
            "events": [
                {
                    "household_id": 1,
                    "kind": "tuition",
                    "occurred_on": date(2023, 9, 1),
                    "amount": 2**63 - 1,
                }
            ]
            * 2,
        },
    )

    with pytest.raises(RunError, match="too large to compute") as refused:
        run(folder, national(), MONTH, tmp_path / "out")

    assert "大得无法计算" in refused.value.zh
    assert not (tmp_path / "out").exists()


def test_progress_names_each_step_once_and_in_order(small, tmp_path):
    told = []

    run(small, national(), MONTH, tmp_path / "out", progress=lambda *step: told.append(step))

    assert [step for step, _, _ in told] == list(running.STEPS)
    assert [done for _, done, _ in told] == list(range(len(running.STEPS)))
    assert {total for _, _, total in told} == {len(running.STEPS)}


class Cancelled(Exception):
    pass


@pytest.mark.parametrize("at", running.STEPS)
def test_a_run_cancelled_at_any_step_leaves_nothing_behind(small, tmp_path, at):
    def cancel(step: str, done: int, total: int) -> None:
        if step == at:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(small, national(), MONTH, tmp_path / "out", progress=cancel)

    assert [path.name for path in tmp_path.iterdir()] == ["snapshot"]


def test_a_cancelled_run_leaves_the_earlier_one_in_place(small, tmp_path):
    run(small, national(), MONTH, tmp_path / "out")
    before = (tmp_path / "out" / "findings.parquet").read_bytes()

    def cancel(step: str, done: int, total: int) -> None:
        if step == "run.json":
            raise Cancelled

    with pytest.raises(Cancelled):
        run(small, national(), Month(2023, 8), tmp_path / "out", progress=cancel)

    assert (tmp_path / "out" / "findings.parquet").read_bytes() == before


@pytest.mark.slow
def test_a_killed_run_shows_nothing_and_the_next_one_clears_up(small, tmp_path):
    script = (
        "import os, sys; from pathlib import Path\n"
        "from anju.rules import packs, running; from anju.rules.months import Month\n"
        "def die(step, done, total):\n"
        "    if step == 'levels.parquet': os.kill(os.getpid(), 9)\n"
        "running.run(Path(sys.argv[1]), packs.load('national'), Month(2023, 9),\n"
        "            Path(sys.argv[2]), progress=die)\n"
    )
    out = tmp_path / "out"

    killed = subprocess.run([sys.executable, "-c", script, str(small), str(out)], check=False)

    assert killed.returncode == -9
    assert not out.exists()
    assert len(list(tmp_path.iterdir())) == 2
    run(small, national(), MONTH, out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "snapshot"]


def test_an_earlier_run_is_replaced(small, tmp_path):
    run(small, national(), Month(2023, 8), tmp_path / "out")
    run(small, national(), MONTH, tmp_path / "out")

    assert json.loads((tmp_path / "out" / "run.json").read_text())["month"] == "2023-09"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(RESULTS)


def test_a_folder_of_something_else_is_not_overwritten(small, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("keep me")

    with pytest.raises(RunError, match="no earlier run: choose another") as refused:
        run(small, national(), MONTH, tmp_path / "out")

    assert "不是以前的运行结果" in refused.value.zh
    assert (tmp_path / "out" / "letter.txt").read_text() == "keep me"


def test_a_place_that_cannot_be_written_is_refused(small, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(RunError, match="cannot write to"):
        run(small, national(), MONTH, tmp_path / "file" / "out")


def test_an_engine_that_does_not_exist_is_refused(small, tmp_path):
    with pytest.raises(RunError, match="no engine 'abacus': allowed are duckdb, spark"):
        run(small, national(), MONTH, tmp_path / "out", engine="abacus")


@pytest.mark.slow
def test_a_run_on_duckdb_imports_neither_spark_nor_django_nor_pyarrow(small, tmp_path):
    script = (
        "import sys; from pathlib import Path\n"
        "from anju.rules import packs, running; from anju.rules.months import Month\n"
        "running.run(Path(sys.argv[1]), packs.load('national'), Month(2023, 9), "
        "Path(sys.argv[2]))\n"
        "sys.exit(', '.join({'pyspark', 'django', 'pyarrow', 'pandas', 'numpy'} & set(sys.modules)) or None)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script, str(small), str(tmp_path / "out")],
        check=False,
        capture_output=True,
        text=True,
    )

    assert ended.stderr == ""
    assert ended.returncode == 0
