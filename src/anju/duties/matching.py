"""Whether a number read from a plan is one that the policy pack already follows.

Plain values only. Names alone rarely agree ("培训持证率", "持证率达到"), so the clause, the unit and the
number itself count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

NEARLY: Final = 0.85
HALF: Final = 0.5
_SAME_UNITS: Final = {
    "名": "人", "位": "人", "家": "个", "处": "个", "座": "个", "所": "个", "场": "场次",
    "个百分点": "百分点", "间": "个",
}  # fmt: skip
_PER_CENT: Final = ("%", "％")
_SHARE: Final = "比例"
_FILLING: Final = re.compile(r"[^\w]|达到?|当年|每年|全县|累计|力争|确保|实现|不低于|不少于|以上")


@dataclass(frozen=True, slots=True)
class Number:
    """A number to be reached, as somebody writes it; `due_on` is None where no day is named."""

    name: str
    unit: str
    value: Decimal
    clause: str
    due_on: date | None = None
    upper: Decimal | None = None


def key(name: str) -> str:
    """A name without what may differ between two writings of it."""
    return _FILLING.sub("", name)


def clause_key(clause: str) -> str:
    """A clause or the key of a measure, without its separators: 二/(二)/1 is 二(二)1."""
    return clause.replace("/", "").replace("（", "(").replace("）", ")")


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1: the pairs of neighbouring characters they share."""
    one, other = key(one), key(other)
    if one == other:
        return 1.0 if one else 0.0
    pairs, others = _pairs(one), _pairs(other)
    if not pairs or not others:
        return 0.0
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def in_unit(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """The value in another unit; None where one cannot be had from the other."""
    if unit in _PER_CENT and wanted == _SHARE:
        return value / 100
    return value if _SAME_UNITS.get(unit, unit) == _SAME_UNITS.get(wanted, wanted) else None


def score(said: Number, known: Number) -> float:
    """How surely two numbers are one; 0 where they are not.

    They are where the names are nearly the same, or where the value and the day agree and either the
    clause is the same or the names are half alike.
    """
    value = in_unit(said.value, said.unit, known.unit)
    if value is None:
        return 0.0
    alike = likeness(said.name, known.name)
    is_same_clause = clause_key(said.clause) == clause_key(known.clause)
    is_same_value = value == known.value and _days_agree(said, known)
    if alike < NEARLY and not (is_same_value and (is_same_clause or alike >= HALF)):
        return 0.0
    return 1 + alike + is_same_clause + is_same_value


def best(said: Number, known: Iterable[Number]) -> Number | None:
    """The known number that this one is; None where it is none of them, the first of equals."""
    scored = [(score(said, each), each) for each in known]
    most, found = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return found if most else None


def _days_agree(said: Number, known: Number) -> bool:
    return said.due_on is None or known.due_on is None or said.due_on == known.due_on


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}
