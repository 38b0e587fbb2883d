"""How much a claim is: the figure times the measure, rounded, and cut where a cap is reached.

Plain Python, exact: `Fraction` until the last step. The same terms, measure and room below the cap give
the same amount on any day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final

from django.utils.translation import gettext as _

from anju.benefits.terms import Terms

_HALF: Final = Fraction(1, 2)
#: To how many fen an amount is rounded, and whether halves go up or everything goes down.
_ROUNDING: Final[Mapping[str, tuple[int, bool]]] = {
    "fen": (1, True),
    "yuan": (100, True),
    "yuan_down": (100, False),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in fen: what the formula gives, and what is left of it below the cap."""

    raw: int
    paid: int

    @property
    def cut(self) -> int:
        """What the cap took away."""
        return self.raw - self.paid


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: what, how much, and why or from where."""

    what: str
    value: str
    why: str = ""


def compute(
    terms: Terms, measure: Decimal | int, *, rounding: str = "fen", room: int | None = None
) -> Amount:
    """The amount of one claim.

    `measure`: a quantity, or a sum in fen where the terms take a share of one (or only cap what was
    asked for). `room`: what is left below the cap for whom it is counted; None where nothing is capped.
    Raises ValueError for a measure below zero and for terms that set no figure.
    """
    if measure < 0:
        raise ValueError("A measure is never below zero.")
    if not terms.is_set:
        raise ValueError("These terms set no figure.")
    raw = _rounded(_exact(terms, Fraction(measure)), rounding)
    if room is None:
        return Amount(raw, raw)
    step, _up = _ROUNDING[rounding]
    return Amount(raw, min(raw, max(0, room) // step * step))


def _exact(terms: Terms, measure: Fraction) -> Fraction:
    if terms.amount is not None:
        return terms.amount * measure
    return terms.rate * measure if terms.rate is not None else measure


def _rounded(fen: Fraction, rounding: str) -> int:
    step, up = _ROUNDING[rounding]
    return floor(fen / step + (_HALF if up else 0)) * step


def explain(
    terms: Terms, measure: Decimal | int | None, amount: Amount | None, *, origin: str = ""
) -> tuple[Line, ...]:
    """The amount in lines for people: the measure, the figure with its clause, the sum, the cut.

    `origin` says in words where the measure comes from.
    """
    lines = [Line(_what(terms), measured(terms, measure), origin), figure(terms)]
    if measure is None or amount is None:
        return (
            *lines,
            Line(_("补贴金额"), _("未掌握"), _("填写%(what)s后自动计算") % {"what": _what(terms)}),
        )
    lines.append(Line(_("计算"), f"{_formula(terms, measure)} = {yuan(amount.raw)}"))
    if terms.cap is not None:
        cut = _("按封顶减少 %(cut)s") % {"cut": yuan(amount.cut)} if amount.cut else ""
        lines.append(Line(_("封顶"), capped(terms), cut))
    lines.append(Line(_("补贴金额"), yuan(amount.paid)))
    return tuple(lines)


def measured(terms: Terms, measure: Decimal | int | None) -> str:
    """A measure with its unit, as it is published and listed: 3张, 12,000.00元."""
    if measure is None:
        return _("未掌握")
    if terms.by_quantity:
        return f"{_plain(Decimal(measure))}{terms.counted}"
    return yuan(int(measure))


def yuan(fen: int) -> str:
    """A sum as people read it."""
    return f"{Decimal(fen) / 100:,.2f}" + _("元")


def clause(terms: Terms) -> str:
    """Document and clause the figures come from, or why there is none."""
    basis = terms.basis
    if basis.default:
        return _("默认值，待确认：%(why)s") % {"why": basis.default}
    return " ".join(
        each for each in (f"《{basis.title}》" if basis.title else "", basis.clause) if each
    )


def _what(terms: Terms) -> str:
    return terms.measure or (_("数量") if terms.by_quantity else _("申请金额"))


def figure(terms: Terms) -> Line:
    """What is paid for each, or the share, with its clause."""
    if terms.amount is not None:
        said = f"{yuan(terms.amount)}{terms.unit.removeprefix('元')}"
    elif terms.rate is not None:
        said = _percent(terms.rate)
    else:
        said = _("按申请金额，不超过封顶数")
    return Line(_("补贴标准"), said, clause(terms))


def capped(terms: Terms) -> str:
    """How much at most and for whom; empty without a cap."""
    if terms.cap is None:
        return ""
    cap = yuan(terms.cap)
    if not terms.per:
        return _("最多 %(cap)s") % {"cap": cap}
    return _("每%(per)s最多 %(cap)s") % {"per": terms.per, "cap": cap}


def _formula(terms: Terms, measure: Decimal | int) -> str:
    if terms.amount is not None:
        return f"{measured(terms, measure)} × {yuan(terms.amount)}"
    shown = measured(terms, measure)
    return f"{shown} × {_percent(terms.rate)}" if terms.rate is not None else shown


def _percent(rate: Fraction) -> str:
    value = Decimal(rate.numerator * 100) / Decimal(rate.denominator)
    return f"{_plain(value)}%"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
