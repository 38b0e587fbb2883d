"""The drawn cases leave nothing out: every fact and every rule, as hit, as miss and as gap."""

from __future__ import annotations

import pytest
from tests.reference.expressions import facts_in
from tests.reference.facts import FACTS, TEXTS
from tests.reference.household import NOT_APPLICABLE
from tests.spec.drawn import all_cases

from anju.rules import catalogue, packs
from anju.rules.pack_model import Rule

# Facts that the register always settles: counts of rows, members and intervals.
NEVER_UNKNOWN = {
    "members", "members_last_year", "uninsured", "serious_illness_3m", "loan_overdue_3m",
    "monitored", "help_measures", "unsafe_water", "on_dibao", "on_tekun", "allowance_stopped",
    "companies", "commercial_housing",
}  # fmt: skip
RULES = [
    pytest.param(rule, id=f"{pack} {rule.id}")
    for pack in packs.names()
    for rule in packs.load(pack).rules
    if rule.pack == pack
]


def test_the_reference_knows_every_fact_of_the_catalogue_and_no_other():
    assert set(FACTS) == set(catalogue.load())


@pytest.mark.parametrize("fact", sorted(FACTS))
def test_every_fact_is_drawn_as_something_as_nothing_and_as_unknown(fact: str):
    drawn = [facts[fact] for case in all_cases() for facts in case.facts.values() if fact in facts]
    known = {value for value in drawn if value is not None and value is not NOT_APPLICABLE}

    assert any(known), "never drawn with a value"
    if fact not in TEXTS:
        assert len(known) > 1, "always drawn with the same value"
    if fact not in NEVER_UNKNOWN:
        assert None in drawn, "never drawn as unknown"


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_drawn_as_hit_as_miss_and_as_unknown(rule: Rule):
    drawn = {
        verdict
        for case in all_cases()
        if case.pack == rule.pack
        for _, name, verdict in case.verdicts
        if name == rule.id
    }
    wanted = {"hits", "misses"}
    if not facts_in(rule.when) <= NEVER_UNKNOWN:
        wanted.add("unknown")

    assert wanted <= drawn
