"""The rules of shiquan-2023 in September 2023 written out by hand, for DuckDB and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Ratio = Callable[[str, str], str]  # a rounded quotient, half away from zero


class Rule(NamedTuple):
    """A rule with everything in place; `observed` and `threshold` are whole numbers."""

    id: str
    level: str
    risk: str
    when: str
    observed: str
    threshold: str
    observed_text: str = "NULL"
    threshold_text: str = "NULL"


def rules(ratio: Ratio, wide: str) -> list[Rule]:
    """The rules in order of id; `wide` is the type for products of money and heads."""
    per_head, after_rigid = ratio("net_income_12m", "heads"), ratio("after_rigid", "heads")
    ytd, ytd_then = ratio("income_ytd", "heads"), ratio("income_ytd_last_year", "heads_then")
    seven_tenths = ratio("7 * income_ytd_last_year", "(10 * heads_then)")
    fell = f"CAST(income_ytd AS {wide}) * heads_then < CAST(income_ytd_last_year AS {wide}) * heads"
    below = "net_income_12m < 730000 * heads"
    return [
        Rule("all_work_lost", "orange", "employment", "employed_last_month >= 1 AND employed = 0",
             "employed", "employed_last_month"),
        Rule("allowance_stopped_below_line", "red", "allowance", f"allowance_stopped AND {below}",
             per_head, "730000"),
        Rule("disability_severe_new", "orange", "disability", "disability_new_3m >= 1",
             "disability_new_3m", "1"),
        Rule("disaster_loss", "orange", "disaster", "disaster_loss_12m >= 500000",
             "disaster_loss_12m", "500000"),
        Rule("focus_estimate_below_attention", "orange", "income", "estimate_3 < 2550000 * heads",
             ratio("estimate_3", "(3 * heads)"), "850000"),
        Rule("focus_monitored", "yellow", "help", "monitored", "NULL", "NULL"),
        Rule("focus_relocated", "hint", "help", "relocated", "NULL", "NULL"),
        Rule("hint_commercial_housing", "hint", "means", "commercial_housing >= 1",
             "commercial_housing", "1"),
        Rule("hint_company", "hint", "means", "companies >= 1", "companies", "1"),
        Rule("hint_vehicle", "hint", "means", "vehicles_value >= 8000000",
             "vehicles_value", "8000000"),
        Rule("housing_unsafe", "red", "housing", "housing_grade IN ('C', 'D')", "NULL", "NULL",
             "housing_grade", "'C'"),
        Rule("income_after_rigid_below_line", "orange", "income", "after_rigid < 730000 * heads",
             after_rigid, "730000"),
        Rule("income_below_line", "red", "income", below, per_head, "730000"),
        Rule("income_fell", "yellow", "income", fell, ytd, ytd_then),
        Rule("income_fell_sharply", "orange", "income",
             f"income_ytd_last_year > 0 AND CAST(10 * income_ytd AS {wide}) * heads_then "
             f"<= CAST(7 * income_ytd_last_year AS {wide}) * heads", ytd, seven_tenths),
        Rule("loan_overdue", "yellow", "loan", "loan_overdue_3m >= 1", "loan_overdue_3m", "1"),
        Rule("medical_selfpaid_lifted_out", "orange", "medical",
             "class = 'lifted_out' AND medical_selfpaid_12m >= 500000",
             "medical_selfpaid_12m", "500000"),
        Rule("medical_selfpaid_ordinary", "orange", "medical",
             "class = 'ordinary' AND medical_selfpaid_12m >= 2000000",
             "medical_selfpaid_12m", "2000000"),
        Rule("monitored_without_measure", "orange", "help",
             "monitored AND months_monitored >= 6 AND (labour >= 1 AND developmental_measures = 0 "
             "OR labour = 0 AND help_measures = 0)", "months_monitored", "6"),
        Rule("no_labour_no_allowance", "yellow", "labour",
             "members >= 1 AND labour = 0 AND NOT on_dibao AND NOT on_tekun", "labour", "1"),
        Rule("out_of_school", "red", "education", "out_of_school >= 1", "out_of_school", "1"),
        Rule("serious_illness", "orange", "medical", "serious_illness_3m >= 1",
             "serious_illness_3m", "1"),
        Rule("tuition_burden", "yellow", "education", "tuition_12m > 1000000",
             "tuition_12m", "1000000"),
        Rule("uninsured", "orange", "insurance", "uninsured >= 1", "uninsured", "1"),
        Rule("water_cut_long", "orange", "water", "water_cut_days_3m >= 7",
             "water_cut_days_3m", "7"),
        Rule("water_unsafe", "red", "water", "unsafe_water", "NULL", "NULL"),
        Rule("worker_death", "red", "death", "labour_deaths_12m >= 1", "labour_deaths_12m", "1"),
        Rule("zero_employment", "orange", "employment", "labour >= 1 AND employed = 0",
             "employed", "1"),
    ]  # fmt: skip
