"""Checks across the entries of a pack: what one entry names, another must say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.policies.files import KeyPath
from anju.policies.tables import Table
from anju.rules import formulas
from anju.rules.errors import PackError
from anju.rules.pack_model import Basis, Benefit, Parameter, Rule
from anju.rules.pack_parts import Part, merged

_QUOTED = re.compile(r"'(?:[^']|'')*'")
_PARAMETER = re.compile(r"(?<!:):([A-Za-z_][A-Za-z0-9_]*)")


def parameters_in(expression: str) -> tuple[str, ...]:
    """The ``:parameters`` an expression names, each once, in order."""
    return tuple(dict.fromkeys(_PARAMETER.findall(_QUOTED.sub("''", expression))))


def check_parts(chain: list[Part]) -> None:
    """Note, at the tables of each part, every reference that leads nowhere."""
    for length in range(1, len(chain) + 1):
        part, parents = chain[length - 1], chain[: length - 1]
        whole = merged(chain[:length])
        _check_header(part, whole)
        _check_bases(part, whole)
        _check_drops(part, merged(parents) if parents else Part(part.id))
        for parameter in part.parameters.values():
            _check_formulas(part.tables["parameter", parameter.id], parameter, whole)
        for rule in part.rules.values():
            _check_rule(part.tables["rule", rule.id], rule, whole)
        for benefit in part.benefits.values():
            _check_benefit(part.tables["benefit", benefit.id], benefit, whole)
        for unit in part.units.values():
            if unit.doc and unit.doc not in whole.documents:
                _unlisted(part.tables["unit", unit.id], ("doc",), unit.doc, whole)


def _check_header(part: Part, whole: Part) -> None:
    for number, cited in enumerate(part.cites):
        if cited not in whole.documents:
            _unlisted(part.tables["pack", part.id], ("documents", number), cited, whole)


def _check_bases(part: Part, whole: Part) -> None:
    for table, path, basis in _bases(part):
        if basis.doc and basis.doc not in whole.documents:
            _unlisted(table, (*path, "doc"), basis.doc, whole)


def _bases(part: Part) -> Iterator[tuple[Table, KeyPath, Basis]]:
    """Every basis of a part, with the table it belongs to and the path below that table."""
    for rule in part.rules.values():
        for number, basis in enumerate(rule.basis):
            yield part.tables["rule", rule.id], ("basis", number), basis
    for drop in part.drops.values():
        yield part.tables["drop", drop.rule], ("basis",), drop.basis
    for kind, key, dated in _dated(part):
        for number, basis in enumerate(dated):
            name = "targets" if kind == "indicator" else "values"
            yield part.tables[kind, key], (name, number, "basis"), basis


def _dated(part: Part) -> Iterator[tuple[str, str, list[Basis]]]:
    for parameter in part.parameters.values():
        yield "parameter", parameter.id, [row.basis for row in parameter.values]
    for benefit in part.benefits.values():
        yield "benefit", benefit.id, [row.basis for row in benefit.values]
    for limit in part.limits.values():
        yield "limit", limit.id, [row.basis for row in limit.values]
    for order in part.source_orders.values():
        yield "source_order", order.id, [row.basis for row in order.values]
    for indicator in part.indicators.values():
        yield "indicator", indicator.id, [row.basis for row in indicator.targets]


def _check_benefit(table: Table, benefit: Benefit, whole: Part) -> None:
    for number, other in enumerate(benefit.excludes):
        if other not in whole.benefits:
            listed = ", ".join(sorted(whole.benefits))
            table.note(
                ("excludes", number),
                f"没有补贴“{other}”;有:{listed}。",
                f"no benefit '{other}'; there are: {listed}.",
            )
    limit = whole.limits.get(benefit.pay_by)
    if benefit.pay_by and (limit is None or limit.unit != "截止日"):
        days = ", ".join(key for key, each in whole.limits.items() if each.unit == "截止日")
        table.note(
            "pay_by",
            f"“{benefit.pay_by}”不是截止日的时限;有:{days or '无'}。",
            f"'{benefit.pay_by}' is no limit with a closing day; there are: {days or 'none'}.",
        )


def _unlisted(table: Table, path: KeyPath, doc: str, whole: Part) -> None:
    listed = ", ".join(sorted(whole.documents)) or "none"
    table.note(
        path,
        f"文件“{doc}”没有列出;[[document]] 中有:{listed}。",
        f"document '{doc}' is not listed; the [[document]] entries are: {listed}.",
    )


def _check_drops(part: Part, parents: Part) -> None:
    for drop in part.drops.values():
        if drop.rule not in parents.rules:
            listed = ", ".join(parents.rules) or "none"
            part.tables["drop", drop.rule].note(
                "rule",
                f"上级包没有规则“{drop.rule}”;有:{listed}。",
                f"the packs this one extends have no rule '{drop.rule}'; they have: {listed}.",
            )


def _check_formulas(table: Table, parameter: Parameter, whole: Part) -> None:
    for number, dated in enumerate(parameter.values):
        for name in _names(dated.formula):
            if name not in whole.parameters:
                _unknown_parameter(table, ("values", number, "formula"), name, whole)
    circle = _circle(parameter.id, whole, (parameter.id,))
    if circle:
        shown = " → ".join(circle)
        table.note(
            ("values", _first_formula(parameter), "formula"),
            f"公式互相引用成圈:{shown}。",
            f"formulas refer to one another in a circle: {shown}.",
        )


def _first_formula(parameter: Parameter) -> int:
    return next((number for number, dated in enumerate(parameter.values) if dated.formula), 0)


def _names(formula: str) -> tuple[str, ...]:
    """The parameters a formula names; none where it cannot be read (that is noted elsewhere)."""
    try:
        return formulas.parse(formula).names if formula else ()
    except PackError:
        return ()


def _circle(start: str, whole: Part, path: tuple[str, ...]) -> tuple[str, ...]:
    """A way from a parameter back to itself through formulas, or nothing."""
    parameter = whole.parameters.get(path[-1])
    for dated in parameter.values if parameter else ():
        for name in _names(dated.formula):
            if name == start:
                return (*path, name)
            if name not in path and (found := _circle(start, whole, (*path, name))):
                return found
    return ()


def _check_rule(table: Table, rule: Rule, whole: Part) -> None:
    for key, text in (
        ("when", rule.when),
        ("observe", rule.observe),
        ("threshold", rule.threshold),
    ):
        for name in parameters_in(text):
            if name not in whole.parameters:
                _unknown_parameter(table, (key,), name, whole)


def _unknown_parameter(table: Table, path: KeyPath, name: str, whole: Part) -> None:
    listed = ", ".join(sorted(whole.parameters)) or "none"
    table.note(
        path, f"没有参数“{name}”;有:{listed}。", f"no parameter '{name}'; there are: {listed}."
    )
