"""The values of an indicator as its page tells them, and the periods that may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import Indicator, IndicatorValue, ValueState
from anju.duties.periods import period_of, periods
from anju.duties.queries import indicators as queries
from anju.duties.queries.indicators import Standing
from anju.reporting.figures import FIGURES
from anju.web import words
from anju.web.indicators import behind, wording

_PERIODS = 12
_YEAR = timedelta(days=365)

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """One value with what explains it, and what the viewer may do with it."""

    row: IndicatorValue
    period: str
    number: Any
    made_of: list[behind.Told]
    why: str
    link: behind.Link | None
    recorder: Any
    checker: Any
    may_check: bool
    may_send_back: bool


def lines(viewer: Viewer, indicator: Indicator) -> list[Line]:
    """All values, the latest first; three queries."""
    rows = queries.values_of(viewer, indicator)
    said = {name for row in rows for name in (row.recorded_by, row.checked_by) if name}
    people = accounts.names_of(said)
    may_check = viewer.may(Permission.CHECK_PROGRESS)
    return [_line(viewer, indicator, row, people, may_check) for row in rows]


def _line(
    viewer: Viewer,
    indicator: Indicator,
    row: IndicatorValue,
    people: dict[str, str],
    may_check: bool,
) -> Line:
    figure = FIGURES.get(row.made_of.get("figure", ""))
    is_others = may_check and row.unit_id is not None and row.recorded_by != viewer.username
    return Line(
        row=row,
        period=wording.period_words(indicator.every, row.as_of),
        number=wording.number(row.value, indicator.unit),
        made_of=behind.made_of(viewer, figure, row.made_of, row.as_of),
        why=wording.why(row.made_of),
        link=behind.link(viewer, figure, as_of=row.as_of, run=row.made_of.get("run"))
        if figure
        else None,
        recorder=words.user(row.recorded_by, people.get(row.recorded_by, "")),
        checker=words.user(row.checked_by, people.get(row.checked_by, "")),
        may_check=is_others and row.state == ValueState.SUBMITTED,
        may_send_back=is_others and row.state == ValueState.ACCEPTED,
    )


def open_periods(indicator: Indicator, standing: Standing, on: date) -> Choices:
    """Ended periods for which nothing was reported, the oldest first."""
    return _choices(indicator, open_days(indicator, standing, on))


def open_days(indicator: Indicator, standing: Standing, on: date) -> list[date]:
    """The last days of these periods."""
    begun = indicator.begun_on or on - _YEAR
    found = [day for _label, day in periods(indicator.every, begun, on)]
    return [day for day in found if day not in standing.as_ofs]


def ended_periods(indicator: Indicator, on: date) -> Choices:
    """The latest ended periods, the last first: those that may be computed."""
    found: list[date] = []
    day = period_of(indicator.every, on).first_day - timedelta(days=1)
    while len(found) < _PERIODS:
        found.append(day)
        day = period_of(indicator.every, day).first_day - timedelta(days=1)
    return _choices(indicator, found)


def _choices(indicator: Indicator, days: list[date]) -> Choices:
    return [(day.isoformat(), wording.period_words(indicator.every, day)) for day in days]
