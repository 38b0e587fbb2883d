"""Days, months and quarters as the specification counts them."""

import calendar
from datetime import date


def as_of(month: str) -> date:
    """The day a month is judged on: its last ("2024-02" → 2024-02-29)."""
    year, number = (int(part) for part in month.split("-"))
    return last_day(year, number)


def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def months_before(day: date, months: int) -> date:
    """The last day of the month that lies `months` before the month of `day`.

    "The last day of the month three months before 2023-09-30 is 2023-06-30."
    """
    count = day.year * 12 + (day.month - 1) - months
    return last_day(count // 12, count % 12 + 1)


def window_start(day: date, months: int) -> date:
    """First day of the window of so many months ending with the month of `day`.

    "The twelve-month window runs from the first day of the month eleven months before."
    """
    return months_before(day, months - 1).replace(day=1)


def quarters_of_year_ended(day: date) -> list[int]:
    """Quarters of the year of `day` that ended on or before it, as 20231, 20232 …"""
    return [
        day.year * 10 + quarter
        for quarter in (1, 2, 3, 4)
        if last_day(day.year, quarter * 3) <= day
    ]


def last_four_quarters(day: date) -> list[int]:
    """The last four quarters that ended on or before `day`."""
    candidates = quarters_of_year_ended(day.replace(year=day.year - 1, month=12, day=31))
    return (candidates + quarters_of_year_ended(day))[-4:]


def age_on(born_on: date, day: date) -> int:
    """Completed years. Somebody born on 29 February has the birthday on 1 March in other years."""
    years = day.year - born_on.year
    birthday_to_come = (day.month, day.day) < (born_on.month, born_on.day)
    return years - 1 if birthday_to_come else years


def add_months(day: date, months: int) -> date:
    """So many months later, at most the last day of that month (31 August + 1 → 30 September)."""
    count = day.year * 12 + (day.month - 1) + months
    end = last_day(count // 12, count % 12 + 1)
    return end if day.day > end.day else end.replace(day=day.day)


def completed_months(start: date, day: date) -> int:
    """The largest n with `add_months(start, n) <= day`; only asked with `start <= day`."""
    months = 0
    while add_months(start, months + 1) <= day:
        months += 1
    return months


def holds(start: date | None, end: date | None, day: date) -> bool:
    """Whether an interval holds on a day: start included, end not; without a start it never does."""
    return start is not None and start <= day and (end is None or day < end)
