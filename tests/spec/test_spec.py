"""The drawn cases: expected against the reference, the reference against the engines."""

from __future__ import annotations

import os

import pytest

from tests.reference.facts import FACTS
from tests.spec import runs
from tests.spec.drawn import Case, all_cases
from tests.spec.environment import spark_is_missing

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
def test_duckdb_gives_the_facts_of_the_reference(group: runs.Group):
    _same_facts(group, "duckdb")


@GROUPS
def test_duckdb_gives_the_findings_of_the_reference(group: runs.Group):
    _same_findings(group, "duckdb")


@pytest.mark.spark
@pytest.mark.slow
@pytest.mark.skipif(
    spark_is_missing() is not None and "ANJU_NO_SKIP" not in os.environ,
    reason=spark_is_missing() or "",
)
@GROUPS
def test_spark_gives_what_duckdb_gives(group: runs.Group):
    on_spark, on_duckdb = (runs.engine_output(group, name) for name in ("spark", "duckdb"))

    for name in ("facts", "findings", "levels", "rollup"):
        theirs, ours = ((out / f"{name}.parquet").read_bytes() for out in (on_spark, on_duckdb))
        assert theirs == ours, name


def _same_facts(group: runs.Group, engine: str) -> None:
    expected = runs.shown_facts(runs.reference_answer(group))
    given = runs.fact_rows(runs.engine_output(group, engine))

    assert set(given) == set(expected)
    assert set(FACTS) <= set(next(iter(given.values())))
    different = [
        f"{_place(household)}: {name} is {given[household][name]!r}, reference {value!r}"
        for household, facts in expected.items()
        for name, value in facts.items()
        if given[household][name] != value
    ]
    assert not different, "\n".join(different)


def _same_findings(group: runs.Group, engine: str) -> None:
    answer = runs.reference_answer(group)
    given = runs.finding_rows(runs.engine_output(group, engine))
    expected = [
        {column: getattr(finding, column) for column in runs.FINDING_COLUMNS}
        for finding in answer.findings
    ]

    assert sorted(given, key=_key) == given
    missing = [row for row in expected if row not in given]
    surplus = [row for row in given if row not in expected]
    assert not missing and not surplus, _difference(missing, surplus)
    assert runs.level_rows(runs.engine_output(group, engine)) == answer.levels


def _key(row: dict) -> tuple[int, str]:
    return row["household_id"], row["rule"]


def _place(household: int) -> str:
    number, place = divmod(household, 100)
    case = all_cases()[number - 1]
    return f"{case.file}:{case.line} {case.homes[place]}"


def _difference(missing: list[dict], surplus: list[dict]) -> str:
    lines = [f"reference only: {_place(row['household_id'])} {row}" for row in missing]
    lines += [f"engine only:    {_place(row['household_id'])} {row}" for row in surplus]
    return "\n".join(lines[:40])
