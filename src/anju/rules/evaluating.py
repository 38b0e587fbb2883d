"""Rules made ready for one month: which can run, with which parameter values, as which SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from anju.rules import catalogue, checked_rules
from anju.rules.compiling import Compiler, Shown
from anju.rules.dialects import Dialect
from anju.rules.errors import ExpressionError
from anju.rules.expression_nodes import CheckedRule
from anju.rules.pack_model import Rule, Value
from anju.rules.packs import Pack
from anju.rules.windows import AGES, Windows

_Given = TypeVar("_Given")
_Written = TypeVar("_Written")


@dataclass(frozen=True)
class RuleText:
    """A rule as SQL; `number` is its place in the alphabetical order of ids."""

    number: int
    rule: Rule
    condition: str
    observed: Shown
    threshold: Shown


@dataclass(frozen=True)
class NotApplicable:
    """A rule that cannot be asked in a month, and the facts that cannot exist yet."""

    rule: Rule
    facts: tuple[str, ...]


@dataclass(frozen=True)
class MonthRules:
    """A pack's rules in one month, sorted into those that run and those that do not apply."""

    running: tuple[CheckedRule, ...]
    rules: Mapping[str, Rule]
    not_applicable: tuple[NotApplicable, ...]
    values: Mapping[str, Value]  # the parameters read, in order of name

    def texts(self, compiler: Compiler) -> tuple[RuleText, ...]:
        """The running rules as SQL, in order of id."""
        return tuple(
            RuleText(
                number=number,
                rule=self.rules[checked.id],
                condition=_named(checked, "when", compiler.condition, checked.when),
                observed=_named(checked, "observe", compiler.shown, checked.observe),
                threshold=_named(checked, "threshold", compiler.shown, checked.threshold),
            )
            for number, checked in enumerate(self.running)
        )


def month_rules(pack: Pack, windows: Windows, values: Mapping[str, Value]) -> MonthRules:
    """Check every rule of the month; raises `ExpressionError` or, for a value not there, `PackError`."""
    rules = {rule.id: rule for rule in pack.rules_in(windows.month)}
    running: list[CheckedRule] = []
    not_applicable: list[NotApplicable] = []
    ordered = [rules[rule_id] for rule_id in sorted(rules)]
    for checked in checked_rules.checked(ordered, pack.parameters):
        missing = _not_yet(checked, windows)
        if missing:
            not_applicable.append(NotApplicable(rules[checked.id], missing))
        else:
            running.append(checked)
    read = {name for checked in running for name in checked.parameters} | set(AGES)
    return MonthRules(
        running=tuple(running),
        rules=rules,
        not_applicable=tuple(not_applicable),
        values={name: values[name] for name in sorted(read)},
    )


def compiler(dialect: Dialect, rules: MonthRules, windows: Windows) -> Compiler:
    """The compiler for a month's values."""
    numbers = {name: Fraction(value.value) for name, value in rules.values.items()}
    return Compiler(dialect, numbers, windows.quarters_ended)


def _not_yet(checked: CheckedRule, windows: Windows) -> tuple[str, ...]:
    if windows.quarters_ended:
        return ()
    facts = catalogue.load()
    return tuple(name for name in checked.facts if facts[name].needs_quarter)


def _named(
    checked: CheckedRule, part: str, written: Callable[[_Given], _Written], given: _Given
) -> _Written:
    """What a compiler writes; its refusal with the rule and the part it is about."""
    try:
        return written(given)
    except ExpressionError as error:
        raise ExpressionError(
            zh=f"规则 {checked.id} 的 {part}：{error.zh}",
            en=f"rule {checked.id}: {part} {error.en}",
        ) from error
