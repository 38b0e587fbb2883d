"""Checked rule expressions as SQL over the columns of the household facts.

The text keeps SQL's three values: what cannot be known is NULL, never false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from anju.rules import catalogue
from anju.rules.catalogue import Fact
from anju.rules.dialects import Dialect
from anju.rules.expression_nodes import (
    NUMBERS,
    Arithmetic,
    Code,
    Comparison,
    FactRef,
    Logic,
    Node,
    Number,
    OneOf,
    ParameterRef,
    Truth,
)
from anju.rules.fractions_in_sql import Fractions, Term, Whole

BASIS_POINTS: Final = 10_000
# Magnitudes in bits: money and days come from the data as they are; counts are rows of one household.
_BITS: Final = {"count": 40, "days": 63, "money": 63, "per_head": 63}
_COUNT_BITS: Final = 40


@dataclass(frozen=True)
class Shown:
    """A value as two SQL texts: the whole number (base units) and the code; one of them is NULL."""

    number: str
    text: str


class Compiler:
    """Compiles for one dialect, month's parameter values and number of quarters ended."""

    def __init__(
        self,
        dialect: Dialect,
        parameters: Mapping[str, Fraction],
        quarters_ended: int,
    ) -> None:
        self._dialect = dialect
        self._fractions = Fractions(dialect)
        self._parameters = parameters
        self._divisors = {"quarters_ended": quarters_ended}

    def condition(self, node: Node) -> str:
        """The SQL condition: TRUE, FALSE, or NULL where it cannot be known."""
        if isinstance(node, FactRef):
            return node.id
        if isinstance(node, Truth):
            return "TRUE" if node.value else "FALSE"
        if isinstance(node, OneOf):
            return f"{node.fact.id} IN ({', '.join(_quoted(code) for code in node.codes)})"
        if isinstance(node, Comparison):
            return self._comparison(node)
        if isinstance(node, Logic):
            parts = [f"({self.condition(part)})" for part in node.parts]
            return f"NOT {parts[0]}" if node.operator == "NOT" else f" {node.operator} ".join(parts)
        raise TypeError(f"no condition: {node!r}")

    def shown(self, node: Node | None) -> Shown:
        """The value in base units: fen, persons, days; basis points for shares; codes as text."""
        if node is None or node.type == "boolean":
            return Shown(self._null("BIGINT"), self._null(self._dialect.text_type))
        if node.type in NUMBERS:
            factor = BASIS_POINTS if node.type == "share" else 1
            number = self._fractions.rounded(self._term(node), factor)
            return Shown(number, self._null(self._dialect.text_type))
        text = _quoted(node.value) if isinstance(node, Code) else self._column(node)
        return Shown(self._null("BIGINT"), f"CAST({text} AS {self._dialect.text_type})")

    def fact_column(self, fact: Fact) -> str:
        """A fact as it stands in `facts.parquet`: fractions half-up to whole fen."""
        if not fact.is_fraction:
            return f"CAST({fact.id} AS BIGINT)" if fact.type in NUMBERS else fact.id
        return self.shown(FactRef(fact.id, fact.type)).number

    def _comparison(self, node: Comparison) -> str:
        if node.left.type in NUMBERS:
            left, right = self._term(node.left), self._term(node.right)
            return self._fractions.compared(node.operator, left, right)
        return f"{self._plain(node.left)} {node.operator} {self._plain(node.right)}"

    def _plain(self, node: Node) -> str:
        if isinstance(node, Code):
            return _quoted(node.value)
        if isinstance(node, FactRef):
            return node.id
        return f"({self.condition(node)})"

    def _term(self, node: Node) -> Term:
        if isinstance(node, Number):
            return Term.constant(node.value)
        if isinstance(node, ParameterRef):
            return Term.constant(self._parameters[node.id])
        if isinstance(node, FactRef):
            return self._fact(catalogue.load()[node.id])
        if isinstance(node, Arithmetic):
            left, right = self._term(node.left), self._term(node.right)
            if node.operator == "*":
                return self._fractions.multiplied(left, right)
            return self._fractions.added(left, right, 1 if node.operator == "+" else -1)
        raise TypeError(f"no number: {node!r}")

    def _fact(self, fact: Fact) -> Term:
        scale = Fraction(1)
        if fact.divisor:
            # With no quarter ended the fact is not applicable and its numerator NULL.
            scale = Fraction(1, self._divisors[fact.divisor] or 1)
        below = (Whole(fact.denominator, _COUNT_BITS),) if fact.denominator else ()
        return Term(Whole(fact.numerator, _BITS[fact.type]), below, scale)

    def _column(self, node: Node) -> str:
        if isinstance(node, FactRef):
            return node.id
        raise TypeError(f"no code: {node!r}")

    def _null(self, type_: str) -> str:
        return f"CAST(NULL AS {type_})"


def _quoted(code: str) -> str:
    return "'" + code.replace("'", "''") + "'"
