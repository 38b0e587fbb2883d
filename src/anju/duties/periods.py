"""Periods and due days of what recurs: from each day to each year, every two weeks among them.

Plain Python. A period is named so that names sort by time: 2023-09-05, 2023W36, 2023W36-37, 2023-09-1 (the
first half of a month), 2023-09, 2023-09~10, 2023Q3, 2023H1, 2023.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

_MONTHS: Final = {"month": 1, "two_months": 2, "quarter": 3, "half_year": 6, "year": 12}
#: A Monday from which every two weeks are counted.
_FIRST_FORTNIGHT: Final = date(2018, 1, 1)
_HALF_MONTH: Final = 15  # days of the first half


class Period(NamedTuple):
    """A stretch of time with its name; both days belong to it."""

    label: str
    first_day: date
    last_day: date


def period_of(every: str, day: date) -> Period:
    """The period of a rhythm (a value of `Rhythm`) that a day lies in."""
    if every == "day":
        return Period(day.isoformat(), day, day)
    if every == "week":
        year, week, weekday = day.isocalendar()
        first = day - timedelta(days=weekday - 1)
        return Period(f"{year}W{week:02}", first, first + timedelta(days=6))
    if every == "two_weeks":
        first = day - timedelta(days=(day - _FIRST_FORTNIGHT).days % 14)
        year, week, _ = first.isocalendar()
        second = (first + timedelta(days=7)).isocalendar().week
        return Period(f"{year}W{week:02}-{second:02}", first, first + timedelta(days=13))
    if every == "half_month":
        if day.day <= _HALF_MONTH:
            return Period(f"{day:%Y-%m}-1", day.replace(day=1), day.replace(day=_HALF_MONTH))
        first = day.replace(day=_HALF_MONTH + 1)
        return Period(f"{day:%Y-%m}-2", first, _last(day.year, day.month))
    months = _MONTHS[every]
    number = (day.month - 1) // months
    first_month = number * months + 1
    first = date(day.year, first_month, 1)
    return Period(_label(every, day.year, number), first, _last(day.year, first_month + months - 1))


def periods(
    every: str, starts_on: date, until: date, *, anchor: date | None = None
) -> list[tuple[str, date]]:
    """Name and due day of each period whose due day lies from `starts_on` to `until`, both included.

    Due is the last day of a period. With an `anchor` it is the day that stands in its period as the
    anchor in its own: with 2023-09-30 each September's last day, or, each quarter, that of its third
    month. Days, weeks and half months know no anchor.
    """
    if until < starts_on:
        return []
    dues = ((each.label, _due(every, each, anchor)) for each in _from(every, starts_on))
    found = []
    for label, due in dues:
        if due > until:
            break
        if due >= starts_on:
            found.append((label, due))
    return found


def next_due(every: str, on: date, *, anchor: date | None = None) -> tuple[str, date]:
    """Name and due day of the first period that is due on a day or after it."""
    dues = ((each.label, _due(every, each, anchor)) for each in _from(every, on))
    return next((label, due) for label, due in dues if due >= on)


def _from(every: str, day: date) -> Iterator[Period]:
    """The period a day lies in, and all after it."""
    period = period_of(every, day)
    while True:
        yield period
        period = period_of(every, period.last_day + timedelta(days=1))


def _due(every: str, period: Period, anchor: date | None) -> date:
    if anchor is None or every not in _MONTHS:
        return period.last_day
    month = period.first_day.month + (anchor.month - 1) % _MONTHS[every]
    last = _last(period.first_day.year, month)
    is_month_end = anchor == _last(anchor.year, anchor.month)
    return last if is_month_end else date(last.year, month, min(anchor.day, last.day))


def _label(every: str, year: int, number: int) -> str:
    if every == "year":
        return str(year)
    if every == "month":
        return f"{year}-{number + 1:02}"
    if every == "two_months":
        return f"{year}-{2 * number + 1:02}~{2 * number + 2:02}"
    return f"{year}{'Q' if every == 'quarter' else 'H'}{number + 1}"


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
