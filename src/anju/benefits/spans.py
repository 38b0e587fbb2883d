"""The time a scheme is for: 2023, 2023Q3, 2023-09. Plain Python."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final, NamedTuple

_FORMS: Final = {
    "year": re.compile(r"(?P<year>20\d\d)"),
    "quarter": re.compile(r"(?P<year>20\d\d)Q(?P<part>[1-4])"),
    "month": re.compile(r"(?P<year>20\d\d)-(?P<part>0[1-9]|1[0-2])"),
}
_MONTHS: Final = {"year": 12, "quarter": 3, "month": 1}


class Span(NamedTuple):
    """First and last day; both belong to it."""

    first: date
    last: date


def span(every: str, label: str) -> Span:
    """The days of a period; ValueError where the label is none of that rhythm."""
    form = _FORMS.get(every)
    found = form.fullmatch(label) if form else None
    if found is None:
        raise ValueError(f"{label!r} is no {every}.")
    months = _MONTHS[every]
    part = int(found.groupdict().get("part") or 1)
    year, end = int(found["year"]), part * months
    last = calendar.monthrange(year, end)[1]
    return Span(date(year, end - months + 1, 1), date(year, end, last))


def label_of(every: str, day: date) -> str:
    """The period of a rhythm a day lies in."""
    if every == "quarter":
        return f"{day.year}Q{(day.month - 1) // 3 + 1}"
    return f"{day:%Y-%m}" if every == "month" else str(day.year)
