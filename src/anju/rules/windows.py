"""The days, quarters and ages a month's facts are bound to, as literals for the fact queries."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from anju.rules.errors import RunError
from anju.rules.months import Month

# Parameters the facts themselves read; every pack has them (from `national`).
AGES: Final = ("labour_age_from", "labour_age_to", "compulsory_age_from", "compulsory_age_to")

_PLACEHOLDER = re.compile(r"(?<![:\w]):([a-z][a-z0-9_]*)")


@dataclass(frozen=True)
class Windows:
    """All `:names` that the fact queries may use, for one month."""

    month: Month
    as_of: date
    quarters_ended: int
    names: Mapping[str, date | int]

    def bind(self, text: str) -> str:
        """The text with every `:name` replaced by its literal; an unknown name is an error."""
        return _PLACEHOLDER.sub(lambda found: _literal(self.names[found[1]]), text)


def windows(month: Month, ages: Mapping[str, int]) -> Windows:
    """The windows of a month; `ages` gives the inclusive bounds of `AGES` in completed years."""
    for name in AGES:
        if not 0 <= ages[name] <= 150:
            raise RunError(
                zh=f"参数 {name} 的值 {ages[name]} 不是合理的年龄，应在 0 到 150 之间。",
                en=f"parameter {name} is {ages[name]}, not an age: allowed are 0 to 150.",
            )
    as_of = month.last_day
    ended = month.number // 3
    year, last = month.year * 10, (month.year - 1) * 10
    return Windows(
        month=month,
        as_of=as_of,
        quarters_ended=ended,
        names={
            "as_of": as_of,
            "last_month_end": month.shift(-1).last_day,
            "three_months_before": month.shift(-3).last_day,
            "three_months_from": month.shift(-2).first_day,
            "year_from": month.shift(-11).first_day,
            "year_before": month.shift(-12).last_day,
            "quarters_ended": ended,
            "year_first_quarter": year + 1,
            "latest_quarter": year + ended,
            "last_year_first_quarter": last + 1,
            "same_quarter_last_year": last + ended,
            "labour_age_from": ages["labour_age_from"],
            "labour_age_to": ages["labour_age_to"],
            "labour_born_latest": _born_by(as_of, ages["labour_age_from"]),
            "labour_born_after": _born_by(as_of, ages["labour_age_to"] + 1),
            "school_born_latest": _born_by(as_of, ages["compulsory_age_from"]),
            "school_born_after": _born_by(as_of, ages["compulsory_age_to"] + 1),
        },
    )


def _born_by(day: date, age: int) -> date:
    """The last birth date of somebody of that age on the day.

    Born on 29 February, one has a birthday on 1 March in other years: so on 28 February of a
    common year only those born by 28 February have reached the age.
    """
    year = day.year - age
    if year < 1:
        return date.min
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _literal(value: date | int) -> str:
    return f"DATE '{value.isoformat()}'" if isinstance(value, date) else str(value)
