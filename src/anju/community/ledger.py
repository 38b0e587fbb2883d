"""The ledger of a maintenance fund: what stands there on each day, and when owners have decided.

Plain Python. Amounts are fen; what goes out is negative.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import itemgetter

Line = tuple[date, int]


def lowest(lines: Iterable[Line]) -> tuple[date | None, int]:
    """The lowest balance at the end of any day, and the first such day; (None, 0) without lines."""
    balance, worst, day_of_worst = 0, 0, None
    for day, of_day in groupby(sorted(lines, key=itemgetter(0)), key=itemgetter(0)):
        balance += sum(amount for _day, amount in of_day)
        if day_of_worst is None or balance < worst:
            worst, day_of_worst = balance, day
    return day_of_worst, worst


def balance(lines: Iterable[Line], on: date) -> int:
    """What stands there at the end of a day."""
    return sum(amount for day, amount in lines if day <= on)


@dataclass(frozen=True, slots=True)
class Rule:
    """How many owners must take part in a vote, and how many of those agree (counted by homes)."""

    present: Fraction  # at least
    favour: Fraction  # more than


@dataclass(frozen=True, slots=True)
class Vote:
    """A decision of the owners: homes there are, homes that took part, homes in favour."""

    homes: int
    present: int
    favour: int

    @property
    def share(self) -> Fraction | None:
        """The part of those who took part that agreed."""
        return Fraction(self.favour, self.present) if self.present > 0 else None


def wrong_with(vote: Vote, rule: Rule) -> str | None:
    """Why a vote decides nothing: `numbers`, `too_few`, `not_agreed`; None where it does decide."""
    if vote.homes <= 0 or not 0 <= vote.favour <= vote.present <= vote.homes:
        return "numbers"
    if Fraction(vote.present, vote.homes) < rule.present:
        return "too_few"
    share = vote.share
    return None if share is not None and share > rule.favour else "not_agreed"
