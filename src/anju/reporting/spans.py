"""The time a report is of: which it is, what it is called, until when it is written."""

from __future__ import annotations

from datetime import date, timedelta

from anju.duties.models import Rhythm
from anju.duties.periods import Period, period_of
from anju.reporting.models import ReportKind

RHYTHMS = {
    ReportKind.MONTHLY: Rhythm.MONTH,
    ReportKind.QUARTERLY: Rhythm.QUARTER,
    ReportKind.YEARLY: Rhythm.YEAR,
}
"""Kinds of report that come again."""


def period_on(kind: str, day: date) -> Period:
    """The period of a kind that a day lies in; `KeyError` for a special report."""
    return period_of(RHYTHMS[ReportKind(kind)], day)


def periods_until(kind: str, day: date, *, count: int) -> list[Period]:
    """The period a day lies in and those before it, the latest first."""
    found = [period_on(kind, day)]
    while len(found) < count:
        found.append(period_on(kind, found[-1].first_day - timedelta(days=1)))
    return found


def free(first_day: date, last_day: date) -> Period:
    """The time of a special report."""
    return Period(f"{first_day:%Y%m%d}-{last_day:%Y%m%d}", first_day, last_day)


def in_words(kind: str, first_day: date, last_day: date) -> str:
    """The time as a document says it."""
    if kind == ReportKind.MONTHLY:
        return f"{first_day.year}年{first_day.month}月"
    if kind == ReportKind.QUARTERLY:
        return f"{first_day.year}年第{'一二三四'[(first_day.month - 1) // 3]}季度"
    if kind == ReportKind.YEARLY:
        return f"{first_day.year}年度"
    return (
        f"{first_day.year}年{first_day.month}月{first_day.day}日"
        f"至{last_day.year}年{last_day.month}月{last_day.day}日"
    )
