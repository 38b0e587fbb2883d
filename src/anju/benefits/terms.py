"""What a scheme pays, as values that are kept with it: read from the policy pack once, on its day.

Plain Python. Money in fen, shares exact. Kept as JSON, so that a claim of long ago gives the same
amount whatever the pack says today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Self

from anju.rules.pack_model import Benefit, DatedBenefit, Document


@dataclass(frozen=True, slots=True)
class Basis:
    """Where the figures come from: a clause of a document, or why there is none."""

    doc: str = ""
    clause: str = ""
    title: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """The figures and conditions of a scheme.

    Either `amount` (fen for each of what `measure` counts), or `rate` (a share of a measured sum), or
    neither: then what was asked for, up to `cap`. `per` says for whom or what a cap is counted.
    """

    unit: str = "元"
    measure: str = ""
    per: str = ""
    amount: int | None = None
    rate: Fraction | None = None
    cap: int | None = None
    conditions: tuple[str, ...] = ()
    eligibility: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    source: str = ""
    open: str = ""
    basis: Basis = Basis()

    def __post_init__(self) -> None:
        if self.amount is not None and self.rate is not None:
            raise ValueError("Terms pay an amount for each, or a share of a sum; not both.")

    @property
    def by_quantity(self) -> bool:
        """Whether claims say how many (and not how much money)."""
        return self.amount is not None

    @property
    def is_set(self) -> bool:
        """Whether there is a figure to compute with."""
        return not (self.amount is None and self.rate is None and self.cap is None)

    @property
    def counted(self) -> str:
        """What a quantity counts: 张 of 元/张; empty where claims say sums."""
        return self.unit.partition("/")[2] if self.by_quantity else ""

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it."""
        plain = asdict(self)
        plain["rate"] = None if self.rate is None else str(self.rate)
        return plain

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> Self:
        """From what JSON kept."""
        values = dict(kept)
        values["rate"] = None if values.get("rate") is None else Fraction(values["rate"])
        for name in ("conditions", "eligibility", "excludes"):
            values[name] = tuple(values.get(name, ()))
        values["basis"] = Basis(**values.get("basis", {}))
        return cls(**values)


def of_benefit(benefit: Benefit, dated: DatedBenefit, documents: Mapping[str, Document]) -> Terms:
    """What the pack says of a benefit in the time of one of its values."""
    document = documents.get(dated.basis.doc)
    return Terms(
        unit=benefit.unit,
        measure=benefit.measure,
        per=benefit.per,
        amount=dated.amount,
        rate=dated.rate,
        cap=dated.cap,
        conditions=benefit.conditions,
        eligibility=benefit.eligibility,
        excludes=benefit.excludes,
        source=benefit.source,
        open=dated.open,
        basis=Basis(
            dated.basis.doc,
            dated.basis.clause,
            document.title if document else "",
            dated.basis.default,
        ),
    )


def value_on(benefit: Benefit, day: date) -> DatedBenefit | None:
    """What a benefit pays on a day; None where it pays nothing then."""
    return next((each for each in benefit.values if each.holds_on(day)), None)


def decided(
    terms: Terms,
    *,
    amount: int | None = None,
    rate: Fraction | None = None,
    cap: int | None = None,
) -> Terms:
    """The terms with the figures an office decided, where the pack leaves them open."""
    return replace(terms, amount=amount, rate=rate, cap=cap)
