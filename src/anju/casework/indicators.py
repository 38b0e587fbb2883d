"""The thirteen indicators that are asked again before a risk is marked removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Unit(StrEnum):
    """What an indicator is answered with."""

    FLAG = "flag"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of them. Money is in fen and of the last twelve months; `may_be_negative`: a loss."""

    id: str
    name: str | Promise
    unit: Unit
    may_be_negative: bool = False


_ALL: Final = (
    Indicator("education", _("适龄儿童义务教育有保障"), Unit.FLAG),
    Indicator("housing", _("住房安全"), Unit.FLAG),
    Indicator("medical", _("全家参加基本医疗保险"), Unit.FLAG),
    Indicator("water", _("饮水安全"), Unit.FLAG),
    Indicator("wage", _("工资性收入"), Unit.MONEY),
    Indicator("business", _("生产经营性收入"), Unit.MONEY),
    Indicator("business_cost", _("生产经营性支出"), Unit.MONEY),
    Indicator("property", _("财产性收入"), Unit.MONEY),
    Indicator("transfer", _("转移性收入"), Unit.MONEY),
    Indicator("net_income", _("家庭纯收入"), Unit.MONEY, may_be_negative=True),
    Indicator("net_income_per_capita", _("人均纯收入"), Unit.MONEY, may_be_negative=True),
    Indicator("claims", _("理赔收入"), Unit.MONEY),
    Indicator("self_paid", _("合规自付支出"), Unit.MONEY),
)

INDICATORS: Final[Mapping[str, Indicator]] = MappingProxyType({each.id: each for each in _ALL})
