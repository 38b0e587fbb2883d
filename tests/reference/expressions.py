"""Rule expressions: three-valued truth and exact fractions over facts and parameters.

The text is taken apart by sqlglot's parser; every value is worked out here. Unknown behaves as
SQL's NULL does: a comparison with it is unknown, `false and unknown` is false, `true or unknown`
is true.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

import sqlglot
from sqlglot import exp
from tests.reference.household import NOT_APPLICABLE, Value

Names = Mapping[str, Value]


class NotUnderstood(Exception):
    """The expression uses something that the reference has no reading for."""


@lru_cache(maxsize=4096)
def parse(text: str) -> exp.Expression:
    return sqlglot.parse_one(text)


def facts_in(text: str) -> set[str]:
    """The names of the facts an expression reads."""
    return {column.name for column in parse(text).find_all(exp.Column)}


def parameters_in(text: str) -> set[str]:
    return {str(found.this) for found in parse(text).find_all(exp.Placeholder)}


def evaluate(text: str, facts: Names, parameters: Names) -> Value:
    """The value of an expression; None where it is unknown."""
    return _value(parse(text), facts, parameters)


def _value(node: exp.Expression, facts: Names, parameters: Names) -> Value:
    match node:
        case exp.Column():
            value = facts[node.name]
            if value is NOT_APPLICABLE:
                raise NotUnderstood(f"{node.name} does not apply; the rule is left out before")
            return value
        case exp.Placeholder():
            return parameters[str(node.this)]
        case exp.Literal():
            return str(node.this) if node.is_string else Fraction(str(node.this))
        case exp.Boolean():
            return bool(node.this)
    operands = [_value(child, facts, parameters) for child in _children(node)]
    return _OPERATIONS[_known(node)](*operands)


def _children(node: exp.Expression) -> Iterator[exp.Expression]:
    yield from node.iter_expressions()


def _known(node: exp.Expression) -> type[exp.Expression]:
    if type(node) not in _OPERATIONS:
        raise NotUnderstood(f"{type(node).__name__}: {node.sql()}")
    return type(node)


def _strict(function: Callable[..., Value]) -> Callable[..., Value]:
    """Unknown as soon as one operand is."""

    def applied(*operands: Value) -> Value:
        return None if None in operands else function(*operands)

    return applied


def _and(left: Value, right: Value) -> Value:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _or(left: Value, right: Value) -> Value:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def _not(truth: Value) -> Value:
    return None if truth is None else not truth


def _in(value: Value, *choices: Value) -> Value:
    """A chain of equalities joined by or, as in SQL."""
    outcome: Value = False
    for choice in choices:
        outcome = _or(outcome, _strict(operator.eq)(value, choice))
    return outcome


def _between(value: Value, low: Value, high: Value) -> Value:
    return _and(_strict(operator.ge)(value, low), _strict(operator.le)(value, high))


_OPERATIONS: dict[type[exp.Expression], Callable[..., Value]] = {
    exp.Paren: lambda value: value,
    exp.And: _and,
    exp.Or: _or,
    exp.Not: _not,
    exp.EQ: _strict(operator.eq),
    exp.NEQ: _strict(operator.ne),
    exp.LT: _strict(operator.lt),
    exp.LTE: _strict(operator.le),
    exp.GT: _strict(operator.gt),
    exp.GTE: _strict(operator.ge),
    exp.Add: _strict(operator.add),
    exp.Sub: _strict(operator.sub),
    exp.Mul: _strict(operator.mul),
    exp.Neg: _strict(operator.neg),
    exp.In: _in,
    exp.Between: _between,
}
