"""Months and the quarters and windows that follow from them."""

import pytest

from anju.synth.periods import Month, Period, as_date, day


def test_the_default_period_has_seven_quarters_from_the_year_before() -> None:
    period = Period.parse("2023-07..2023-09")

    assert [str(month) for month in period.months] == ["2023-07", "2023-08", "2023-09"]
    assert [quarter.code for quarter in period.quarters] == [
        20221, 20222, 20223, 20224, 20231, 20232, 20233,
    ]  # fmt: skip


def test_history_begins_with_the_twelve_month_window_of_the_first_month() -> None:
    assert as_date(Period.parse("2023-07").history).isoformat() == "2022-08-01"


def test_a_period_may_run_over_the_end_of_a_year() -> None:
    period = Period.parse("2023-12..2024-02")

    assert len(period.months) == 3
    assert period.stop == day(2024, 3)
    assert Month(2023, 12).next_day == day(2024, 1)


@pytest.mark.parametrize(
    "text", ["2023", "2023-13", "2023-09..2023-07", "2023-00", "1999-01", "2023-1..2023-2", "a..b"]
)
def test_months_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Period.parse(text)


def test_more_than_two_years_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 24"):
        Period.parse("2021-01..2023-12")


def test_months_given_one_by_one_must_follow_on() -> None:
    assert Period.over(["2023-07", "2023-08"]) == Period.parse("2023-07..2023-08")
    with pytest.raises(ValueError, match="follow one another"):
        Period.over(["2023-07", "2023-09"])
