"""Trying a pack's rules: are their expressions sound, and do their examples come out as written?

Expressions are worked out here in plain Python over one row at a time, in three values (True,
False, None for unknown), so that a rule is tried without any database.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

from anju.policies.tables import Table
from anju.rules import expressions
from anju.rules.compiling import Compiler
from anju.rules.dialects import DUCKDB
from anju.rules.errors import ExpressionError, PackError
from anju.rules.expression_nodes import (
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
    nodes,
)
from anju.rules.months import Month
from anju.rules.pack_model import Fact, Rule
from anju.rules.pack_parts import Part, merged
from anju.rules.parameters import Values

Answer = bool | int | Fraction | str | None

_ARITHMETIC: Final[Mapping[str, Callable[[Fraction, Fraction], Fraction]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SHOWN: Final = {True: "hit", False: "no hit", None: "unknown"}
_SHOWN_ZH: Final = {True: "命中", False: "不命中", None: "未知"}


def try_rules(chain: list[Part]) -> None:
    """Note, at the tables of each part, what is wrong with its rules' expressions and examples.

    A rule is tried with the parameters of the pack that writes it: its examples were made for
    those, and a child's other line must not make a parent's example wrong.
    """
    for length in range(1, len(chain) + 1):
        whole = merged(chain[:length])
        for rule in chain[length - 1].rules.values():
            table = chain[length - 1].tables["rule", rule.id]
            if not _unsound(table, rule, whole):
                _look_for_room(table, rule, whole)
                _try_examples(table, rule, whole)
                _look_for_values(table, rule, whole)


def _unsound(table: Table, rule: Rule, whole: Part) -> bool:
    problems = expressions.check_rule(rule, whole.parameters)
    for problem in problems:
        parts = ("when", "observe", "threshold", "show")
        named = (part for part in parts if problem.en.startswith(f"rule {rule.id}: {part} "))
        table.note(next(named, "when"), problem.zh, problem.en)
    return bool(problems)


def _look_for_room(table: Table, rule: Rule, whole: Part) -> None:
    """Every part must fit whole numbers of 38 digits with the values of the examples' month."""
    checked = expressions.check(rule, whole.parameters)
    values = Values(whole.id, whole.parameters, Month.parse(rule.examples.month))
    numbers = {name: Fraction(values[name].value) for name in checked.parameters if name in values}
    if set(checked.parameters) - set(numbers):
        return  # told of by its examples
    compiler = Compiler(DUCKDB, numbers, quarters_ended=3)  # thirds leave the least room
    parts: dict[str, Callable[[], object]] = {
        "when": lambda: compiler.condition(checked.when),
        "observe": lambda: compiler.shown(checked.observe),
        "threshold": lambda: compiler.shown(checked.threshold),
    }
    for part, written in parts.items():
        try:
            written()
        except ExpressionError as problem:
            table.note(part, problem.zh, problem.en)


def _try_examples(table: Table, rule: Rule, whole: Part) -> None:
    condition = expressions.check(rule, whole.parameters).when
    month = Month.parse(rule.examples.month)
    if not rule.holds_on(month.last_day):
        table.note(
            ("examples", "month"),
            f"{month} 时规则不在有效期内。",
            f"the rule does not hold in {month}: use a month in which it does.",
        )
        return
    values = Values(whole.id, whole.parameters, month)
    for kind, number, row in _rows(rule):
        path = ("examples", kind, number)
        needed = _facts_of(condition)
        if set(needed) != set(row):
            listed = ", ".join(needed)
            table.note(
                path,
                f"应恰好写规则用到的事实:{listed}。",
                f"must give exactly the facts of the rule: {listed}.",
            )
            continue
        try:
            answer = evaluate(condition, row, values)
        except (PackError, TypeError) as error:
            table.note(path, f"算不出来:{error}", f"cannot be worked out: {error}")
            continue
        expected = kind == "hit"
        if answer is not expected:
            found = answer if answer is None else bool(answer)
            table.note(
                path,
                f"应当{_SHOWN_ZH[expected]},结果{_SHOWN_ZH[found]}。",
                f"should be: {_SHOWN[expected]}; it is: {_SHOWN[found]}.",
            )


def _look_for_values(table: Table, rule: Rule, whole: Part) -> None:
    """A rule with days of its own needs values of its parameters on the first and the last."""
    days = {"from": rule.from_, "until": rule.until and rule.until - timedelta(days=1)}
    for key, day in days.items():
        if day is None:
            continue
        month = Month.of(day)
        if not rule.holds_on(month.last_day):
            month = month.shift(-1)  # the day is not the month's last: it is not asked for
        values = Values(whole.id, whole.parameters, month)
        for name in expressions.check(rule, whole.parameters).parameters:
            if rule.holds_on(month.last_day) and name not in values:
                table.note(
                    key,
                    f"规则在 {month} 有效,而参数 {name} 那时没有值。",
                    f"the rule holds in {month}, in which parameter {name} has no value.",
                )


def _rows(rule: Rule) -> Iterator[tuple[str, int, Mapping[str, Fact]]]:
    for kind, rows in (
        ("hit", rule.examples.hit),
        ("miss", rule.examples.miss),
        ("near", rule.examples.near),
    ):
        for number, row in enumerate(rows):
            yield kind, number, row


def _facts_of(condition: Node) -> list[str]:
    found = (node.id for node in nodes(condition) if isinstance(node, FactRef))
    return list(dict.fromkeys(found))


def evaluate(node: Node, row: Mapping[str, Fact], values: Mapping[str, object]) -> Answer:
    """The value of an expression over one row; None where what it needs is unknown.

    `values` gives each parameter an object with `.value`. Amounts per head are given as they are
    (fen per head), not as a sum and a number of people.
    """
    if isinstance(node, FactRef):
        return row[node.id]
    if isinstance(node, ParameterRef):
        found = getattr(values[node.id], "value", None)
        return found if isinstance(found, (int, Fraction)) else None
    if isinstance(node, (Number, Code, Truth)):
        return node.value
    if isinstance(node, OneOf):
        held = row[node.fact.id]
        return None if held is None else held in node.codes
    if isinstance(node, Logic):
        return _logic(node, row, values)
    return _of_two(node, row, values)


def _of_two(
    node: Arithmetic | Comparison, row: Mapping[str, Fact], values: Mapping[str, object]
) -> Answer:
    left, right = evaluate(node.left, row, values), evaluate(node.right, row, values)
    if left is None or right is None:
        return None
    if isinstance(node, Comparison):
        return _COMPARISONS[node.operator](left, right)
    if isinstance(left, str) or isinstance(right, str):
        raise TypeError(f"'{left}' {node.operator} '{right}'")
    return _ARITHMETIC[node.operator](Fraction(left), Fraction(right))


def _logic(node: Logic, row: Mapping[str, Fact], values: Mapping[str, object]) -> bool | None:
    parts = [evaluate(part, row, values) for part in node.parts]
    if node.operator == "NOT":
        return None if parts[0] is None else not parts[0]
    settling = node.operator == "OR"  # a True settles OR, a False settles AND
    if any(part is settling for part in parts):
        return settling
    return None if any(part is None for part in parts) else not settling
