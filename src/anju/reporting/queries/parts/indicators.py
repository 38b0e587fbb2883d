"""指标完成: each indicator's last value of the time against the target it goes towards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import Comparison, Indicator, IndicatorTarget, IndicatorValue, ValueState
from anju.reporting.queries.asked import Asked
from anju.reporting.told import Figure, Grid, Part

TITLE = "指标完成情况"
_WORDS = {
    Comparison.AT_LEAST: "≥",
    Comparison.AT_MOST: "≤",
    Comparison.MORE: "＞",
    Comparison.LESS: "＜",
    Comparison.EQUAL: "",
    Comparison.BETWEEN: "",
}


def tell(asked: Asked) -> Part | None:
    """None where nothing is followed, or nothing by the unit."""
    rows = list(_of_unit(asked.reader, asked.unit, asked.at))
    if not rows:
        return None
    reached = short = unknown = 0
    lines: list[tuple[str, ...]] = [("指标", "目标", "现值", "截至", "进度")]
    for row in rows:
        target = _target(row.targets.all(), asked.at)
        value = next(iter(row.last), None)  # type: ignore[attr-defined]
        standing = _standing(row, target, value)
        reached += standing is True
        short += standing is False
        unknown += standing is None
        lines.append(_line(row, target, value, standing))
    told = [
        Figure("indicators.all", "指标", len(rows), "项", "indicators"),
        Figure("indicators.reached", "已达目标", reached, "项", "indicators"),
        Figure("indicators.short", "未达目标", short, "项", "indicators"),
        Figure("indicators.unknown", "没有数值或没有目标", unknown, "项", "indicators"),
    ]
    sentence = f"跟踪指标{len(rows)}项，已达目标{reached}项，未达目标{short}项"
    sentence += f"，没有数值或没有目标{unknown}项。" if unknown else "。"
    grid = Grid(lines, [9, 6, 4, 5, 4], caption="指标完成情况", numbers=(1, 2))
    return Part("indicators", TITLE, [sentence], told, grid)


def _of_unit(viewer: Viewer, unit: Unit | None, at: date) -> QuerySet[Indicator]:
    """Indicators the viewer may see, each with its targets and its last value that counts."""
    if not viewer.may(Permission.VIEW_DUTIES):
        return Indicator.objects.none()
    values = IndicatorValue.objects.filter(
        state=ValueState.ACCEPTED, as_of__lte=at, recorded_on__isnull=False
    ).order_by("-as_of", "-pk")
    rows = Indicator.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=at))
    rows = rows if unit is None else rows.filter(reporting_unit=unit)
    last = Prefetch("values", queryset=values, to_attr="last")
    return rows.prefetch_related("targets", last).order_by("pk")


def _target(targets: Iterable[IndicatorTarget], at: date) -> IndicatorTarget | None:
    """The next target on or after a day, else the last one there was."""
    ordered = sorted(targets, key=lambda each: each.due_on)
    coming = (each for each in ordered if each.due_on >= at)
    return next(coming, ordered[-1] if ordered else None)


def _standing(
    row: Indicator, target: IndicatorTarget | None, value: IndicatorValue | None
) -> bool | None:
    """Whether the value reaches the target; None where one of them is not known."""
    if target is None or value is None or value.value is None:
        return None
    found, goal = value.value, target.value
    match row.operator:
        case Comparison.AT_LEAST:
            return found >= goal
        case Comparison.AT_MOST:
            return found <= goal
        case Comparison.MORE:
            return found > goal
        case Comparison.LESS:
            return found < goal
        case Comparison.EQUAL:
            return found == goal
        case _:
            return goal <= found and (target.upper is None or found <= target.upper)


def _line(
    row: Indicator,
    target: IndicatorTarget | None,
    value: IndicatorValue | None,
    standing: bool | None,
) -> tuple[str, ...]:
    unit = "" if row.unit in ("", "无") else row.unit
    goal, now, day = "未定", "未掌握", ""
    if target is not None:
        upper = f"—{_plain(target.upper)}" if target.upper is not None else ""
        goal = f"{_WORDS[Comparison(row.operator)]}{_plain(target.value)}{upper}{unit}"
    if value is not None:
        now = "未掌握" if value.value is None else f"{_plain(value.value)}{unit}"
        day = f"{value.as_of.year}.{value.as_of.month}.{value.as_of.day}"
    return row.name, goal, now, day, {True: "已达到", False: "未达到", None: "无"}[standing]


def _plain(value: Decimal) -> str:
    """A number without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
