"""指标完成: each indicator's last value of the time against the target it goes towards."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.db.models import QuerySet

from anju.accounts.models import Unit
from anju.duties.courses import Course
from anju.duties.models import Comparison, Indicator
from anju.duties.queries.indicators import Standing, current, indicators_for, standings
from anju.reporting.queries.asked import Asked
from anju.reporting.told import Figure, Grid, Part

TITLE = "指标完成情况"
_CENT = Decimal("0.01")
_SIGNS = {
    Comparison.AT_LEAST: "≥",
    Comparison.AT_MOST: "≤",
    Comparison.MORE: "＞",
    Comparison.LESS: "＜",
}
_COURSES = {
    Course.REACHED: "已达到",
    Course.ON_COURSE: "正常推进",
    Course.BEHIND: "滞后",
    Course.MISSED: "到期未达到",
    Course.OPEN: "推进中",
    Course.UNKNOWN: "未掌握",
    Course.NO_TARGET: "未定目标",
}


def tell(asked: Asked) -> Part | None:
    """None where nothing is followed, or nothing by the unit."""
    rows = list(_followed(asked, asked.unit).order_by("pk"))
    if not rows:
        return None
    found = standings(rows, asked.at)
    lines: list[tuple[str, ...]] = [("指标", "目标", "现值", "截至", "进度")]
    lines += [_line(row, found[row.pk]) for row in rows]
    courses = [standing.course for standing in found.values()]
    told = [Figure("indicators.all", "跟踪指标", len(rows), "项", "indicators")]
    told += [
        Figure(f"indicators.{course}", name, courses.count(course), "项", "indicators")
        for course, name in _COURSES.items()
        if course in courses
    ]
    listed = "，".join(f"{each.label}{each.value}项" for each in told[1:])
    sentence = f"跟踪指标{len(rows)}项，其中{listed}。各项情况见下表。"
    grid = Grid(lines, [9, 6, 5, 5, 5], caption=TITLE, numbers=(1, 2))
    return Part("indicators", TITLE, [sentence], told, grid)


def _followed(asked: Asked, unit: Unit | None) -> QuerySet[Indicator]:
    rows = indicators_for(asked.reader).filter(current(asked.at))
    return rows if unit is None else rows.filter(reporting_unit=unit)


def _line(row: Indicator, standing: Standing) -> tuple[str, ...]:
    target, value = standing.target, standing.latest
    goal, now, day = "未定", "未掌握", ""
    unit = "" if row.unit == "比例" else row.unit
    if target is not None:
        upper = f"—{_plain(target.upper)}" if target.upper is not None else ""
        sign = _SIGNS.get(Comparison(row.operator), "")
        goal = f"{sign}{_plain(target.value)}{upper}{unit}"
    if value is not None:
        goals = {target.value, target.upper} if target is not None else set()
        now = "未掌握" if value.value is None else f"{_short(value.value, goals)}{unit}"
        day = f"{value.as_of.year}.{value.as_of.month}.{value.as_of.day}"
    is_known = value is not None and value.value is not None
    if standing.course is Course.UNKNOWN and is_known:
        return row.name, goal, now, day, "目标期已过"
    return row.name, goal, now, day, _COURSES[standing.course]


def _short(value: Decimal, goals: Collection[Decimal | None]) -> str:
    """With two places at most; with all of them where the shorter number would be a goal it is not."""
    rounded = value.quantize(_CENT)
    return _plain(value if rounded != value and rounded in goals else rounded)


def _plain(value: Decimal) -> str:
    """A number without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
