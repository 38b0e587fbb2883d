from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.rules.errors import PackError, RulesError
from anju.rules.months import Month

_months = st.builds(Month, st.integers(1950, 2900), st.integers(1, 12))


def test_a_month_is_read_and_written_alike() -> None:
    assert str(Month.parse("2023-09")) == "2023-09"
    assert Month.parse(" 2024-02 ").last_day == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "2023-13",
        "2023-00",
        "2023-9",
        "202309",
        "2023-09-01",
        "",
        "二〇二三-09",
        "9999-01",
        "２０２３-09",
    ],
)
def test_what_is_no_month_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(RulesError, match="write year and month like 2023-09") as refusal:
        Month.parse(text)

    assert "例如 2023-09" in refusal.value.zh


def test_months_outside_the_calendar_cannot_be_made() -> None:
    with pytest.raises(RulesError):
        Month(2023, 13)


@given(_months)
def test_a_month_ends_the_day_before_the_next_begins(month: Month) -> None:
    assert month.last_day + timedelta(days=1) == month.shift(1).first_day
    assert Month.of(month.last_day) == month == Month.of(month.first_day)


@given(_months, st.integers(-300, 300))
def test_shifting_there_and_back_changes_nothing(month: Month, months: int) -> None:
    there = month.shift(months)

    assert there.shift(-months) == month
    assert (there > month) == (months > 0)


def test_an_error_speaks_english_and_chinese_and_survives_another_process() -> None:
    error = PackError(zh="不对", en="wrong")

    again = pickle.loads(pickle.dumps(error))

    assert (type(again), str(again), again.zh) == (PackError, "wrong", "不对")
