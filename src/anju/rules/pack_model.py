"""What a policy pack says, as frozen values: documents, parameters, rules, and the plan's promises.

Money is integer fen, shares are exact fractions, counts are integers. A dated thing holds from its
`from_` day (included) until its `until` day (excluded); a month is asked by its last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

LEVELS: Final = ("red", "orange", "yellow", "hint")
RISKS: Final = (
    "income", "employment", "medical", "disability", "death", "education", "insurance", "housing",
    "water", "disaster", "allowance", "labour", "loan", "help", "means",
)  # fmt: skip
SUBJECTS: Final = ("household",)
ROLES: Final = ("lead", "cooperating", "responsible", "implementing")
OPERATORS: Final = (">=", ">", "=", "<", "<=")
BOUNDS: Final = ("at_most", "at_least")
LIMIT_UNITS: Final = ("天", "工作日", "个月", "次/月", "次/季度", "次/半年", "次/年", "截止日")

#: Units that code names.
SHARE: Final = "比例"
YUAN: Final = "元"

# What a unit counts: decides how a value is written in the file and shown to people.
UNIT_KINDS: Final = {
    "元": "money", "元/人": "money", "元/人·年": "money", "元/人·月": "money", "元/户": "money",
    "元/户·年": "money", "元/张": "money", "元/斤": "money", "元/台": "money",
    "比例": "share",
    "人": "count", "户": "count", "天": "count", "周岁": "count", "个月": "count", "次": "count",
    "家": "count", "套": "count",
    "等级": "grade", "是否": "flag",
}  # fmt: skip
PARAMETER_UNITS: Final = tuple(
    unit for unit, kind in UNIT_KINDS.items() if kind in {"money", "share", "count"}
)


@dataclass(frozen=True)
class Document:
    """A plan document a pack rests on, with the key its clauses are cited by."""

    id: str
    title: str
    number: str
    dated: date


@dataclass(frozen=True)
class Basis:
    """Why a value or a rule is as it is: a clause of a document, or a default to be confirmed."""

    doc: str = ""
    clause: str = ""
    default: str = ""
    default_en: str = ""  # the same reason in English

    @property
    def is_default(self) -> bool:
        """True where no document states it and somebody must confirm it."""
        return bool(self.default)

    def __str__(self) -> str:
        return f"默认,待确认:{self.default}" if self.default else f"{self.doc} {self.clause}"


@dataclass(frozen=True)
class DatedValue:
    """One value of a parameter in time: a number, or a formula over other parameters."""

    from_: date
    until: date | None
    value: int | Fraction | None
    formula: str
    basis: Basis

    def holds_on(self, day: date) -> bool:
        """Whether the value is the one in force on that day."""
        return self.from_ <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Parameter:
    """A threshold or age that rules refer to as ``:id``; values in order of time, no overlaps."""

    id: str
    name: str
    name_en: str
    unit: str
    values: tuple[DatedValue, ...]

    @property
    def kind(self) -> str:
        """``money`` (fen), ``share`` or ``count``."""
        return UNIT_KINDS.get(self.unit, "count")


@dataclass(frozen=True)
class Value:
    """A parameter as it holds in one month, with where it comes from."""

    id: str
    value: int | Fraction
    unit: str
    basis: Basis
    from_: date
    is_default: bool  # itself a default, or computed from one


Fact = int | bool | str | None


@dataclass(frozen=True)
class Examples:
    """Rows of facts with the answer a rule must give; `near` are near misses. None is unknown."""

    month: str
    hit: tuple[dict[str, Fact], ...]
    miss: tuple[dict[str, Fact], ...]
    near: tuple[dict[str, Fact], ...]


@dataclass(frozen=True)
class Rule:
    """A warning rule: a condition over facts and parameters, and what people need to understand it."""

    id: str
    name: str
    name_en: str
    subject: str
    when: str
    observe: str
    threshold: str
    unit: str
    level: str
    risk: str
    clears: str
    clears_en: str
    basis: tuple[Basis, ...]
    show: tuple[str, ...]
    examples: Examples
    from_: date | None
    until: date | None
    pack: str  # the pack that wrote it
    hash: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on that day."""
        return (self.from_ is None or self.from_ <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True)
class Drop:
    """A parent's rule that a pack leaves out, and why."""

    rule: str
    basis: Basis


@dataclass(frozen=True)
class DatedBenefit:
    """What a benefit pays in a time: an amount a unit (fen), a share of a measured sum, or not yet set."""

    from_: date
    until: date | None
    amount: int | None
    rate: Fraction | None
    cap: int | None
    open: str  # why there is no figure, where the plan leaves it to a later paper
    basis: Basis

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.from_ <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Benefit:
    """A subsidy, allowance or loan the plan promises."""

    id: str
    name: str
    name_en: str
    who: str
    measure: str  # what the amount or the rate is multiplied by
    unit: str
    per: str  # what a cap is counted for
    conditions: tuple[str, ...]
    values: tuple[DatedBenefit, ...]
    recipient: str = ""  # who is paid by a roll; empty where nobody is (a standard, a loan's terms)
    eligibility: tuple[str, ...] = ()  # codes that registers answer (`anju.rules.entitlement`)
    excludes: tuple[str, ...] = ()  # benefits that nobody has besides this one for the same time
    source: str = ""  # which register holds the measure
    pay_by: str = ""  # the limit that says until when it is paid


@dataclass(frozen=True)
class Target:
    """A figure to be reached by a day; `upper` closes a range."""

    by: date
    value: Decimal
    upper: Decimal | None
    basis: Basis


@dataclass(frozen=True)
class Indicator:
    """A promise in numbers, with its targets in order of time."""

    id: str
    name: str
    name_en: str
    unit: str
    operator: str
    computable: bool  # from registers of the kind this system keeps; otherwise a unit reports it
    targets: tuple[Target, ...]
    figure: str = ""  # how it is computed; empty where it is not, or where that register is to come


@dataclass(frozen=True)
class DatedLimit:
    """A time limit as it holds in a time: a number of the limit's unit, or a closing day."""

    from_: date
    until: date | None
    value: int | None
    by: date | None
    basis: Basis

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.from_ <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Limit:
    """How soon, how long or how often something must be done."""

    id: str
    name: str
    name_en: str
    unit: str
    bound: str
    values: tuple[DatedLimit, ...]

    def value_on(self, day: date) -> int | None:
        """The number in force on a day; None where there is none, or a closing day instead."""
        held = (each for each in reversed(self.values) if each.from_ <= day)
        found = next((each for each in held if each.until is None or day < each.until), None)
        return None if found is None else found.value


@dataclass(frozen=True)
class Unit:
    """An office the plan names, with the clauses it answers for in each role."""

    id: str
    name: str
    name_en: str
    doc: str
    roles: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class DatedOrder:
    """Whose word counts for a field in a time: offices, the deciding one first."""

    from_: date
    until: date | None
    offices: tuple[str, ...]
    basis: Basis

    def holds_on(self, day: date) -> bool:
        """Whether the order is in force on that day."""
        return self.from_ <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class SourceOrder:
    """Of one field of the registers: which office's list counts where two offices disagree."""

    id: str  # the field, as lists name it
    name: str
    name_en: str
    values: tuple[DatedOrder, ...]

    def offices_on(self, day: date) -> tuple[str, ...]:
        """The order of the offices on a day; empty before the first one."""
        return next((order.offices for order in self.values if order.holds_on(day)), ())
