"""Two runs compared: new, still and gone hits, what became of the gone, and changes of level."""

import pytest
from tests.unit.rules.drawn_snapshots import draw, household, last_four, national, person

from anju.rules.comparing import diff
from anju.rules.errors import RunError
from anju.rules.months import Month
from anju.rules.running import run

POOR, RICH = 500000, 900000


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """1 stays poor, 2 recovers, 3 falls, 4 was poor and is now unknown."""
    folder = tmp_path_factory.mktemp("compared")
    before = {1: POOR, 2: POOR, 3: RICH, 4: POOR}
    after = {1: POOR + 100, 2: RICH, 3: POOR}
    for name, money in (("before", before), ("after", after)):
        draw(
            folder / name / "snapshot",
            {
                "households": [household(number) for number in before],
                "persons": [person(number, number) for number in before],
                "incomes": [
                    row for number, sum_ in money.items() for row in last_four(number, sum_)
                ],
            },
        )
        run(folder / name / "snapshot", national(), Month(2023, 9), folder / name / "out")
    return diff(folder / "after" / "out", folder / "before" / "out")


def about_income(table):
    rows = table.to_pylist()
    return {row["household_id"]: row for row in rows if row["rule"] == "income_below_line"}


def test_each_hit_is_new_still_or_gone(compared):
    assert set(about_income(compared.new)) == {3}
    assert set(about_income(compared.still)) == {1}
    assert set(about_income(compared.gone)) == {2, 4}


def test_counts_by_rule_stand_beside_the_rows(compared):
    assert compared.rules["income_below_line"] == (1, 1, 2)


def test_a_hit_that_stands_shows_both_values(compared):
    still = about_income(compared.still)[1]

    assert (still["observed"], still["observed_before"]) == (POOR + 100, POOR)


def test_what_is_gone_says_whether_it_ended_or_is_no_longer_known(compared):
    gone = about_income(compared.gone)

    assert gone[2]["status_now"] is None
    assert gone[4]["status_now"] == "unknown"


def test_changes_of_level_are_listed_once_a_household(compared):
    levels = {
        row["household_id"]: (row["level_before"], row["level"])
        for row in compared.levels.to_pylist()
    }

    assert levels[3][1] == "red"
    assert levels[2][0] == "red"
    assert 1 not in levels


def test_a_rule_that_was_not_asked_again_is_told_apart(tmp_path):
    quarters = {20221: 0, 20222: 0, 20223: 0, 20224: 0, 20231: 0, 20232: 0, 20233: -1}
    from tests.unit.rules.drawn_snapshots import incomes

    folder = draw(
        tmp_path / "snapshot",
        {
            "households": [household(1)],
            "persons": [person(1, 1)],
            "incomes": incomes(1, quarters),
        },
    )
    run(folder, national(), Month(2023, 9), tmp_path / "september")
    run(folder, national(), Month(2024, 1), tmp_path / "january")

    gone = diff(tmp_path / "january", tmp_path / "september").gone.to_pylist()

    assert {row["rule"]: row["status_now"] for row in gone}["income_fell"] == "not run"


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(RunError, match="holds no readable run.json"):
        diff(tmp_path, tmp_path)
