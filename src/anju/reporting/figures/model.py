"""What a figure is: its words, how it is computed, and the list that lies behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from django.db.models import Q, QuerySet
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
    NEVER_SEEN = "never_seen"
    NO_WORKSHOPS = "no_workshops"
    NO_CLASSES = "no_classes"
    NO_LEVELS = "no_levels"
    NO_REFERENCE = "no_reference"
    NO_SERVICES = "no_services"

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
    Why.NO_WORKSHOPS: _("台账中没有新社区工厂，或没有岗位数，不能计算。请先导入就业帮扶车间台账。"),
    Why.NEVER_SEEN: _("各村都还没有核实记录，不能计算。请先导入村卫生室情况表或登记核实情况。"),
    Why.NO_CLASSES: _("还没有村庄分类，不能计算。请先在“村庄分类”中为重点村分类。"),
    Why.NO_LEVELS: _("在任的包点都没有登记包抓层级，不能计算。请先在“包点”中补登。"),
    Why.NO_REFERENCE: _("还没有录入同期的地区参照数，不能比较。录入后自动补算。"),
    Why.NO_SERVICES: _("还没有登记过这项社区服务，不能计算。请先在“社区服务”中登记有没有。"),
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

    `unknown` is how many could not be counted in, because the registers do not know enough of them;
    `rest` how many of the denominator are not in the numerator, where that is no part of it.
    """

    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    unknown: int = 0
    rest: int | None = None
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
            "rest": self.rest,
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


class Side(StrEnum):
    """Which of the rows behind a number are meant."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    REST = "rest"  # of the denominator, those the numerator lacks
    COUNTED = "counted"  # what sums rest on, where the number is no count of rows


#: Keys of the rows of a list, as the right side of `pk__in`.
Keys = Callable[[Asked], "QuerySet[Any] | Sequence[int | str]"]


@dataclass(frozen=True)
class Behind:
    """The list that lies behind a figure, and which of its rows make the number.

    `rows` gives, for each side, the keys of those rows and no others; `filters` are what the list needs
    to show them all. A list without `rows` is related, or by its filters just what was counted
    (`is_exact`). `of_run` adds the run it rests on. Where two days are compared, `then` is the other one of a
    day, and the numerator is no part of the denominator.
    """

    list: str
    filters: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[Side, Keys] = field(default_factory=dict)
    words: Text = ""  # what the rows of REST or COUNTED are
    of_run: bool = False
    is_exact: bool = False
    then: Callable[[date], date] | None = None

    @classmethod
    def share(cls, list_: str, part: Keys, whole: Keys, rest: Text = "", **filters: str) -> Behind:
        """Of a share: the rows of the whole, those of the part, and in words what the others are."""
        rows = {Side.NUMERATOR: part, Side.DENOMINATOR: whole}
        if rest:
            rows[Side.REST] = whole
        return cls(list_, filters, rows, rest)

    @classmethod
    def count(cls, list_: str, rows: Keys, **filters: str) -> Behind:
        """Of a count: the rows counted."""
        return cls(list_, filters, {Side.NUMERATOR: rows})

    @classmethod
    def sums(cls, list_: str, rows: Keys, words: Text, **filters: str) -> Behind:
        """Of a number that is no count of rows: the rows it is about, and in words what they are."""
        return cls(list_, filters, {Side.COUNTED: rows}, words)

    def select(self, rows: QuerySet[Any], side: Side, asked: Asked) -> QuerySet[Any]:
        """The rows of a list that are meant."""
        found = rows.filter(pk__in=self.rows[side](asked))
        if side is Side.REST and Side.NUMERATOR in self.rows:
            return found.exclude(pk__in=self.rows[Side.NUMERATOR](asked))
        return found


@dataclass(frozen=True)
class Figure:
    """One figure. A change of what it counts is a new `version`: values keep theirs. One that is not
    `of_places` is told of the whole county only.
    """

    id: str
    name: Text
    unit: str
    definition: Text
    compute: Callable[[Asked], Made]
    numerator: Text = ""
    denominator: Text = ""
    behind: Behind | None = None
    parts: tuple[Part, ...] = ()
    of_places: bool = True
    version: int = 1
