"""The whole numbers by which findings show values: fen, persons, days, basis points of a share."""

from collections.abc import Mapping
from fractions import Fraction

from sqlglot import exp
from tests.reference.expressions import parse
from tests.reference.facts import half_up
from tests.reference.household import Value


def base_units(value: Value, text: str, units: Mapping[str, str]) -> int | None:
    """The value of an expression, half-up; None for unknown, text and truth.

    `units` are those of the parameters: they tell a share from a count.
    """
    if value is None or isinstance(value, str | bool):
        return None
    is_share = _is_share(parse(text), units)
    return half_up(Fraction(value) * 10_000 if is_share else value)


def _is_share(node: exp.Expression, units: Mapping[str, str]) -> bool:
    """A share is a parameter in 比例 on its own, or reckoned with numbers and other shares."""
    if node.find(exp.Column):
        return False
    named = {units[str(found.this)] for found in node.find_all(exp.Placeholder)}
    return named == {"比例"}
