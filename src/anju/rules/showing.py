"""The text of `anju rules show` and `anju rules check`: a pack as it holds in a month.

What no document states is marked with an asterisk wherever it stands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from anju.policies.files import Problem
from anju.rules.months import Month
from anju.rules.pack_checks import parameters_in
from anju.rules.pack_model import (
    UNIT_KINDS,
    Basis,
    Benefit,
    DatedBenefit,
    Indicator,
    Limit,
    Parameter,
    Rule,
    SourceOrder,
    Value,
)
from anju.rules.packs import Pack
from anju.rules.parameters import Values

_OPERATORS = {">=": "at least", ">": "more than", "=": "exactly", "<": "less than", "<=": "at most"}
_BOUNDS = {"at_most": "at most", "at_least": "at least"}
_UNITS = {
    "人": "persons", "户": "households", "天": "days", "周岁": "years of age", "个月": "months",
    "次": "times", "家": "firms", "套": "homes", "工作日": "working days", "次/月": "a month",
    "次/季度": "a quarter", "次/半年": "a half-year", "次/年": "a year", "元": "yuan",
    "元/人": "yuan a person", "元/人·年": "yuan a person and year",
    "元/人·月": "yuan a person and month", "元/户": "yuan a household",
    "元/户·年": "yuan a household and year", "元/张": "yuan a sheet", "元/斤": "yuan a jin",
    "元/台": "yuan a machine",
}  # fmt: skip


def show(pack: Pack, month: Month | None = None) -> str:
    """A pack in words: documents, parameters, rules and promises as they hold on the month's last day.

    Without a month, every dated value is listed with the time it holds in.
    """
    lines = [*_head(pack, month), *_documents(pack)]
    lines += _parameters(pack, month)
    lines += _rules(pack, month)
    day = month.last_day if month else None
    lines += _section("BENEFITS", [line for item in pack.benefits for line in _benefit(item, day)])
    lines += _section("TIME LIMITS", [line for item in pack.limits for line in _limit(item, day)])
    lines += _section(
        "INDICATORS", [line for item in pack.indicators for line in _indicator(item, day)]
    )
    lines += _section(
        "SOURCE ORDERS", [line for item in pack.source_orders for line in _order(item, day)]
    )
    lines += _units(pack)
    lines += ["", "* a default: no document states it, and it is to be confirmed."]
    return "\n".join(lines) + "\n"


def checked(problems: Mapping[str, Sequence[Problem]]) -> str:
    """What was found wrong with each pack, a line a problem; sound packs are named too."""
    lines = []
    for pack, found in problems.items():
        lines.append(f"{pack}: {len(found)} problem(s)" if found else f"{pack}: sound")
        lines += [f"  {problem}" for problem in found]
    return "\n".join(lines) + "\n"


def value_text(value: int | Fraction, unit: str) -> str:
    """A value with its unit: money from fen to yuan (half-up to the fen), shares as per cent."""
    kind = UNIT_KINDS.get(unit, "count")
    if kind == "share":
        return f"{_plain(Fraction(value) * 100)} %"
    if kind == "money":
        fen = (abs(Fraction(value)) * 2 + 1) // 2
        yuan, rest = divmod(int(fen), 100)
        sign = "-" if value < 0 else ""
        return f"{sign}{yuan:,}{f'.{rest:02d}' if rest else ''} {_unit(unit)}"
    return f"{_plain(Fraction(value))} {_unit(unit)}"


def _plain(number: Fraction) -> str:
    return f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):,.10g}"


def _unit(unit: str) -> str:
    return _UNITS.get(unit, unit)


def _head(pack: Pack, month: Month | None) -> Iterator[str]:
    yield f"{pack.id}  {pack.name}"
    yield pack.name_en
    yield f"place {pack.place}" + (f"; extends {pack.extends}" if pack.extends else "")
    yield f"hash {pack.hash}"
    if month is not None:
        yield f"as it holds on {month.last_day}"


def _documents(pack: Pack) -> list[str]:
    """The documents that something in the pack cites."""
    cited = {basis.doc for basis in _cited(pack)} | {unit.doc for unit in pack.units}
    lines = []
    for document in pack.documents.values():
        if document.id in cited:
            number = f" ({document.number})" if document.number else ""
            lines.append(f"  {document.id}  {document.title}{number}, {document.dated}")
    return _section("DOCUMENTS", lines)


def _cited(pack: Pack) -> Iterator[Basis]:
    for rule in pack.rules:
        yield from rule.basis
    for parameter in pack.parameters.values():
        yield from (row.basis for row in parameter.values)
    for benefit in pack.benefits:
        yield from (row.basis for row in benefit.values)
    for limit in pack.limits:
        yield from (row.basis for row in limit.values)
    for order in pack.source_orders:
        yield from (row.basis for row in order.values)
    for indicator in pack.indicators:
        yield from (target.basis for target in indicator.targets)


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def _parameters(pack: Pack, month: Month | None) -> list[str]:
    lines: list[str] = []
    if month is None:
        for parameter in pack.parameters.values():
            lines += _all_values(parameter)
        return _section("PARAMETERS", lines)
    values = pack.values(month)
    for parameter in pack.parameters.values():
        if parameter.id in values:
            lines += _one_value(parameter, values[parameter.id], month)
        else:
            first = parameter.values[0].from_
            lines.append(f"  - {parameter.id}  no value in {month} (first from {first})")
    return _section("PARAMETERS", lines)


def _one_value(parameter: Parameter, value: Value, month: Month) -> Iterator[str]:
    mark = "*" if value.is_default else " "
    shown = value_text(value.value, value.unit)
    yield f"  {mark} {_padded(parameter.id, 30)} {shown}, from {value.from_}"
    yield f"      {parameter.name_en} ({parameter.name})"
    formula = next(
        (dated.formula for dated in parameter.values if dated.holds_on(month.last_day)), ""
    )
    if formula:
        yield f"      = {formula}"
    yield f"      {_basis(value.basis)}"


def _all_values(parameter: Parameter) -> Iterator[str]:
    yield f"  {parameter.id}  {parameter.name_en} ({parameter.name})"
    for dated in parameter.values:
        mark = "*" if dated.basis.is_default else " "
        shown = dated.formula if dated.value is None else value_text(dated.value, parameter.unit)
        yield f"    {mark} {_time(dated.from_, dated.until)}: {shown}"
        yield f"        {_basis(dated.basis)}"


def _time(from_: date, until: date | None) -> str:
    return f"from {from_}" + (f" until {until}" if until else "")


def _basis(basis: Basis) -> str:
    if basis.is_default:
        return f"* default: {basis.default_en or basis.default}"
    return f"{basis.doc} {basis.clause}"


def _bases(bases: Iterable[Basis]) -> str:
    return "; ".join(_basis(basis) for basis in bases)


def _rules(pack: Pack, month: Month | None) -> list[str]:
    rules = pack.rules if month is None else pack.rules_in(month)
    values = None if month is None else pack.values(month)
    lines: list[str] = []
    for rule in rules:
        lines += _rule(rule, values)
    result = _section("RULES", lines)
    others = [rule for rule in pack.rules if rule not in rules]
    not_held = [f"  {rule.id}  {_rule_time(rule)}" for rule in others]
    return result + _section(f"RULES NOT IN FORCE IN {month}", not_held)


def _rule(rule: Rule, values: Values | None) -> Iterator[str]:
    yield f"  [{rule.level}] {rule.id}  {rule.name}"
    yield f"      {rule.name_en}"
    yield f"      when    {rule.when}"
    if values is not None:
        for name in parameters_in(f"{rule.when} {rule.threshold}"):
            if name in values:
                value = values[name]
                mark = " *" if value.is_default else ""
                yield f"              :{name} = {value_text(value.value, value.unit)}{mark}"
            else:
                yield f"              :{name} has no value in this month: the rule cannot run"
    yield f"      basis   {_bases(rule.basis)}"
    yield f"      clears  {rule.clears_en}"
    if rule.from_ or rule.until:
        yield f"      holds   {_rule_time(rule)}"


def _rule_time(rule: Rule) -> str:
    parts = [
        f"from {rule.from_}" if rule.from_ else "",
        f"until {rule.until}" if rule.until else "",
    ]
    return " ".join(part for part in parts if part)


def _benefit(benefit: Benefit, day: date | None) -> Iterator[str]:
    for dated in benefit.values:
        if day is None or dated.holds_on(day):
            yield f"  {benefit.id}  {benefit.name_en} ({benefit.name})"
            yield f"      {_figure(benefit, dated)}; {_time(dated.from_, dated.until)}"
            yield f"      {_basis(dated.basis)}"


def _figure(benefit: Benefit, dated: DatedBenefit) -> str:
    parts = []
    if dated.amount is not None:
        parts.append(value_text(dated.amount, benefit.unit))
    if dated.rate is not None:
        parts.append(f"{_plain(dated.rate * 100)} % of {benefit.measure}")
    if dated.cap is not None:
        per = f" a {benefit.per}" if benefit.per else ""
        parts.append(f"at most {value_text(dated.cap, '元')}{per}")
    if dated.open:
        parts.append(f"no figure: {dated.open}")
    return ", ".join(parts)


def _limit(limit: Limit, day: date | None) -> Iterator[str]:
    for dated in limit.values:
        if day is None or dated.holds_on(day):
            if dated.by is not None:
                figure = f"by {dated.by}"
            else:
                figure = f"{_BOUNDS[limit.bound]} {dated.value} {_unit(limit.unit)}"
            mark = "*" if dated.basis.is_default else " "
            yield f"  {mark} {limit.id}  {limit.name_en} ({limit.name}): {figure}"
            yield f"      {_basis(dated.basis)}"


def _order(order: SourceOrder, day: date | None) -> Iterator[str]:
    for dated in order.values:
        if day is None or dated.holds_on(day):
            mark = "*" if dated.basis.is_default else " "
            yield f"  {mark} {order.id}  {order.name_en} ({order.name}): {' > '.join(dated.offices)}"
            yield f"      {_basis(dated.basis)}"


def _indicator(indicator: Indicator, day: date | None) -> Iterator[str]:
    """The targets; in a month, those still to be reached."""
    targets = [target for target in indicator.targets if day is None or target.by >= day]
    if targets:
        how = f"computed as {indicator.figure}" if indicator.figure else "reported"
        yield f"  {indicator.id}  {indicator.name_en} ({indicator.name}); {how}"
    for target in targets:
        upper = f" to {target.upper.normalize():f}" if target.upper is not None else ""
        if indicator.unit == "比例":
            value = f"{(target.value * 100).normalize():f} %"
        else:
            value = f"{target.value.normalize():,f}{upper} {indicator.unit}"
        yield f"      by {target.by}: {_OPERATORS[indicator.operator]} {value}; {_basis(target.basis)}"


def _units(pack: Pack) -> list[str]:
    lines = []
    for unit in pack.units:
        roles = ", ".join(f"{role} {len(clauses)}" for role, clauses in unit.roles.items())
        lines.append(f"  {_padded(unit.name, 24)} {unit.name_en}: {roles}")
    return _section("OFFICES (number of clauses by role)", lines)


def _padded(text: str, columns: int) -> str:
    """The text filled to so many columns of a terminal, where a Han character takes two."""
    wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(0, columns - wide)
