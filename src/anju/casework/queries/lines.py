"""Figures of the policy pack that a case is measured against: lines, shares, limits."""

from __future__ import annotations

import calendar
from datetime import date
from fractions import Fraction

from django.conf import settings

from anju.rules import packs
from anju.rules.errors import PackError
from anju.rules.months import Month


def parameter(name: str, on: date, *, pack: str = "") -> int | Fraction | None:
    """A parameter of the pack (the county's own without `pack`) as it holds in the month of a day.

    Money in fen. None where the pack has no value for that month: somebody has to set it first.
    """
    values = packs.load(pack or settings.POLICY_PACK).values(Month.of(on))
    try:
        return values[name].value
    except PackError:
        return None


def limit(name: str, on: date, *, pack: str = "") -> int | None:
    """A time limit of the pack in its own unit; None where none holds on that day."""
    limits = packs.load(pack or settings.POLICY_PACK).limits
    return next((each.value_on(on) for each in limits if each.id == name), None)


def months_after(day: date, months: int) -> date:
    """The same day so many months later (earlier when negative), the month's last where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
