"""The months a county is made for, and the days and quarters that follow from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_MONTHS = re.compile(r"^(\d{4})-(\d{2})(?:\.\.(\d{4})-(\d{2}))?$")
FIRST_YEAR, LAST_YEAR = 2021, 2099
"""The lists of lifted-out and ordinary households were drawn up by the end of 2020."""
_EPOCH = date(1970, 1, 1).toordinal()


def day(year: int, month: int, on: int = 1) -> int:
    """Days since 1970-01-01."""
    return date(year, month, on).toordinal() - _EPOCH


def as_date(days: int) -> date:
    """The date that many days after 1970-01-01."""
    return date.fromordinal(days + _EPOCH)


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def shift(self, months: int) -> Month:
        """The month so many months later."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def first_day(self) -> int:
        return day(self.year, self.number)

    @property
    def next_day(self) -> int:
        """The day after the last."""
        return self.shift(1).first_day


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter; `code` is 20233 for the third of 2023."""

    year: int
    number: int

    @property
    def code(self) -> int:
        return self.year * 10 + self.number

    @property
    def first_day(self) -> int:
        return day(self.year, self.number * 3 - 2)

    @property
    def next_day(self) -> int:
        return Month(self.year, self.number * 3).next_day


@dataclass(frozen=True)
class Period:
    """The months from `first` to `last`, with the year before them as history."""

    first: Month
    last: Month

    @staticmethod
    def parse(text: str) -> Period:
        """Reads `2023-07..2023-09` or `2023-07`; raises ValueError in plain English."""
        found = _MONTHS.match(text.strip())
        if not found:
            raise ValueError(f"months must look like 2023-07..2023-09, not {text!r}")
        numbers = [int(part) for part in found.groups() if part is not None]
        first = Month(numbers[0], numbers[1])
        last = Month(numbers[-2], numbers[-1])
        if not all(
            1 <= m.number <= 12 and FIRST_YEAR <= m.year <= LAST_YEAR for m in (first, last)
        ):
            raise ValueError(f"{text!r} is not within the months of {FIRST_YEAR} to {LAST_YEAR}")
        if last < first:
            raise ValueError(f"the last month of {text!r} lies before the first")
        period = Period(first, last)
        if len(period.months) > 24:
            raise ValueError("at most 24 months can be made")
        return period

    @staticmethod
    def over(months: Sequence[str]) -> Period:
        """The period of months given one by one; raises ValueError when they do not follow on."""
        if not months:
            raise ValueError("at least one month is needed")
        period = Period.parse(f"{months[0]}..{months[-1]}")
        if [str(month) for month in period.months] != list(months):
            raise ValueError(f"months must follow one another: {', '.join(months)}")
        return period

    @property
    def months(self) -> tuple[Month, ...]:
        count = (self.last.year - self.first.year) * 12 + self.last.number - self.first.number + 1
        return tuple(self.first.shift(i) for i in range(count))

    @property
    def start(self) -> int:
        """First day of the first month: what came before it is in the base files."""
        return self.first.first_day

    @property
    def stop(self) -> int:
        """The day after the last day of the last month."""
        return self.last.next_day

    @property
    def history(self) -> int:
        """First day of the twelve-month window of the first month."""
        return self.first.shift(-11).first_day

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """From the first quarter of the year before to the last that has ended."""
        year = self.first.year - 1
        every = (Quarter(y, q) for y in range(year, self.last.year + 1) for q in (1, 2, 3, 4))
        return tuple(q for q in every if q.next_day <= self.stop)
