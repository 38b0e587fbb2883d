"""Facts about members: how many, who can work, who works, schooling and insurance."""

from tests.reference.days import holds, months_before, window_start
from tests.reference.household import (
    Household,
    Truth,
    Value,
    all_of,
    negated,
    one_of,
    surely,
)
from tests.reference.world import Row


def members(household: Household) -> Value:
    return len(household.members)


def members_last_year(household: Household) -> Value:
    """The same one year earlier: on the last day of the same month of the year before."""
    return len(household.world.members(household.id, months_before(household.as_of, 12)))


def labour(household: Household) -> Value:
    return surely(household.members, lambda row: household.is_labour(row, household.as_of))


def employed(household: Household) -> Value:
    """ "Of those, with an employment interval that holds on `as_of`." """
    return _labour_employed_on(household, household.as_of)


def employed_last_month(household: Household) -> Value:
    """ "The same on the last day of the month before, among the same people." """
    return _labour_employed_on(household, months_before(household.as_of, 1))


def _labour_employed_on(household: Household, day) -> Value:
    def works(row: Row) -> Truth:
        intervals = household.world.employments.get(row["person_id"], ())
        employed_then = any(holds(i["started_on"], i["ended_on"], day) for i in intervals)
        return all_of(household.is_labour(row, household.as_of), employed_then)

    return surely(household.members, works)


def out_of_school(household: Household) -> Value:
    """Aged 6–15, schooling not compulsory or higher, and not exempt for health."""

    def misses_school(row: Row) -> Truth:
        return all_of(
            household.of_age(row, "compulsory_age_from", "compulsory_age_to", household.as_of),
            negated(one_of(row["schooling"], ("compulsory", "upper_secondary", "tertiary"))),
            not household.member_has_status(row, "health_exempt_from_school"),
        )

    return surely(household.members, misses_school)


def uninsured(household: Household) -> Value:
    return surely(
        household.members,
        lambda row: not household.member_has_status(row, "medical_insured"),
    )


def labour_deaths_12m(household: Household) -> Value:
    """Deaths in the window of people with a membership here, left or not, who could work then."""

    def could_work(event: Row) -> Truth:
        if event["person_id"] is None:
            return None
        rows = household.world.memberships_of_person.get(event["person_id"], ())
        for row in rows:
            if row["household_id"] == household.id:
                return household.is_labour(row, event["occurred_on"])
        return False

    window = window_start(household.as_of, 12)
    return surely(household.events("death", window, household.as_of), could_work)


def disability_new_3m(household: Household) -> Value:
    """Grade 1 or 2 begun in three months, of the household or a member, ended since or not."""
    start = window_start(household.as_of, 3)
    rows = household.world.statuses.of_household(household.id, household.members, "disabled")
    return surely(
        (
            row
            for row in rows
            if row["started_on"] and start <= row["started_on"] <= household.as_of
        ),
        lambda row: one_of(row["level"], ("1", "2")),
    )


FACTS = (
    members,
    members_last_year,
    labour,
    employed,
    employed_last_month,
    out_of_school,
    uninsured,
    labour_deaths_12m,
    disability_new_3m,
)
