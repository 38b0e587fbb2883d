"""Growth of net income a head against the same quarters of the year before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from anju.registry.models import Household, Income
from anju.registry.queries.money import last_day
from anju.reporting.figures import registers
from anju.reporting.figures.model import (
    SHARE,
    Asked,
    Behind,
    Figure,
    Keys,
    Made,
    Part,
    Text,
    Why,
    rounded,
)

_NET = F("wage") + F("business") - F("business_cost") + F("property") + F("transfer")
_LIFTED_OUT, _RELOCATED = registers.LIFTED_OUT, registers.RELOCATED


@dataclass(frozen=True)
class Grown:
    """Net income a head (fen) now and a year before, and of how many households it is known."""

    now: Fraction
    before: Fraction
    households: int
    unknown: int

    @property
    def rate(self) -> Fraction:
        """By which part it grew."""
        return self.now / self.before - 1


Growth = Callable[[Asked], Grown | Made]


def quarters_ended(on: date, years_back: int) -> list[int]:
    """Quarters of a year that correspond to those ended by the day in its own year."""
    ended = sum(last_day(on.year * 10 + number) <= on for number in (1, 2, 3, 4))
    return [(on.year - years_back) * 10 + number for number in range(1, ended + 1)]


def growth_of(kind: Q, *, years_back: int = 0, years: int = 2) -> Growth:
    """Growth of a kind of household, of those whose quarters of all `years` are known."""

    def compute(asked: Asked) -> Grown | Made:
        quarters = [quarters_ended(asked.on, back) for back in range(years)]
        if not quarters[0]:
            return Made(None, why=Why.NO_QUARTER)
        group = registers.households(asked, kind)
        complete = known_in_all(group, [each for year in quarters for each in year])
        households = complete.count()
        unknown = group.count() - households
        now = per_head(complete, quarters[years_back])
        before = per_head(complete, quarters[years_back + 1])
        if now is None or before is None or before <= 0:
            return Made(None, None, 0, unknown=unknown, why=Why.NO_INCOMES)
        return Grown(now, before, households, unknown)

    return compute


def known_in_all(group: QuerySet[Household], quarters: list[int]) -> QuerySet[Household]:
    """Ids of households of which every amount of these quarters is known."""
    rows = Income.objects.filter(household__in=group, quarter__in=quarters, known_to__isnull=True)
    counted = rows.order_by().values("household").annotate(known=Count(_NET))
    return counted.filter(known=len(quarters)).values("household")


def counted(kind: Q, years: int = 2) -> Keys:
    """The households whose incomes are complete: those that the growth is of."""

    def keys(asked: Asked) -> QuerySet[Any]:
        quarters = [each for back in range(years) for each in quarters_ended(asked.on, back)]
        return known_in_all(registers.households(asked, kind), quarters)

    return keys


def per_head(households: QuerySet[Household], quarters: list[int]) -> Fraction | None:
    rows = Income.objects.filter(
        household__in=households, quarter__in=quarters, known_to__isnull=True
    )
    net = rows.aggregate(net=Sum(_NET))["net"]
    heads = registers.members(last_day(quarters[-1]), households).count()
    return Fraction(net, heads) if net is not None and heads else None


def _growth(kind: Q) -> Callable[[Asked], Made]:
    growth = growth_of(kind)

    def compute(asked: Asked) -> Made:
        found = growth(asked)
        if isinstance(found, Made):
            return found
        parts = {
            "now": rounded(found.now / 100),
            "before": rounded(found.before / 100),
            "households": Decimal(found.households),
        }
        return Made.of(found.rate, unknown=found.unknown, parts=parts)

    return compute


def _above(one: Growth, other: Growth) -> Callable[[Asked], Made]:
    """How many percentage points one growth lies above another."""

    def compute(asked: Asked) -> Made:
        first = one(asked)
        if isinstance(first, Made):
            return first
        second = other(asked)
        if isinstance(second, Made):
            return second
        parts = {
            "growth": rounded(first.rate),
            "compared": rounded(second.rate),
            "households": Decimal(first.households),
        }
        points = (first.rate - second.rate) * 100
        return Made.of(points, unknown=first.unknown, parts=parts)

    return compute


COMPLETE = _("收入齐全、列入计算的户")
HOUSEHOLDS = Part("households", _("收入齐全的户"), "户")
_HEADS = (
    Part("now", _("本期人均纯收入"), "元"),
    Part("before", _("上年同期人均纯收入"), "元"),
    HOUSEHOLDS,
)


def _compared(growth: Text, compared: Text) -> tuple[Part, ...]:
    return Part("growth", growth, SHARE), Part("compared", compared, SHARE), HOUSEHOLDS


FIGURES = (
    Figure(
        id="lifted_out_income_growth",
        name=_("脱贫户人均纯收入增幅"),
        unit=SHARE,
        definition=_(
            "当年已结束各季度的人均纯收入与上年同期相比的增幅；只计两年各季度收入都齐全的脱贫户，"
            "人数取各期末在户人口。以收入台账的纯收入计，与统计部门的可支配收入口径不同。"
        ),
        compute=_growth(_LIFTED_OUT),
        parts=_HEADS,
        behind=Behind.sums("households", counted(_LIFTED_OUT), COMPLETE),
    ),
    Figure(
        id="relocated_income_growth",
        name=_("搬迁户人均纯收入增幅"),
        unit=SHARE,
        definition=_(
            "当年已结束各季度的人均纯收入与上年同期相比的增幅；只计两年各季度收入都齐全的易地搬迁户。"
            "以收入台账的纯收入计，与统计部门的可支配收入口径不同。"
        ),
        compute=_growth(_RELOCATED),
        parts=_HEADS,
        behind=Behind.sums("households", counted(_RELOCATED), COMPLETE),
    ),
    Figure(
        id="relocated_growth_above_lifted_out",
        name=_("搬迁脱贫户收入增幅比全部脱贫户高出"),
        unit="百分点",
        definition=_(
            "易地搬迁脱贫户的人均纯收入增幅减去全县脱贫户的增幅，都与上年同期比。"
            "看一个乡镇时，该镇的搬迁脱贫户与该镇全部脱贫户比。"
        ),
        compute=_above(growth_of(_LIFTED_OUT & _RELOCATED), growth_of(_LIFTED_OUT)),
        parts=_compared(_("搬迁脱贫户增幅"), _("全部脱贫户增幅")),
        behind=Behind.sums("households", counted(_LIFTED_OUT & _RELOCATED), COMPLETE),
    ),
    Figure(
        id="lifted_out_growth_above_last_year",
        name=_("脱贫户收入增速比上年增速高出"),
        unit="百分点",
        definition=_(
            "脱贫户当年已结束各季度的人均纯收入同比增速，减去上年同期的同比增速；"
            "只计三年各季度收入都齐全的户。"
        ),
        compute=_above(
            growth_of(_LIFTED_OUT, years=3), growth_of(_LIFTED_OUT, years_back=1, years=3)
        ),
        parts=_compared(_("本年增速"), _("上年增速")),
        behind=Behind.sums("households", counted(_LIFTED_OUT, years=3), COMPLETE),
    ),
)
