"""Figures over a run's facts, each against a small county counted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from tests.unit.reporting.conftest import HOUSEHOLD, SOUTH, Facts

from anju.accounts.scope import Scope
from anju.reporting.figures import Asked, Why, compute
from anju.rules import catalogue

pytestmark = pytest.mark.django_db
SEPTEMBER = Asked(date(2023, 9, 30))
IDLE = {"employed": 0}
UNKNOWN = {"labour": None, "employed": None}
OLD = {"labour": 0, "employed": 0}
RELOCATED = {"relocated": True}
ORDINARY = {"class": "ordinary"}

COUNTED = [
    # figure, households, value, numerator, denominator, unknown
    ("zero_employment_households", [{}, IDLE, IDLE, OLD, UNKNOWN], 2, 2, 4, 1),
    ("zero_employment_households", [{}, OLD], 0, 0, 2, 0),
    (
        "employed_per_household_lifted_out",
        [{"employed": 3, "labour": 3}, IDLE, OLD, UNKNOWN, {**IDLE, **ORDINARY}],
        "0.5", 1, 2, 1,
    ),
    ("employed_per_household_relocated", [RELOCATED, IDLE], 1, 1, 1, 0),
    (
        "employed_followed",
        [{"employed": 2, "labour": 3}, ORDINARY, {**ORDINARY, "monitored": True}, UNKNOWN],
        3, 3, 4, 1,
    ),
    ("out_of_school", [{}, {"out_of_school": 2}, {"out_of_school": None}], 2, 2, 2, 1),
    (
        "lifted_out_insured",
        [{"members": 4, "uninsured": 1}, {}, {**ORDINARY, "uninsured": 2}],
        "0.8333", 5, 6, 0,
    ),
    (
        "no_labour_covered",
        [{**OLD, "on_dibao": True, "members": 3}, {**OLD, "members": 1}, {"on_tekun": True}, UNKNOWN],
        "0.75", 3, 4, 1,
    ),
    ("monitored_households", [{}, {"monitored": True}, {"monitored": True}], 2, 2, 3, 0),
    (
        "monitored_helped",
        [{"monitored": True, "help_measures": 2}, {"monitored": True}, {"help_measures": 1}],
        "0.5", 1, 2, 0,
    ),
    ("unsafe_homes", [{}, {"housing_grade": "D"}, {"housing_grade": None}], 1, 1, 2, 1),
]  # fmt: skip


@pytest.mark.parametrize(("figure", "households", "value", "part", "whole", "unknown"), COUNTED)
def test_a_figure_counts_what_a_hand_counts(
    facts: Facts, figure, households, value, part, whole, unknown
):
    run = facts(*households)
    made = compute(figure, SEPTEMBER)
    assert (made.value, made.numerator, made.denominator) == (Decimal(value), part, whole)
    assert (made.unknown, made.run, made.known_on) == (unknown, run.pk, run.known_on)


@pytest.mark.parametrize("figure", sorted({row[0] for row in COUNTED}))
def test_nothing_to_count_is_unknown_and_never_zero(facts: Facts, figure):
    facts()
    made = compute(figure, SEPTEMBER)
    assert (made.value, made.why) == (None, Why.NOBODY)


def test_where_all_households_are_unclear_the_figure_is_unknown(facts: Facts):
    facts(UNKNOWN, UNKNOWN)
    made = compute("zero_employment_households", SEPTEMBER)
    assert (made.value, made.unknown, made.why) == (None, 2, Why.NOBODY)


def test_a_town_counts_its_own_households(facts: Facts):
    facts(IDLE, {**IDLE, "village_code": SOUTH}, {"village_code": SOUTH})
    south = Asked(SEPTEMBER.on, Scope.of(["529901102000"]))
    assert compute("zero_employment_households", south).value == 1
    assert compute("zero_employment_households", SEPTEMBER).value == 2
    assert compute("zero_employment_households", Asked(SEPTEMBER.on, Scope())).value is None


def test_without_a_run_of_the_month_or_its_file_the_figure_says_so(facts: Facts, tmp_path):
    facts(IDLE)
    august = compute("zero_employment_households", Asked(date(2023, 8, 31)))
    assert (august.value, august.why) == (None, Why.NO_RUN)
    (tmp_path / "2023-09" / "result" / "facts.parquet").unlink()
    assert compute("zero_employment_households", SEPTEMBER).why == Why.NO_FILE


def test_the_facts_used_are_facts_of_the_rules():
    assert set(HOUSEHOLD) - {"village_code"} <= set(catalogue.load())
