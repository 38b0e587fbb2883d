"""What an expression measures, and so the whole number by which findings show it."""

from collections.abc import Mapping
from fractions import Fraction

from sqlglot import exp
from tests.reference.expressions import NotUnderstood, parse
from tests.reference.facts import COUNTS, DAYS, MONEY, TEXTS, TRUTHS, half_up
from tests.reference.household import Value

_KINDS = {
    **dict.fromkeys(COUNTS, "count"),
    **dict.fromkeys(DAYS, "days"),
    **dict.fromkeys(MONEY, "money"),
    **dict.fromkeys(TEXTS, "text"),
    **dict.fromkeys(TRUTHS, "truth"),
}


def measure_of(text: str, units: Mapping[str, str]) -> str:
    """count, days, money, share, number, text or truth; `units` are those of the parameters."""
    return _measure(parse(text), units)


def _measure(node: exp.Expression, units: Mapping[str, str]) -> str:
    match node:
        case exp.Paren() | exp.Neg():
            return _measure(node.this, units)
        case exp.Column():
            return _KINDS[node.name]
        case exp.Placeholder():
            return _of_unit(units[str(node.this)])
        case exp.Literal():
            return "text" if node.is_string else "number"
        case exp.Add() | exp.Sub():
            return _first_named(_measure(node.this, units), _measure(node.expression, units))
        case exp.Mul():
            factors = _measure(node.this, units), _measure(node.expression, units)
            return _first_named(*(factor for factor in factors if factor != "share"), "share")
    if isinstance(node, exp.Predicate | exp.Connector | exp.Not | exp.Boolean):
        return "truth"
    raise NotUnderstood(f"{type(node).__name__}: {node.sql()}")


def _first_named(*measures: str) -> str:
    """A bare number takes the measure of what it is added to or multiplied with."""
    return next((measure for measure in measures if measure != "number"), "number")


def _of_unit(unit: str) -> str:
    if "元" in unit:
        return "money"
    if "比例" in unit or "%" in unit:
        return "share"
    return "days" if "天" in unit else "count"


def base_units(value: Value, measure: str) -> int | None:
    """Fen, persons, days, or basis points of a share, half-up; None for text and unknown."""
    if value is None or isinstance(value, str | bool):
        return None
    return half_up(Fraction(value) * 10_000 if measure == "share" else value)
