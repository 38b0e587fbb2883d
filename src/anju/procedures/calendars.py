"""Clocks and the calendar they run on: calendar days, working days, months.

The day a clock starts is not counted, as law counts periods: three days from Monday end on
Thursday, and Thursday itself is still in time. A calendar clock that ends on a day off ends there
all the same, since the households wait on holidays too.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

import chinese_calendar

Counting = Literal["calendar", "working"]
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True)
class Clock:
    """How long something may take (or must last), and how many days ahead it warns."""

    amount: int
    unit: Literal["days", "months"] = "days"
    counting: Counting = "calendar"
    warn_days: int = 0

    @property
    def zh(self) -> str:
        """As people write it: 15天, 20个工作日, 6个月."""
        if self.unit == "months":
            return f"{self.amount}个月"
        return f"{self.amount}个工作日" if self.counting == "working" else f"{self.amount}天"

    @property
    def en(self) -> str:
        """The same in English: 15 days, 20 working days, 6 months."""
        kind = "working days" if self.counting == "working" else self.unit
        return f"{self.amount} {kind if self.amount != 1 else kind[:-1]}"


@dataclass(frozen=True)
class Calendar:
    """Which days are worked: the published holidays, and over them what the county changed.

    `changes` says of single days whether they are worked. Years whose holidays are not published
    yet (see `is_published`) count Monday to Friday.
    """

    changes: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day."""
        if day in self.changes:
            return self.changes[day]
        if is_published(day.year):
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < _SATURDAY

    def add(self, clock: Clock, since: date) -> date:
        """The last day that is in time for a clock started on `since`."""
        if clock.unit == "months":
            return add_months(since, clock.amount)
        if clock.counting == "calendar":
            return since + timedelta(days=clock.amount)
        day, left = since, clock.amount
        while left:
            day += _DAY
            left -= self.is_workday(day)
        return day

    def days_between(self, start: date, end: date, counting: Counting = "calendar") -> int:
        """Days after `start` up to and with `end`; negative where `end` is earlier."""
        if end < start:
            return -self.days_between(end, start, counting)
        days = (end - start).days
        if counting == "calendar":
            return days
        return sum(self.is_workday(start + timedelta(days=number + 1)) for number in range(days))


@lru_cache
def is_published(year: int) -> bool:
    """Whether the holidays of that year are known; otherwise Monday to Friday are counted."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
