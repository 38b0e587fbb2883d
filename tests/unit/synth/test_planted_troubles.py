"""Every rule has households that it must find, and others that it must leave alone."""

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from anju.rules import packs, running
from anju.rules.months import Month
from anju.synth import county, planted, snapshot
from anju.synth.county import County
from anju.synth.periods import Period

NATIONAL = """
    income_below_line income_after_rigid_below_line income_fell income_fell_sharply zero_employment
    all_work_lost medical_selfpaid_lifted_out medical_selfpaid_ordinary serious_illness
    disability_severe_new worker_death out_of_school uninsured housing_unsafe water_unsafe
    water_cut_long disaster_loss tuition_burden allowance_stopped_below_line no_labour_no_allowance
    loan_overdue monitored_without_measure hint_vehicle hint_company hint_commercial_housing
""".split()
SHIQUAN = "focus_estimate_below_attention focus_relocated focus_monitored".split()


def test_every_rule_of_the_national_list_and_of_the_focus_list_is_planted(hamlet: County) -> None:
    counts = Counter((slot.pack, slot.rule) for slot in hamlet.slots if slot.hits)

    assert set(counts) == {("national", rule) for rule in NATIONAL} | {
        ("shiquan-2023", rule) for rule in SHIQUAN
    }
    assert min(counts.values()) >= 2


def test_near_misses_name_rules_that_exist(hamlet: County) -> None:
    missed = {slot.rule for slot in hamlet.slots if not slot.hits}

    assert len(missed) > 15
    assert missed <= set(NATIONAL)


def test_no_household_is_planted_twice(hamlet: County) -> None:
    positions = [slot.position for slot in hamlet.slots]

    assert len(set(positions)) == len(positions)
    assert positions == sorted(positions)


def test_the_lists_are_written_the_same_way_twice(hamlet: County, tmp_path: Path) -> None:
    again = county.make(households=hamlet.size, seed=hamlet.seed)
    for name, made in (("one", hamlet), ("two", again)):
        (tmp_path / name).mkdir()
        planted.write(made.slots, made.places.codes, tmp_path / name)

    for file in ("planted.parquet", "near_misses.parquet"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    table = pq.read_table(tmp_path / "one" / "planted.parquet")
    assert table.column_names == [
        "household_id", "code", "pack", "rule", "first_month", "last_month",
    ]  # fmt: skip
    codes = hamlet.places.codes.tolist()
    assert table["code"].to_pylist() == [
        str(codes[i - 1]) for i in table["household_id"].to_pylist()
    ]


@pytest.mark.slow
def test_a_planted_household_has_no_other_trouble_than_what_follows_from_its_own(
    hamlet: County, tmp_path: Path
) -> None:
    """Only a script about school may leave a child out of school, and so on."""
    hits = _hits(hamlet, tmp_path, "2023-09")
    single = ("out_of_school", "uninsured", "housing_unsafe", "water_unsafe", "worker_death",
              "serious_illness", "loan_overdue", "water_cut_long", "no_labour_no_allowance")  # fmt: skip
    for slot in hamlet.slots:
        for rule in single:
            if slot.rule != rule:
                assert (slot.position + 1, rule) not in hits


@pytest.mark.slow
@pytest.mark.parametrize("months", ["2023-07..2023-09", "2023-01..2023-02", "2023-11..2024-02"])
def test_the_engine_finds_every_planted_trouble_and_no_near_miss(
    months: str, tmp_path: Path
) -> None:
    made = county.make(households=400, seed=21, months=months)
    for month in map(str, Period.parse(months).months):
        hits = _hits(made, tmp_path / month, month)
        for slot in made.slots:
            if slot.first_month <= month <= slot.last_month:
                assert ((slot.position + 1, slot.rule) in hits) == slot.hits, (slot.rule, month)


def _hits(made: County, folder: Path, month: str) -> set[tuple[int, str]]:
    snapshot.write(made, folder / "snapshot")
    pack = packs.load("shiquan-2023")
    running.run(folder / "snapshot", pack, Month.parse(month), folder / "out")
    rows = pq.read_table(folder / "out" / "findings.parquet").to_pylist()
    return {(row["household_id"], row["rule"]) for row in rows if row["status"] == "hit"}
