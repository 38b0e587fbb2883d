"""How an indicator stands against its target, and where a straight line through its values leads.

Plain Python. Everything rests on the gap: how far a value is from where it would do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

FEWEST: Final = 3
_PLACES: Final = Decimal("0.0001")


class Course(StrEnum):
    """Where an indicator stands."""

    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    MISSED = "missed"
    OPEN = "open"  # one value, not yet enough, nothing to compare it with
    UNKNOWN = "unknown"  # no value that can be told
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class Point:
    """A value that is known, at the end of a period."""

    on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """What must be reached by a day; `upper` closes a range."""

    due_on: date
    operator: str
    value: Decimal
    upper: Decimal | None = None


def gap(value: Decimal, target: Target) -> Decimal:
    """How far a value is from where the target begins to be met; 0 where it is, or is at the brink."""
    low, high = target.value, target.upper
    if target.operator in ("<=", "<"):
        return max(value - low, Decimal(0))
    if target.operator in ("=", "between"):
        return max(low - value, value - (low if high is None else high), Decimal(0))
    return max(low - value, Decimal(0))  # more than a range asks for is no fault


def is_met(value: Decimal, target: Target) -> bool:
    """Whether a value does what the target asks."""
    if target.operator in ("<", ">") and value == target.value:
        return False
    return gap(value, target) == 0


def course(points: Sequence[Point], target: Target | None, on: date) -> Course:
    """Where an indicator stands on a day, by its values up to then in order of time.

    After the due day the last value up to it decides. Before it, what is not reached yet is on course
    where the forecast meets the target, or, of two values, where the gap has closed by as large a part
    as of the time has passed since the first.
    """
    if target is None:
        return Course.NO_TARGET
    known = [point for point in points if point.on <= min(on, target.due_on)]
    if not known:
        return Course.UNKNOWN
    if is_met(known[-1].value, target):
        return Course.REACHED
    if on > target.due_on or known[-1].on >= target.due_on:
        return Course.MISSED
    if len(known) == 1:
        return Course.OPEN
    ahead = forecast(known, target.due_on)
    is_well = _keeps_pace(known, target) if ahead is None else is_met(ahead, target)
    return Course.ON_COURSE if is_well else Course.BEHIND


def forecast(points: Sequence[Point], on: date) -> Decimal | None:
    """Where the straight line that fits the values best is on a day; None of fewer than three.

    What was never below nothing is not forecast below nothing.
    """
    if len(points) < FEWEST:
        return None
    first = points[0].on
    days = [Decimal((point.on - first).days) for point in points]
    values = [point.value for point in points]
    count = Decimal(len(points))
    middle, mean = sum(days) / count, sum(values) / count
    spread = sum((day - middle) ** 2 for day in days)
    if not spread:
        return None
    pairs = zip(days, values, strict=True)
    slope = sum((day - middle) * (value - mean) for day, value in pairs) / spread
    found = mean + slope * (Decimal((on - first).days) - middle)
    if found < 0 <= min(values):
        found = Decimal(0)
    return found.quantize(_PLACES, ROUND_HALF_UP)


def window(points: Sequence[Point], dues: Sequence[date], due_on: date) -> list[Point]:
    """The values that count towards a due day: those after the due day before it."""
    before = max((day for day in dues if day < due_on), default=date.min)
    return [point for point in points if before < point.on <= due_on]


def _keeps_pace(known: Sequence[Point], target: Target) -> bool:
    first, last = known[0], known[-1]
    whole, passed = (target.due_on - first.on).days, (last.on - first.on).days
    left = gap(first.value, target) * (whole - passed)
    return gap(last.value, target) * whole <= left
