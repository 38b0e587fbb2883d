"""Periods, due days of rhythms, and lights: plain functions of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.duties.lights import Light, gravest, light
from anju.duties.periods import next_due, period_of, periods

EVERY = [
    "day",
    "week",
    "two_weeks",
    "half_month",
    "month",
    "two_months",
    "quarter",
    "half_year",
    "year",
]
DAYS = st.dates(date(2019, 12, 1), date(2031, 2, 1))


@pytest.mark.parametrize(
    ("every", "label", "first", "last"),
    [
        ("day", "2023-09-05", "2023-09-05", "2023-09-05"),
        ("week", "2023W36", "2023-09-04", "2023-09-10"),
        ("two_weeks", "2023W36-37", "2023-09-04", "2023-09-17"),
        ("half_month", "2023-09-1", "2023-09-01", "2023-09-15"),
        ("month", "2023-09", "2023-09-01", "2023-09-30"),
        ("two_months", "2023-09~10", "2023-09-01", "2023-10-31"),
        ("quarter", "2023Q3", "2023-07-01", "2023-09-30"),
        ("half_year", "2023H2", "2023-07-01", "2023-12-31"),
        ("year", "2023", "2023-01-01", "2023-12-31"),
    ],
)
def test_a_day_lies_in_a_period_with_a_name(every: str, label: str, first: str, last: str) -> None:
    assert period_of(every, date(2023, 9, 5)) == (
        label,
        date.fromisoformat(first),
        date.fromisoformat(last),
    )


def test_dues_are_the_last_days_that_lie_in_a_span() -> None:
    assert periods("quarter", date(2023, 2, 10), date(2023, 12, 30)) == [
        ("2023Q1", date(2023, 3, 31)),
        ("2023Q2", date(2023, 6, 30)),
        ("2023Q3", date(2023, 9, 30)),
    ]
    assert periods("month", date(2023, 2, 28), date(2023, 2, 28)) == [
        ("2023-02", date(2023, 2, 28))
    ]
    assert periods("month", date(2023, 3, 2), date(2023, 3, 1)) == []


@pytest.mark.parametrize(
    ("every", "anchor", "dues"),
    [
        ("year", date(2023, 9, 30), ["2023-09-30", "2024-09-30"]),
        ("year", date(2024, 2, 29), ["2024-02-29", "2025-02-28"]),
        ("quarter", date(2023, 2, 10), ["2023-08-10", "2023-11-10"]),
        ("half_year", date(2023, 5, 20), ["2023-11-20", "2024-05-20"]),
        ("month", date(2023, 1, 31), ["2023-06-30", "2023-07-31"]),
        ("month", date(2023, 1, 5), ["2023-07-05", "2023-08-05"]),
    ],
)
def test_an_anchor_says_which_day_of_the_period_it_is(
    every: str, anchor: date, dues: list[str]
) -> None:
    found = periods(every, date(2023, 6, 15), date(2025, 6, 14), anchor=anchor)

    assert [str(due) for _label, due in found][:2] == dues


@given(st.sampled_from(EVERY), DAYS, st.integers(0, 900), DAYS)
def test_periods_lie_side_by_side_and_each_is_due_once(
    every: str, start: date, length: int, anchor: date
) -> None:
    period = period_of(every, start)
    assert period.first_day <= start <= period.last_day
    assert period_of(every, period.last_day + timedelta(1)).first_day == (
        period.last_day + timedelta(1)
    )

    until = start + timedelta(length)
    for tied in (None, anchor):
        found = periods(every, start, until, anchor=tied)
        labels, dues = [label for label, _ in found], [due for _, due in found]
        assert labels == sorted(set(labels))
        assert dues == sorted(set(dues))
        assert all(start <= due <= until for due in dues)
        assert all(period_of(every, due).label == label for label, due in found)
        following = next_due(every, start, anchor=tied)
        assert following[1] >= start
        assert found[:1] == ([following] if following[1] <= until else [])


@given(DAYS, DAYS, st.integers(0, 60))
def test_a_light_turns_yellow_and_red_and_never_back(due: date, on: date, warn: int) -> None:
    shown, next_day = light(due, on, False, warn), light(due, on + timedelta(1), False, warn)
    order = [Light.GREEN, Light.YELLOW, Light.RED]

    assert order.index(shown) <= order.index(next_day)
    assert (shown is Light.RED) == (on > due)
    assert (shown is Light.YELLOW) == (due - timedelta(warn) <= on <= due)
    assert light(due, on, True, warn) is Light.DONE
    assert light(None, on, False, warn) is Light.NO_DATE


def test_the_light_of_a_whole_is_that_of_its_gravest_part() -> None:
    assert gravest([Light.DONE, Light.GREEN, Light.RED]) is Light.RED
    assert gravest([Light.DONE, Light.NO_DATE]) is Light.NO_DATE
    assert gravest([]) is Light.DONE
