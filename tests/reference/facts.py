"""All facts of a household, by the names of the catalogue, with their types."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from tests.reference import facts_events, facts_income, facts_people, facts_standing
from tests.reference.household import NOT_APPLICABLE, Household, Value
from tests.reference.world import World

FACTS = {
    fact.__name__: fact
    for module in (facts_people, facts_income, facts_events, facts_standing)
    for fact in module.FACTS
} | {"class": facts_standing.household_class}

COUNTS = {
    "members", "members_last_year", "labour", "employed", "employed_last_month", "out_of_school",
    "uninsured", "labour_deaths_12m", "serious_illness_3m", "disability_new_3m", "loan_overdue_3m",
    "companies", "commercial_housing", "months_monitored", "developmental_measures",
    "help_measures",
}  # fmt: skip
DAYS = {"water_cut_days_3m"}
TEXTS = {"housing_grade", "class"}
TRUTHS = {
    "relocated", "self_moved", "monitored", "unsafe_water", "on_dibao", "on_tekun",
    "allowance_stopped",
}  # fmt: skip
MONEY = set(FACTS) - COUNTS - DAYS - TEXTS - TRUTHS


def facts_of(
    world: World, household: int, as_of: date, parameters: Mapping[str, int | Fraction]
) -> dict[str, Value]:
    """Every fact of one household on one day."""
    subject = Household(world=world, id=household, as_of=as_of, parameters=parameters)
    return {name: fact(subject) for name, fact in FACTS.items()}


def half_up(value: Fraction | int) -> int:
    """To the nearest whole, half away from zero: 0.5 → 1, −0.5 → −1."""
    rounded = int(abs(Fraction(value)) + Fraction(1, 2))
    return rounded if value >= 0 else -rounded


def shown(value: Value) -> int | bool | str | None:
    """A fact as the column of facts.parquet has it."""
    if value is NOT_APPLICABLE:
        return None
    return half_up(value) if isinstance(value, Fraction) else value
