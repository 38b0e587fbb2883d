"""Calendar months: what every run, every parameter lookup and every rollup is asked for."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from anju.rules.errors import RulesError

_WRITTEN = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year, ordered in time; ``str()`` gives ``2023-09``."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1900 <= self.year <= 2999):
            raise _refusal(f"{self.year}-{self.number}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2023-09``; anything else is refused with a `RulesError`."""
        written = _WRITTEN.fullmatch(text.strip())
        if written is None:
            raise _refusal(text)
        year, number = int(written[1]), int(written[2])
        if not (1 <= number <= 12 and 1900 <= year <= 2999):
            raise _refusal(text)
        return cls(year, number)

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month: the `as_of` of a run."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def shift(self, months: int) -> Month:
        """The month that many months later (earlier when negative)."""
        years, number = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, number + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def _refusal(text: str) -> RulesError:
    return RulesError(
        zh=f"月份“{text}”写法不对,应写成四位年、短横、两位月,例如 2023-09(1900-01 至 2999-12)。",
        en=f"'{text}' is not a month: write year and month like 2023-09 (1900-01 to 2999-12).",
    )
