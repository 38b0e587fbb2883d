"""What a figure is: its words, how it is computed, and the list that lies behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.accounts.scope import Scope

Text = str | Promise
SHARE: Final = "比例"
_PLACES: Final = Decimal("0.0001")


class Why(StrEnum):
    """Why a figure cannot be told; kept beside the empty value."""

    NO_RUN = "no_run"
    NO_FILE = "no_file"
    NOBODY = "nobody"
    NOBODY_THEN = "nobody_then"
    NO_QUARTER = "no_quarter"
    NO_INCOMES = "no_incomes"
    NOT_BOTH = "not_both"
    NO_PROJECTS_THEN = "no_projects_then"
    NO_TRAININGS = "no_trainings"

    @property
    def words(self) -> Text:
        """What people read."""
        return _WHY[self]


_WHY: Final[Mapping[Why, Text]] = {
    Why.NO_RUN: _("当月还没有完成的监测研判，不能计算。完成研判后自动补算。"),
    Why.NO_FILE: _("当月研判的结果文件已不在，不能重算。"),
    Why.NOBODY: _("口径范围内没有可计算的对象。"),
    Why.NOBODY_THEN: _("对比日的劳动力台账没有记录，不能比较。"),
    Why.NO_QUARTER: _("当年还没有结束的季度，不能计算。"),
    Why.NO_INCOMES: _("没有各期收入都齐全的户，不能计算。"),
    Why.NO_TRAININGS: _("最近一年没有培训记录，不能计算。请先导入就业培训名册。"),
    Why.NO_PROJECTS_THEN: _("项目库中没有上年的衔接资金项目，不能比较。请先导入上年的项目库清单。"),
    Why.NOT_BOTH: _("安置区和其他地方都要有网格和农户，才能比较。"),
}


@dataclass(frozen=True)
class Asked:
    """Of which day (the last of a month) and of which places; None is the whole county."""

    on: date
    scope: Scope | None = None

    @property
    def month(self) -> str:
        """The month of the day, as runs are named."""
        return f"{self.on:%Y-%m}"

    @property
    def year_begins(self) -> date:
        """The first day of the year."""
        return date(self.on.year, 1, 1)

    def within(self, field: str = "village_code") -> Q:
        """The places as a condition on rows that hold a village code."""
        return Q() if self.scope is None else self.scope.q(field, grid=None)


@dataclass(frozen=True)
class Made:
    """A figure with what it is made of. `value` is None where it cannot be told; `why` says why.

    `unknown` is how many could not be counted in, because the registers do not know enough of them.
    """

    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    unknown: int = 0
    why: Why | None = None
    run: int | None = None
    known_on: date | None = None
    parts: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def of(cls, exact: Fraction | int, **said: Any) -> Made:
        """A value that is known, half-up to four decimals."""
        return cls(rounded(exact), **said)

    def kept(self) -> dict[str, Any]:
        """The parts as plain values, to be stored beside the number."""
        kept = {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "unknown": self.unknown,
            "why": None if self.why is None else str(self.why),
            "run": self.run,
            "known_on": None if self.known_on is None else self.known_on.isoformat(),
        }
        kept.update({name: str(part) for name, part in self.parts.items()})
        return {name: part for name, part in kept.items() if part is not None}


def rounded(exact: Fraction | int) -> Decimal:
    """Half-up to four decimals, half away from zero."""
    exact = Fraction(exact)
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return value.quantize(_PLACES, ROUND_HALF_UP)


@dataclass(frozen=True)
class Part:
    """A number that a figure rests on besides its numerator and denominator."""

    id: str
    name: Text
    unit: str


@dataclass(frozen=True)
class Behind:
    """The list that lies behind a figure: which list, with what filters.

    `is_exact` is whether the list has those rows and no others; `of_run` adds the run it rests on,
    `of_year` the year of the value.
    """

    list: str
    filters: Mapping[str, str] = field(default_factory=dict)
    is_exact: bool = True
    of_run: bool = False
    of_year: bool = False


@dataclass(frozen=True)
class Figure:
    """One figure. A change of what it counts is a new `version`: values keep theirs."""

    id: str
    name: Text
    unit: str
    definition: Text
    compute: Callable[[Asked], Made]
    numerator: Text = ""
    denominator: Text = ""
    behind: Behind | None = None
    parts: tuple[Part, ...] = ()
    version: int = 1
