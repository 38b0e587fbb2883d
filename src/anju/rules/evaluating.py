"""Rules made ready for one month: which can run, with which parameter values, as which SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from anju.rules import catalogue, expressions
from anju.rules.compiling import Compiler, Shown
from anju.rules.dialects import Dialect
from anju.rules.errors import ExpressionError
from anju.rules.pack_model import Rule, Value
from anju.rules.packs import Pack
from anju.rules.windows import AGES, Windows


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

    running: tuple[expressions.CheckedRule, ...]
    rules: Mapping[str, Rule]
    not_applicable: tuple[NotApplicable, ...]
    values: Mapping[str, Value]  # the parameters read, in order of name

    def texts(self, compiler: Compiler) -> tuple[RuleText, ...]:
        """The running rules as SQL, in order of id."""
        return tuple(
            RuleText(
                number=number,
                rule=self.rules[checked.id],
                condition=_condition(compiler, checked),
                observed=compiler.shown(checked.observe),
                threshold=compiler.shown(checked.threshold),
            )
            for number, checked in enumerate(self.running)
        )


def month_rules(pack: Pack, windows: Windows, values: Mapping[str, Value]) -> MonthRules:
    """Check every rule of the month; raises `ExpressionError` or, for a value not there, `PackError`."""
    rules = {rule.id: rule for rule in pack.rules_in(windows.month)}
    running: list[expressions.CheckedRule] = []
    not_applicable: list[NotApplicable] = []
    for rule_id in sorted(rules):
        checked = expressions.check(rules[rule_id], pack.parameters)
        missing = _not_yet(checked, windows)
        if missing:
            not_applicable.append(NotApplicable(rules[rule_id], missing))
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


def _not_yet(checked: expressions.CheckedRule, windows: Windows) -> tuple[str, ...]:
    if windows.quarters_ended:
        return ()
    facts = catalogue.load()
    return tuple(name for name in checked.facts if facts[name].needs_quarter)


def _condition(compiler: Compiler, checked: expressions.CheckedRule) -> str:
    try:
        return compiler.condition(checked.when)
    except ExpressionError as error:
        raise ExpressionError(
            zh=f"规则 {checked.id}：{error.zh}", en=f"rule {checked.id}: {error.en}"
        ) from error
