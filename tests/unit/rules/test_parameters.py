"""Dated values at the edges of their time, formulas over them, and what is asked in vain."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.rules import pack_texts

from anju.policies.files import PackFile, Problem
from anju.policies.tables import Table
from anju.rules import pack_reading, packs
from anju.rules.errors import PackError
from anju.rules.months import Month
from anju.rules.pack_model import Basis, DatedValue, Parameter
from anju.rules.parameters import Values


@pytest.mark.parametrize(
    ("month", "value"),
    [("2021-01", 600000), ("2021-12", 600000), ("2022-01", 650000), ("2035-06", 650000)],
)
def test_a_month_is_asked_by_its_last_day(tmp_path: Path, month: str, value: int) -> None:
    pack = packs.load("parent", pack_texts.write(tmp_path))

    assert pack.values(Month.parse(month))["line"].value == value


def test_a_value_from_the_last_day_of_a_month_holds_in_that_month(tmp_path: Path) -> None:
    pack_texts.spoilt(
        tmp_path, "parent/parameters.toml", "until = 2022-01-01", "until = 2022-02-28"
    )
    path = tmp_path / "parent/parameters.toml"
    path.write_text(path.read_text().replace("from = 2022-01-01", "from = 2022-02-28"))

    pack = packs.load("parent", tmp_path)

    assert pack.values(Month(2022, 2))["line"].value == 650000
    assert pack.values(Month(2022, 1))["line"].value == 600000


def test_asking_before_the_first_value_says_since_when_there_is_one(tmp_path: Path) -> None:
    pack = packs.load("parent", pack_texts.write(tmp_path))

    with pytest.raises(PackError) as refusal:
        pack.values(Month(2020, 12))["line"]

    assert str(refusal.value) == (
        "pack parent: parameter line(线) has no value in 2020-12; its first value holds from "
        "2021-01-01: ask for a later month, or add an earlier value with its basis."
    )
    assert "第一个值从 2021-01-01 起" in refusal.value.zh


def test_asking_after_the_last_value_ended_says_when(tmp_path: Path) -> None:
    pack = packs.load("child-2022", pack_texts.write(tmp_path))

    with pytest.raises(PackError, match="the value before it ended on 2023-01-01") as refusal:
        pack.values(Month(2023, 1))["line"]

    assert "前一个值到 2023-01-01 为止" in refusal.value.zh


def test_asking_in_a_gap_is_refused(tmp_path: Path) -> None:
    pack_texts.spoilt(
        tmp_path, "parent/parameters.toml", "until = 2022-01-01", "until = 2021-07-01"
    )

    values = packs.load("parent", tmp_path).values(Month(2021, 8))

    with pytest.raises(PackError, match="ended on 2021-07-01"):
        values["line"]


def test_only_parameters_with_a_value_are_counted_and_listed(tmp_path: Path) -> None:
    pack = packs.load("child-2022", pack_texts.write(tmp_path))

    before, inside = pack.values(Month(2022, 2)), pack.values(Month(2022, 3))

    assert list(before) == ["share", "county_figure"]
    assert len(before) == 2
    assert "line" not in before
    assert list(inside) == ["line", "share", "county_figure"]


def test_a_formula_whose_input_has_no_value_has_none_either(tmp_path: Path) -> None:
    pack_texts.spoilt(
        tmp_path, "child-2022/parameters.toml", "from = 2022-01-01", "from = 2022-06-01"
    )

    values = packs.load("child-2022", tmp_path).values(Month(2022, 4))

    assert "line" not in values
    with pytest.raises(PackError, match=r"county_figure\(县数\) has no value in 2022-04"):
        values["line"]


def test_a_parameter_nobody_knows_is_a_key_error(tmp_path: Path) -> None:
    values = packs.load("parent", pack_texts.write(tmp_path)).values(Month(2022, 1))

    with pytest.raises(KeyError):
        values["nothing"]
    assert "nothing" not in values


def test_a_formula_is_computed_exactly(tmp_path: Path) -> None:
    line = packs.load("child-2022", pack_texts.write(tmp_path)).values(Month(2022, 6))["line"]

    assert line.value == Fraction(12345670 * 6, 100)
    assert line.value != 740740
    assert line.basis == Basis(doc="BB", clause="三(一)1")


def test_a_whole_result_is_an_integer(tmp_path: Path) -> None:
    pack_texts.spoilt(tmp_path, "child-2022/parameters.toml", "1234567", "1000000")

    line = packs.load("child-2022", tmp_path).values(Month(2022, 6))["line"]

    assert line.value == 600000
    assert isinstance(line.value, int)


def test_what_is_computed_from_a_default_is_marked_as_one(tmp_path: Path) -> None:
    values = packs.load("child-2022", pack_texts.write(tmp_path)).values(Month(2022, 6))

    assert values["line"].is_default
    assert not values["line"].basis.is_default
    parent = packs.load("parent", tmp_path).values(Month(2022, 6))
    assert not parent["line"].is_default


def test_shares_are_exact_fractions(tmp_path: Path) -> None:
    values = packs.load("parent", pack_texts.write(tmp_path)).values(Month(2022, 6))

    assert values["share"].value == Fraction(3, 10)


_days = st.dates(date(2020, 1, 1), date(2024, 12, 31))
_periods = st.lists(st.tuples(_days, st.none() | _days), min_size=1, max_size=5)


def _are_apart(periods: list[tuple[date, date | None]]) -> bool:
    """Whether no day lies in two periods, none is empty, and they stand in order of time."""
    last = date(2025, 1, 1)
    covered: set[date] = set()
    for from_, until in periods:
        if until is not None and until <= from_:
            return False
    for number, (from_, until) in enumerate(periods):
        # An open period ends where the next begins.
        following = [later for later, _ in periods[number + 1 :]]
        end = until or (following[0] if following else last)
        if following and following[0] <= from_:
            return False
        days = {date.fromordinal(n) for n in range(from_.toordinal(), end.toordinal())}
        if days & covered:
            return False
        covered |= days
    return True


@settings(max_examples=50)
@given(_periods)
def test_periods_are_accepted_exactly_when_no_day_lies_in_two(
    periods: list[tuple[date, date | None]],
) -> None:
    rows = [
        {"from": from_, "value": 1, "basis": {"default": "x"}} | ({"until": until} if until else {})
        for from_, until in periods
    ]
    content = {"id": "p", "name": "甲", "name_en": "A", "unit": "人", "values": rows}
    problems: list[Problem] = []

    pack_reading.parameter(
        Table(PackFile("p/f.toml", "", {}), (), content, "parameter[0]", problems)
    )

    assert (problems == []) == _are_apart(periods)


@settings(max_examples=50)
@given(
    st.lists(st.tuples(_days, st.booleans()), min_size=1, max_size=6, unique_by=lambda t: t[0]),
    st.integers(2019, 2026),
    st.integers(1, 12),
)
def test_the_value_in_force_is_the_only_one_that_holds(
    starts: list[tuple[date, bool]], year: int, number: int
) -> None:
    starts.sort()
    basis = Basis(default="x")
    dated = [
        DatedValue(
            from_,
            # Half of the values end on a day of their own, halfway to the next.
            date.fromordinal((from_.toordinal() + after.toordinal() + 1) // 2) if ends else after,
            index,
            "",
            basis,
        )
        for index, ((from_, ends), (after, _)) in enumerate(
            zip(starts, [*starts[1:], (date(2025, 6, 1), False)], strict=True)
        )
    ]
    parameter = Parameter("p", "甲", "A", "人", tuple(dated))
    month = Month(year, number)
    holding = [row.value for row in dated if row.holds_on(month.last_day)]

    values = Values("pack", {"p": parameter}, month)

    assert len(holding) <= 1
    assert [values[name].value for name in values] == holding
