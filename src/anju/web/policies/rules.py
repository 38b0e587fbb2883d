"""The warning rules and parameters of a pack in words, as they hold in a month."""

from __future__ import annotations

from dataclasses import dataclass

from anju.language import in_language, is_chinese
from anju.rules import saying
from anju.rules.checked_rules import checked
from anju.rules.months import Month
from anju.rules.pack_model import DatedValue, Parameter, Rule
from anju.rules.packs import Pack
from anju.rules.parameters import Values
from anju.rules.saying import Named
from anju.web import words as registers
from anju.web.policies.words import Clause, clause, clauses, figure, time


@dataclass(frozen=True)
class RuleShown:
    """A rule: what it asks, what clears it, what it rests on."""

    id: str
    name: str
    level: str
    risk: str
    condition: str
    clears: str
    clauses: list[Clause]
    time: str
    lacks: list[str]  # parameters without a value in the month: the rule does not run


@dataclass(frozen=True)
class ParameterShown:
    """A threshold: its value in the month (empty without one), and all its values in time."""

    id: str
    name: str
    value: str
    clause: Clause | None
    history: list[tuple[str, str, Clause]]


def rules_of(pack: Pack, month: Month) -> tuple[list[RuleShown], list[RuleShown]]:
    """Those in force in the month, highest level first, and the others."""
    named = _named(pack, month)
    values = pack.values(month)
    shown = []
    for rule, found in zip(pack.rules, checked(pack.rules, pack.parameters), strict=True):
        condition = saying.condition(found.when, named, "zh" if is_chinese() else "en")
        lacks = [named[id_].name for id_ in found.parameters if id_ not in values]
        shown.append((rule, _rule(rule, pack, condition, lacks)))
    order = list(registers.LEVELS)
    shown.sort(key=lambda pair: order.index(pair[0].level))
    held = {rule.id for rule in pack.rules_in(month)}
    return (
        [each for rule, each in shown if rule.id in held],
        [each for rule, each in shown if rule.id not in held],
    )


def parameters_of(pack: Pack, month: Month) -> list[ParameterShown]:
    """All thresholds, by name."""
    values = pack.values(month)
    return [_parameter(each, pack, values, month) for each in pack.parameters.values()]


def _named(pack: Pack, month: Month) -> dict[str, Named]:
    values = pack.values(month)
    return {
        id_: Named(
            in_language(each.name, each.name_en),
            figure(values[id_].value, each.unit) if id_ in values else "",
        )
        for id_, each in pack.parameters.items()
    }


def _rule(rule: Rule, pack: Pack, condition: str, lacks: list[str]) -> RuleShown:
    return RuleShown(
        id=rule.id,
        name=in_language(rule.name, rule.name_en),
        level=rule.level,
        risk=str(registers.risk(rule.risk)),
        condition=condition,
        clears=in_language(rule.clears, rule.clears_en),
        clauses=clauses(rule.basis, pack.documents),
        time=time(rule.from_, rule.until),
        lacks=lacks,
    )


def _parameter(parameter: Parameter, pack: Pack, values: Values, month: Month) -> ParameterShown:
    held = next((each for each in parameter.values if each.holds_on(month.last_day)), None)
    has_value = held is not None and parameter.id in values
    return ParameterShown(
        id=parameter.id,
        name=in_language(parameter.name, parameter.name_en),
        value=figure(values[parameter.id].value, parameter.unit) if has_value else "",
        clause=clause(held.basis, pack.documents) if held is not None else None,
        history=[_then(each, parameter.unit, pack) for each in parameter.values],
    )


def _then(dated: DatedValue, unit: str, pack: Pack) -> tuple[str, str, Clause]:
    value = f"= {dated.formula}" if dated.value is None else figure(dated.value, unit)
    return time(dated.from_, dated.until), value, clause(dated.basis, pack.documents)
