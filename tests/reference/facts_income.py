"""Facts about income by quarter and per head, in exact fractions of a fen."""

from collections.abc import Iterable
from fractions import Fraction

from tests.reference.days import last_four_quarters, quarters_of_year_ended
from tests.reference.facts_events import rigid_spending_12m
from tests.reference.facts_people import members, members_last_year
from tests.reference.household import NOT_APPLICABLE, Household, Value

AMOUNTS = ("wage", "business", "business_cost", "property", "transfer")


def net(household: Household, quarter: int) -> int | None:
    """wage + business − business_cost + property + transfer; known when all five are known."""
    row = household.world.incomes.get((household.id, quarter))
    if row is None or any(row[amount] is None for amount in AMOUNTS):
        return None
    return row["wage"] + row["business"] - row["business_cost"] + row["property"] + row["transfer"]


def _sum_of_net(household: Household, quarters: Iterable[int]) -> int | None:
    nets = [net(household, quarter) for quarter in quarters]
    return None if None in nets else sum(nets)


def income_ytd(household: Household) -> Value:
    quarters = quarters_of_year_ended(household.as_of)
    return _sum_of_net(household, quarters) if quarters else NOT_APPLICABLE


def income_ytd_last_year(household: Household) -> Value:
    """ "The same quarters a year earlier; unknown if one is missing." """
    quarters = quarters_of_year_ended(household.as_of)
    if not quarters:
        return NOT_APPLICABLE
    return _sum_of_net(household, [quarter - 10 for quarter in quarters])


def net_income_12m(household: Household) -> Value:
    return _sum_of_net(household, last_four_quarters(household.as_of))


def income_estimate(household: Household) -> Value:
    """Year to date and the previous year's remaining quarters; else in proportion to the year."""
    ended = quarters_of_year_ended(household.as_of)
    if not ended:
        return NOT_APPLICABLE
    so_far = income_ytd(household)
    if so_far is None:
        return None
    year_before = (household.as_of.year - 1) * 10
    to_come = [year_before + quarter for quarter in range(len(ended) + 1, 5)]
    rest = _sum_of_net(household, to_come)
    return Fraction(so_far * 4, len(ended)) if rest is None else so_far + rest


def _per_head(amount: Value, heads: Value) -> Value:
    """ "Divided by members; unknown if that is 0." """
    if amount is NOT_APPLICABLE:
        return NOT_APPLICABLE
    return Fraction(amount) / heads if amount is not None and heads else None


def income_ytd_per_capita(household: Household) -> Value:
    return _per_head(income_ytd(household), members(household))


def income_ytd_per_capita_last_year(household: Household) -> Value:
    return _per_head(income_ytd_last_year(household), members_last_year(household))


def net_income_per_capita(household: Household) -> Value:
    return _per_head(net_income_12m(household), members(household))


def income_estimate_per_capita(household: Household) -> Value:
    return _per_head(income_estimate(household), members(household))


def income_after_rigid_per_capita(household: Household) -> Value:
    """(last four quarters − rigid_spending_12m) / members."""
    income, spending = net_income_12m(household), rigid_spending_12m(household)
    known = income is not None and spending is not None
    return _per_head(income - spending if known else None, members(household))


FACTS = (
    income_ytd,
    income_ytd_last_year,
    net_income_12m,
    income_estimate,
    income_ytd_per_capita,
    income_ytd_per_capita_last_year,
    net_income_per_capita,
    income_estimate_per_capita,
    income_after_rigid_per_capita,
)
