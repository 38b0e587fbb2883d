"""Numbers of rules as exact fractions in SQL, compared without dividing.

A number is scale × numerator / denominators, where the numerator is a whole-number SQL text (or 1),
the denominators are positive whole-number columns (NULL where they would be 0) and the scale is an
exact fraction. `a < b` becomes a × b's denominators < b × a's denominators, all in whole numbers.
Bit bounds decide where 64 bits are enough; a rule that could leave 126 bits is refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from anju.rules.dialects import Dialect
from anju.rules.errors import ExpressionError

_PLAIN_BITS: Final = 62  # a BIGINT keeps one bit for the sign and one for a sum
_EXACT_BITS: Final = 125  # 38 decimal digits hold 126 bits


@dataclass(frozen=True)
class Whole:
    """A whole-number SQL text and how many bits its magnitude can take."""

    sql: str
    bits: int
    wide: bool = False  # already in the exact type


@dataclass(frozen=True)
class Term:
    """scale × numerator / (denominators multiplied)."""

    numerator: Whole | None
    denominators: tuple[Whole, ...]
    scale: Fraction

    @classmethod
    def constant(cls, value: Fraction | int) -> Term:
        """A number known before the query runs."""
        return cls(None, (), Fraction(value))

    @property
    def is_constant(self) -> bool:
        """Whether it is the same for every household."""
        return self.numerator is None and not self.denominators


class Fractions:
    """Arithmetic and comparison of terms in one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def compared(self, operator: str, left: Term, right: Term) -> str:
        """A condition: NULL where either side cannot be known."""
        common = math.lcm(left.scale.denominator, right.scale.denominator)
        first = self._product(int(left.scale * common), left.numerator, right.denominators)
        second = self._product(int(right.scale * common), right.numerator, left.denominators)
        return f"{first.sql} {operator} {second.sql}"

    def multiplied(self, left: Term, right: Term) -> Term:
        """left × right."""
        numerators = [whole for whole in (left.numerator, right.numerator) if whole is not None]
        numerator: Whole | None = None
        if len(numerators) == 2:
            numerator = self._product(1, numerators[0], (numerators[1],))
        elif numerators:
            numerator = numerators[0]
        return Term(numerator, left.denominators + right.denominators, left.scale * right.scale)

    def added(self, left: Term, right: Term, sign: int) -> Term:
        """left + right, or left - right for a sign of -1."""
        if left.is_constant and right.is_constant:
            return Term.constant(left.scale + sign * right.scale)
        if left == Term.constant(0) and not right.is_constant:
            return Term(right.numerator, right.denominators, sign * right.scale)
        common = math.lcm(left.scale.denominator, right.scale.denominator)
        below = left.denominators
        if right.denominators == below:
            # Of one number of heads: a / m + b / m is (a + b) / m, and stays as small.
            first = self._product(int(left.scale * common), left.numerator, ())
            second = self._product(sign * int(right.scale * common), right.numerator, ())
        else:
            first = self._product(int(left.scale * common), left.numerator, right.denominators)
            second = self._product(sign * int(right.scale * common), right.numerator, below)
            below += right.denominators
        bits = max(first.bits, second.bits) + 1
        first, second = self._widened(first, bits), self._widened(second, bits)
        wide = first.wide or second.wide
        whole = Whole(f"({first.sql} + {second.sql})", bits, wide)
        return Term(whole, below, Fraction(1, common))

    def rounded(self, term: Term, factor: int = 1) -> str:
        """The value × factor as a BIGINT, half a unit away from zero; NULL where unknown."""
        scale = term.scale * factor
        if term.is_constant:
            return f"CAST({_half_up(scale)} AS BIGINT)"
        top = self._product(scale.numerator, term.numerator, ())
        if not term.denominators and scale.denominator == 1:
            return f"CAST({top.sql} AS BIGINT)"
        below = self._product(scale.denominator, None, term.denominators)
        return self.half_up(top.sql, below.sql)

    def half_up(self, top: str, below: str) -> str:
        """top / below in whole numbers, `below` positive; half a unit away from zero.

        Quotient and rest apart, because twice the top might not fit; the quotient is written twice
        and computed once.
        """
        quotient = self._dialect.quotient.format(f"ABS({top})", f"{below}")
        rest = f"(ABS({top}) - {quotient} * {below})"
        up = f"CASE WHEN {rest} >= {below} - {rest} THEN 1 ELSE 0 END"
        away = f"({quotient} + {up})"
        return f"CAST(CASE WHEN {top} < 0 THEN -{away} ELSE {away} END AS BIGINT)"

    def _product(
        self, factor: int, numerator: Whole | None, denominators: tuple[Whole, ...]
    ) -> Whole:
        """factor × numerator × denominators, in a type that holds it."""
        factors = ([numerator] if numerator is not None else []) + list(denominators)
        if not factors:
            return Whole(str(factor), factor.bit_length())
        bits = sum(whole.bits for whole in factors)
        bits += factor.bit_length() if factor not in (1, -1) else 0
        if len(factors) == 1 and factor == 1:
            return factors[0]
        wide = self._widened(factors[0], bits)
        texts = [wide.sql] + [whole.sql for whole in factors[1:]]
        if factor != 1:
            texts.insert(0, str(factor) if factor > 0 else f"({factor})")
        is_wide = wide.wide or any(whole.wide for whole in factors)
        return Whole("(" + " * ".join(texts) + ")", bits, is_wide)

    def _widened(self, whole: Whole, bits: int) -> Whole:
        """The same number in a type for that many bits."""
        if bits > _EXACT_BITS:
            raise ExpressionError(
                zh="算式可能超出 38 位整数；请少乘几项或缩短小数。",
                en="the expression can leave 38 digits: multiply fewer things or shorten decimals.",
            )
        if bits <= _PLAIN_BITS or whole.wide:
            return whole
        return Whole(f"CAST({whole.sql} AS {self._dialect.exact_type})", whole.bits, wide=True)


def _half_up(value: Fraction) -> int:
    whole, rest = divmod(abs(value.numerator), value.denominator)
    up = 1 if 2 * rest >= value.denominator else 0
    return (whole + up) * (1 if value >= 0 else -1)
