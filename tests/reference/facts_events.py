"""Facts about events: spending and losses in a window, illness, loans, water, housing."""

import re
from collections import defaultdict

from tests.reference.days import window_start
from tests.reference.household import Household, Value, total


def _amounts_12m(household: Household, kind: str) -> list[int | None]:
    start = window_start(household.as_of, 12)
    return [row["amount"] for row in household.events(kind, start, household.as_of)]


def medical_selfpaid_12m(household: Household) -> Value:
    return total(_amounts_12m(household, "medical_selfpaid"))


def tuition_12m(household: Household) -> Value:
    return total(_amounts_12m(household, "tuition"))


def disaster_loss_12m(household: Household) -> Value:
    return total(_amounts_12m(household, "disaster"))


def accident_loss_12m(household: Household) -> Value:
    return total(_amounts_12m(household, "accident"))


def rigid_spending_12m(household: Household) -> Value:
    """Medical, tuition, disaster and accident; unknown if any of the four is unknown."""
    kinds = (medical_selfpaid_12m, tuition_12m, disaster_loss_12m, accident_loss_12m)
    amounts = [kind(household) for kind in kinds]
    return None if None in amounts else sum(amounts)


def medical_selfpaid_max_12m(household: Household) -> Value:
    """The largest single person's known sum; "looks only at events with a person"."""
    amounts: dict[int, list[int | None]] = defaultdict(list)
    start = window_start(household.as_of, 12)
    for row in household.events("medical_selfpaid", start, household.as_of):
        if row["person_id"] is not None:
            amounts[row["person_id"]].append(row["amount"])
    if not amounts:
        return 0
    sums = [total(of_person) for of_person in amounts.values()]
    return max((known for known in sums if known is not None), default=None)


def serious_illness_3m(household: Household) -> Value:
    start = window_start(household.as_of, 3)
    return len(household.events("serious_illness", start, household.as_of))


def loan_overdue_3m(household: Household) -> Value:
    start = window_start(household.as_of, 3)
    return len(household.events("loan_overdue", start, household.as_of))


def water_cut_days_3m(household: Household) -> Value:
    """Days without water; a level that is missing or not all digits is a missing amount."""
    start = window_start(household.as_of, 3)
    levels = [row["level"] for row in household.events("water_cut", start, household.as_of)]
    return total([int(level) if re.fullmatch(r"[0-9]+", level or "") else None for level in levels])


def housing_grade(household: Household) -> Value:
    """The worst grade of the latest day with a grading; that day without any is unknown."""
    gradings = [
        row
        for row in household.world.events.get(household.id, ())
        if row["kind"] == "housing_graded"
        and row["occurred_on"] is not None
        and row["occurred_on"] <= household.as_of
    ]
    latest = max((row["occurred_on"] for row in gradings), default=None)
    grades = [row["level"] for row in gradings if row["occurred_on"] == latest]
    return max((grade for grade in grades if grade is not None), default=None)


FACTS = (
    medical_selfpaid_12m,
    medical_selfpaid_max_12m,
    tuition_12m,
    disaster_loss_12m,
    accident_loss_12m,
    rigid_spending_12m,
    serious_illness_3m,
    loan_overdue_3m,
    water_cut_days_3m,
    housing_grade,
)
