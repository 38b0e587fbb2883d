"""Income of the registers against what is published of the county, the city and the province."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anju.reporting.figures import registers
from anju.reporting.figures.incomes import (
    COMPLETE,
    HOUSEHOLDS,
    Grown,
    counted,
    growth_of,
    known_in_all,
    per_head,
    quarters_ended,
)
from anju.reporting.figures.model import (
    SHARE,
    Asked,
    Behind,
    Figure,
    Made,
    Part,
    Text,
    Why,
    rounded,
)
from anju.reporting.models import Area, RegionalIncome
from anju.reporting.queries.references import published

_LIFTED_OUT, _RELOCATED = registers.LIFTED_OUT, registers.RELOCATED


def _told_of(asked: Asked, area: Area) -> RegionalIncome | None:
    """What was published for the same quarters of the year."""
    ended = quarters_ended(asked.on, 0)
    return published(area, ended[-1]) if ended else None


def _growth_above(kind: Q, area: Area) -> Callable[[Asked], Made]:
    """How many percentage points incomes of a kind of household grew more than published of an area."""
    growth = growth_of(kind)

    def compute(asked: Asked) -> Made:
        found = growth(asked)
        if not isinstance(found, Grown):
            return found
        told = _told_of(asked, area)
        if told is None or told.growth is None:
            return Made(None, unknown=found.unknown, why=Why.NO_REFERENCE)
        parts = {
            "growth": rounded(found.rate),
            "compared": rounded(Fraction(told.growth) / 100),
            "households": Decimal(found.households),
        }
        points = found.rate * 100 - Fraction(told.growth)
        return Made.of(points, unknown=found.unknown, parts=parts)

    return compute


def _against(kind: Q, area: Area) -> Callable[[Asked], Made]:
    """Income a head of a kind of household over the quarters ended, over what is published of an area."""

    def compute(asked: Asked) -> Made:
        ended = quarters_ended(asked.on, 0)
        if not ended:
            return Made(None, why=Why.NO_QUARTER)
        group = registers.households(asked, kind)
        complete = known_in_all(group, ended)
        households = complete.count()
        unknown = group.count() - households
        now = per_head(complete, ended)
        if now is None:
            return Made(None, None, 0, unknown=unknown, why=Why.NO_INCOMES)
        told = _told_of(asked, area)
        if told is None or told.amount is None:
            return Made(None, unknown=unknown, why=Why.NO_REFERENCE)
        parts = {
            "now": rounded(now / 100),
            "compared": rounded(Fraction(told.amount, 100)),
            "households": Decimal(households),
        }
        return Made.of(now / told.amount, unknown=unknown, parts=parts)

    return compute


def _farmers_above_province(asked: Asked) -> Made:
    """Both are published: the county's growth less the province's."""
    if not quarters_ended(asked.on, 0):
        return Made(None, why=Why.NO_QUARTER)
    here, there = (_told_of(asked, area) for area in (Area.COUNTY, Area.PROVINCE))
    if here is None or there is None or here.growth is None or there.growth is None:
        return Made(None, why=Why.NO_REFERENCE)
    parts = {
        "growth": rounded(Fraction(here.growth) / 100),
        "compared": rounded(Fraction(there.growth) / 100),
    }
    return Made.of(Fraction(here.growth) - Fraction(there.growth), parts=parts)


def _grown_more(
    id_: str, name: Text, definition: Text, kind: Q, area: Area, ours: Text, theirs: Text
) -> Figure:
    return Figure(
        id=id_,
        name=name,
        unit="百分点",
        definition=definition,
        compute=_growth_above(kind, area),
        parts=(Part("growth", ours, SHARE), Part("compared", theirs, SHARE), HOUSEHOLDS),
        behind=Behind.sums("households", counted(kind), COMPLETE),
    )


FIGURES = (
    _grown_more(
        "relocated_growth_above_city",
        _("搬迁户收入增幅比全市农村居民高出"),
        _(
            "易地搬迁户当年已结束各季度的人均纯收入同比增幅（两年各季度收入都齐全的户），"
            "减去同期全市农村居民人均可支配收入增速（地区参照数）。纯收入与统计部门的可支配收入口径不同。"
        ),
        _RELOCATED,
        Area.CITY,
        _("搬迁户增幅"),
        _("全市农村居民增速"),
    ),
    _grown_more(
        "lifted_out_growth_above_county",
        _("脱贫户收入增幅比全县农村居民高出"),
        _(
            "脱贫户当年已结束各季度的人均纯收入同比增幅（两年各季度收入都齐全的户），"
            "减去同期全县农村居民人均可支配收入增速（地区参照数）。纯收入与统计部门的可支配收入口径不同。"
        ),
        _LIFTED_OUT,
        Area.COUNTY,
        _("脱贫户增幅"),
        _("全县农村居民增速"),
    ),
    Figure(
        id="relocated_income_against_province",
        name=_("搬迁户人均收入与全省（自治区）农村居民之比"),
        unit=SHARE,
        definition=_(
            "易地搬迁户当年已结束各季度的人均纯收入（当年各季度收入都齐全的户，人数取期末在户人口），"
            "除以同期全省（自治区）农村居民人均可支配收入（地区参照数）。纯收入与统计部门的可支配收入口径不同。"
        ),
        compute=_against(_RELOCATED, Area.PROVINCE),
        parts=(
            Part("now", _("本期人均纯收入"), "元"),
            Part("compared", _("全省（自治区）农村居民人均可支配收入"), "元"),
            HOUSEHOLDS,
        ),
        behind=Behind.sums("households", counted(_RELOCATED, years=1), COMPLETE),
    ),
    Figure(
        id="farmers_growth_above_province",
        name=_("全县农村居民收入增速比全省高出"),
        unit="百分点",
        definition=_(
            "全县农村居民人均可支配收入当年累计增速减去全省（自治区）同期增速，都取统计部门发布、录入地区参照数的数。"
        ),
        compute=_farmers_above_province,
        parts=(
            Part("growth", _("全县增速"), SHARE),
            Part("compared", _("全省（自治区）增速"), SHARE),
        ),
        of_places=False,
    ),
)
