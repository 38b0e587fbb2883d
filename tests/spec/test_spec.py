"""The drawn cases: expected against the reference, the reference against the engines."""

from __future__ import annotations

import pytest
from tests.spec import runs
from tests.spec.agreement import differences
from tests.spec.drawn import Case, all_cases

CASES = pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.id)
GROUPS = pytest.mark.parametrize("group", runs.groups(), ids=lambda group: group.id)


@CASES
def test_the_reference_gives_the_facts_that_the_case_expects(case: Case):
    answer = runs.reference_answer(runs.group_of(case))

    for household, facts in case.facts.items():
        known = answer.facts[case.household_id(household)]
        given = {name: known[name] for name in facts}
        assert given == facts, household
        assert {n: type(v) is bool for n, v in given.items()} == {
            n: type(v) is bool for n, v in facts.items()
        }


@CASES
def test_the_reference_gives_the_verdicts_that_the_case_expects(case: Case):
    answer = runs.reference_answer(runs.group_of(case))
    status = {(f.household_id, f.rule): f.status for f in answer.findings}
    verdicts = {"hit": "hits", "unknown": "unknown", None: "misses"}

    for household, rule, verdict in case.verdicts:
        name = case.rule_id(rule)
        assert name in {known.id for known in runs.pack_of(runs.group_of(case)).rules}
        if verdict == "absent":
            assert name in answer.not_applicable
            continue
        assert name not in answer.not_applicable
        given = verdicts[status.get((case.household_id(household), name))]
        assert given == verdict, f"{household}: {rule}"


@CASES
def test_the_reference_shows_the_values_that_the_case_expects(case: Case):
    answer = runs.reference_answer(runs.group_of(case))
    findings = {(f.household_id, f.rule): f for f in answer.findings}

    for drawn in case.findings:
        expected = dict(drawn)
        household = case.household_id(expected.pop("household", "") or "H")
        finding = findings[household, case.rule_id(expected.pop("rule"))]
        assert {column: _text(getattr(finding, column)) for column in expected} == expected
    for household, level in case.levels.items():
        assert answer.levels.get(case.household_id(household)) == level


def _text(value: object) -> str:
    return "?" if value is None else str(value)


@GROUPS
def test_duckdb_gives_what_the_reference_gives(group: runs.Group):
    out = runs.duckdb_output(group)

    found = differences(runs.reference_answer(group), out, _place)

    assert not found, "\n".join(found[:40])


def _place(household: int) -> str:
    number, place = divmod(household, 100)
    case = all_cases()[number - 1]
    return f"{case.file}:{case.line} {case.homes[place]}"
