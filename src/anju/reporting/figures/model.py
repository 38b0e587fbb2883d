"""What a figure is: its words, how it is computed, and the list that lies behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Final

from django.db.models import Q
from django.utils.functional import Promise

from anju.accounts.scope import Scope

Text = str | Promise
SHARE: Final = "比例"
_PLACES: Final = Decimal("0.0001")


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
    """A figure with what it is made of. `value` is None where it cannot be told; `note` says why.

    `unknown` is how many could not be counted in, because the registers do not know enough of them.
    """

    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    unknown: int = 0
    note: Text = ""
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

    `is_exact` is whether the list has those rows and no others; `of_run` adds the run it rests on.
    """

    list: str
    filters: Mapping[str, str] = field(default_factory=dict)
    is_exact: bool = True
    of_run: bool = False


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
