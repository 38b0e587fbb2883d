"""Facts about how a household stands: class, monitoring, statuses, help, holdings."""

from tests.reference.days import completed_months, holds, months_before
from tests.reference.household import Household, Value, one_of, surely, total
from tests.reference.world import Row

DEVELOPMENTAL = ("industry", "employment", "finance", "public_post")


def household_class(household: Household) -> Value:
    return household.row["class"]


def relocated(household: Household) -> Value:
    return household.row["relocated"]


def self_moved(household: Household) -> Value:
    return household.row["self_moved"]


def monitored(household: Household) -> Value:
    """A kind, included by `as_of` (an unknown day counts), and the risk not yet removed."""
    row, day = household.row, household.as_of
    included = row["included_on"] is None or row["included_on"] <= day
    removed = row["risk_removed_on"] is not None and row["risk_removed_on"] <= day
    return row["monitored_kind"] is not None and included and not removed


def months_monitored(household: Household) -> Value:
    """Completed months since inclusion; 0 when not monitored; unknown without the day."""
    if not monitored(household):
        return 0
    included_on = household.row["included_on"]
    return None if included_on is None else completed_months(included_on, household.as_of)


def _measures(household: Household) -> list[Row]:
    """Measures that overlap [included_on, as_of]; without that day, those holding on `as_of`.

    Every row counts once; two rows that say the same are two measures.
    """
    if not monitored(household):
        return []
    included_on, day = household.row["included_on"], household.as_of

    def counts(row: Row) -> bool:
        if included_on is None:
            return holds(row["started_on"], row["ended_on"], day)
        begun = row["started_on"] is not None and row["started_on"] <= day
        return begun and (row["ended_on"] is None or row["ended_on"] > included_on)

    rows = household.world.statuses.of_household(household.id, household.members, "help_measure")
    return [row for row in rows if counts(row)]


def help_measures(household: Household) -> Value:
    return len(_measures(household))


def developmental_measures(household: Household) -> Value:
    """ "NULL level never counts as developmental, but makes it unknown if otherwise 0." """
    return surely(_measures(household), lambda row: one_of(row["level"], DEVELOPMENTAL))


def unsafe_water(household: Household) -> Value:
    return household.has_status("unsafe_water", household.as_of)


def on_dibao(household: Household) -> Value:
    return household.has_status("dibao", household.as_of)


def on_tekun(household: Household) -> Value:
    return household.has_status("tekun", household.as_of)


def allowance_stopped(household: Household) -> Value:
    """On dibao or tekun three months before and on neither now; each day by its own members."""

    def supported(day) -> bool:
        return household.has_status("dibao", day) or household.has_status("tekun", day)

    return supported(months_before(household.as_of, 3)) and not supported(household.as_of)


def _holdings(household: Household, kind: str) -> list[Row]:
    rows = household.world.holdings.of_household(household.id, household.members, kind)
    return [row for row in rows if holds(row["started_on"], row["ended_on"], household.as_of)]


def vehicles_value(household: Household) -> Value:
    return total([row["value"] for row in _holdings(household, "vehicle")])


def companies(household: Household) -> Value:
    return len(_holdings(household, "company"))


def commercial_housing(household: Household) -> Value:
    return len(_holdings(household, "commercial_housing"))


FACTS = (
    relocated,
    self_moved,
    monitored,
    months_monitored,
    help_measures,
    developmental_measures,
    unsafe_water,
    on_dibao,
    on_tekun,
    allowance_stopped,
    vehicles_value,
    companies,
    commercial_housing,
)
