"""Clocks on the calendar: holidays, days made up, leap years, the county's own changes."""

from datetime import date

import pytest

from anju.procedures import Calendar, Clock, add_months, is_published

CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        (date(2025, 6, 6), 3, date(2025, 6, 11)),  # over a weekend
        (date(2025, 9, 30), 1, date(2025, 10, 9)),  # over the national holiday of eight days
        (date(2025, 1, 24), 2, date(2025, 1, 27)),  # Sunday the 26th is worked
        (date(2025, 1, 24), 3, date(2025, 2, 5)),  # then New Year
        (date(2024, 2, 28), 2, date(2024, 3, 1)),  # a leap day that is worked
        (date(2025, 6, 6), 0, date(2025, 6, 6)),
    ],
)
def test_working_days_pass_over_days_off(since: date, days: int, due: date) -> None:
    assert CALENDAR.add(Clock(days, counting="working"), since) == due


def test_calendar_days_count_holidays_too() -> None:
    assert CALENDAR.add(Clock(5), date(2025, 9, 30)) == date(2025, 10, 5)


@pytest.mark.parametrize(
    ("since", "months", "due"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(
    since: date, months: int, due: date
) -> None:
    assert add_months(since, months) == due
    assert CALENDAR.add(Clock(months, "months"), since) == due


def test_the_countys_changes_hold_over_the_published_holidays() -> None:
    county = Calendar({date(2025, 6, 10): False, date(2025, 6, 14): True})

    assert not county.is_workday(date(2025, 6, 10))
    assert county.is_workday(date(2025, 6, 14))
    assert county.add(Clock(5, counting="working"), date(2025, 6, 9)) == date(2025, 6, 16)


def test_a_year_not_published_counts_monday_to_friday() -> None:
    assert not is_published(2040)
    assert not is_published(1999)
    assert is_published(2025)
    assert CALENDAR.is_workday(date(2040, 10, 1))  # a Monday
    assert not CALENDAR.is_workday(date(2040, 10, 6))  # a Saturday


def test_days_between_are_negative_once_the_day_is_past() -> None:
    assert CALENDAR.days_between(date(2025, 6, 9), date(2025, 6, 6)) == -3
    assert CALENDAR.days_between(date(2025, 6, 9), date(2025, 6, 6), "working") == -1


def test_a_clock_reads_as_people_write_it() -> None:
    assert [clock.zh for clock in (Clock(15), Clock(20, counting="working"), Clock(6, "months"))] == [
        "15天", "20个工作日", "6个月",
    ]  # fmt: skip
    assert [clock.en for clock in (Clock(1), Clock(20, counting="working"), Clock(6, "months"))] == [
        "1 day", "20 working days", "6 months",
    ]  # fmt: skip
