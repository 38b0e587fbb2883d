"""The trajectory of an indicator for the chart library; the table on the page says the same."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from anju.duties import courses
from anju.duties.models import Indicator
from anju.duties.queries.indicators import Standing
from anju.reporting.figures.model import SHARE
from anju.web.indicators.wording import unit_words

_SHOWN = 36


def forecast(standing: Standing, on: date) -> Decimal | None:
    """Where the values lead on the due day of the target; None after it, or of fewer than three."""
    points, target = standing.points, standing.target
    if target is None or target.due_on < on or not points or points[-1].on >= target.due_on:
        return None
    return courses.forecast(points, target.due_on)


def data(indicator: Indicator, standing: Standing, on: date) -> str:
    """Values, targets and the forecast over their days; empty where nothing is known."""
    known = {each.as_of: each.value for each in standing.values[-_SHOWN:]}
    if not any(value is not None for value in known.values()):
        return ""
    goals = {each.due_on: each.value for each in standing.targets}
    ahead = forecast(standing, on)
    line: dict[date, Decimal] = {}
    if ahead is not None and standing.target is not None:
        last = standing.points[-1]
        line = {last.on: last.value, standing.target.due_on: ahead}
    days = sorted({*known, *goals, *line})
    series = [
        {"name": _("数值"), "kind": "line", "values": _along(days, known, indicator.unit)},
        {"name": _("目标"), "kind": "line", "dashed": True, "stepped": True,
         "values": _along(days, _reaching_back(goals, days), indicator.unit)},
    ]  # fmt: skip
    if line:
        ahead_values = _along(days, line, indicator.unit)
        series.append({"name": _("推算"), "kind": "line", "dashed": True, "values": ahead_values})
    unit = "%" if indicator.unit == SHARE else unit_words(indicator.unit)
    categories = [day.isoformat() for day in days]
    return json.dumps({"unit": unit, "dated": True, "categories": categories, "series": series})


def words(latest: str, target: str, forecast: str) -> str:
    """What the chart shows, for who cannot see it."""
    said = [_("走势图，各期数字见下表。")]
    for words_of, value in (
        (_("最近数值 %(value)s。"), latest),
        (_("目标 %(value)s。"), target),
        (_("按直线趋势推算到期 %(value)s，仅供参考。"), forecast),
    ):
        if value:
            said.append(words_of % {"value": value})
    return "".join(said)


def _reaching_back(goals: dict[date, Decimal], days: list[date]) -> dict[date, Decimal]:
    """The target that holds on each day: the next one due."""
    found = {}
    for day in days:
        due = min((each for each in goals if each >= day), default=None)
        if due is not None:
            found[day] = goals[due]
    return found


def _along(
    days: list[date], values: dict[date, Decimal] | dict[date, Decimal | None], unit: str
) -> list[float | None]:
    factor = 100 if unit == SHARE else 1
    found = [values.get(day) for day in days]
    return [None if value is None else float(value * factor) for value in found]
