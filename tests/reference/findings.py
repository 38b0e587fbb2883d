"""Findings: every rule asked of every household, and the level that follows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.reference.expressions import evaluate, facts_in
from tests.reference.facts import facts_of
from tests.reference.household import NOT_APPLICABLE, Value
from tests.reference.measures import base_units
from tests.reference.world import Row, World

LEVELS = ("red", "orange", "yellow", "hint")


@dataclass(frozen=True)
class Finding:
    """One household and one rule: a hit, or a gap in the data."""

    household_id: int
    rule: str
    status: str
    level: str
    risk: str
    observed: int | None
    threshold: int | None
    observed_text: str | None
    threshold_text: str | None


@dataclass(frozen=True)
class Tally:
    """One rule in one place: households that hit it, gaps, and households there are."""

    hits: int
    unknown: int
    households: int


@dataclass(frozen=True)
class Answer:
    """What a run says: facts by household, findings in order, and what follows from them."""

    facts: Mapping[int, Mapping[str, Value]]
    findings: list[Finding]
    levels: Mapping[int, str]
    not_applicable: set[str]
    places: Mapping[tuple[str, str], Tally]
    left_out: Mapping[str, int]


def run(world: World, values: Mapping[str, Any], rules: Iterable[Any], as_of: date) -> Answer:
    """Judge a world on a day by the rules and the parameter values that hold in that month."""
    parameters = {name: value.value for name, value in values.items()}
    units = {name: value.unit for name, value in values.items()}
    facts = {
        household: facts_of(world, household, as_of, parameters) for household in world.households
    }
    rules = list(rules)
    left_out = {rule.id for rule in rules if _does_not_apply(rule, facts)}
    findings = [
        finding
        for rule in rules
        if rule.id not in left_out
        for household in facts
        if (finding := _judge(household, rule, facts[household], parameters, units))
    ]
    findings.sort(key=lambda finding: (finding.household_id, finding.rule))
    return Answer(
        facts=facts,
        findings=findings,
        levels=_levels(findings),
        not_applicable=left_out,
        places=_places(world, findings),
        left_out=world.left_out,
    )


def _does_not_apply(rule: Any, facts: Mapping[int, Mapping[str, Value]]) -> bool:
    """ "Rules that need a fact that cannot exist yet are left out of that month." """
    needed = set().union(*(facts_in(text) for text in (rule.when, rule.observe, rule.threshold)))
    return any(of[name] is NOT_APPLICABLE for of in facts.values() for name in needed)


def _judge(
    household: int,
    rule: Any,
    facts: Mapping[str, Value],
    parameters: Mapping[str, Value],
    units: Mapping[str, str],
) -> Finding | None:
    truth = evaluate(rule.when, facts, parameters)
    if truth is False:
        return None
    observed = evaluate(rule.observe, facts, parameters)
    threshold = evaluate(rule.threshold, facts, parameters)
    return Finding(
        household_id=household,
        rule=rule.id,
        status="hit" if truth else "unknown",
        level=rule.level,
        risk=rule.risk,
        observed=base_units(observed, rule.observe, units),
        threshold=base_units(threshold, rule.threshold, units),
        observed_text=observed if isinstance(observed, str) else None,
        threshold_text=threshold if isinstance(threshold, str) else None,
    )


def _levels(findings: Iterable[Finding]) -> dict[int, str]:
    """ "A household's level is that of its highest hit." """
    levels: dict[int, str] = {}
    for finding in findings:
        if finding.status == "hit":
            known = levels.get(finding.household_id, finding.level)
            levels[finding.household_id] = min(known, finding.level, key=LEVELS.index)
    return levels


def _places(world: World, findings: Iterable[Finding]) -> dict[tuple[str, str], Tally]:
    """Findings counted for county, township and village: prefixes of 6, 9 and 12 digits."""
    homes = Counter(place for row in world.households.values() for place in _prefixes(row))
    statuses: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        for place in _prefixes(world.households[finding.household_id]):
            statuses[place, finding.rule, finding.status] += 1
    return {
        (place, rule): Tally(
            hits=statuses[place, rule, "hit"],
            unknown=statuses[place, rule, "unknown"],
            households=homes[place],
        )
        for place, rule, _ in statuses
    }


def _prefixes(household: Row) -> list[str]:
    """County, township and village of a household; none where its village is unknown."""
    village = household["village_code"]
    return [village[:digits] for digits in (6, 9, 12)] if village else []
