"""Figures over the registers, each against a small county counted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.casework import CaseFactory, FollowUpFactory, LeadFactory
from tests.factories.employment import EmploymentFactory
from tests.factories.monitoring import FindingFactory, RunFactory
from tests.factories.places import BuildingFactory, GridFactory, SiteFactory
from tests.factories.registry import (
    HouseholdFactory,
    HouseholdRecordFactory,
    HousingFactory,
    IncomeFactory,
    MembershipFactory,
)

from anju.accounts.scope import Scope
from anju.registry.models import Household, Membership
from anju.reporting.figures import FIGURES, Asked, Side, Why, compute
from anju.rules import packs

pytestmark = pytest.mark.django_db
ON = date(2023, 9, 30)
SEPTEMBER = Asked(ON)
NORTH, SOUTH = "529901101201", "529901102201"
LIFTED = {"household_class": "lifted_out"}


def household(members=1, **values):
    made = HouseholdRecordFactory(household=HouseholdFactory(**{**LIFTED, **values})).household
    for _each in range(members):
        MembershipFactory(household=made)
    return made


def incomes(of, *, year, wage, quarters=(1, 2, 3)):
    for number in quarters:
        IncomeFactory(
            household=of, quarter=year * 10 + number, wage=wage, business=0, business_cost=0,
            property=0, transfer=0,
        )  # fmt: skip


def member_of(home):
    return home.memberships.first().person


@pytest.mark.parametrize(
    "figure",
    [
        "cases_decided_in_time", "leads_handled_in_time", "follow_ups_done", "risk_removed_share",
        "resettlement_homes_titled", "grid_density", "migrant_work_against_2022",
        "welfare_posts_against_last_year", "lifted_out_income_growth", "relocated_income_growth",
        "relocated_growth_above_lifted_out", "lifted_out_growth_above_last_year",
        "should_be_monitored",
    ],
)  # fmt: skip
def test_in_an_empty_county_a_figure_is_unknown_and_says_why(figure):
    made = compute(figure, SEPTEMBER)
    assert made.value is None
    assert str(made.why.words)


def test_work_away_is_compared_with_the_same_month_of_2022():
    homes = [household() for _ in range(3)]
    ordinary = household(household_class="ordinary")
    for home in [*homes, ordinary]:
        EmploymentFactory(person=member_of(home), started_on=date(2023, 2, 1))
    EmploymentFactory(
        person=member_of(homes[0]), started_on=date(2022, 3, 1), ended_on=date(2022, 12, 1)
    )
    local = date(2022, 1, 1)
    EmploymentFactory(person=member_of(homes[1]), channel="local", started_on=local, ended_on=ON)
    EmploymentFactory(person=member_of(homes[2]), channel="welfare_post", started_on=local)
    made = compute("migrant_work_against_2022", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator) == (Decimal("1.5"), 3, 2)


def test_welfare_posts_are_compared_with_the_end_of_last_year():
    homes = [household(), household(village_code=SOUTH)]
    begun = date(2022, 5, 1)
    post = {"channel": "welfare_post", "started_on": begun}
    EmploymentFactory(person=member_of(homes[0]), **post, ended_on=date(2023, 6, 1))
    EmploymentFactory(person=member_of(homes[0]), channel="migrant", started_on=ON)
    EmploymentFactory(person=member_of(homes[1]), **post)
    made = compute("welfare_posts_against_last_year", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator) == (Decimal("0.5"), 1, 2)
    south = compute("welfare_posts_against_last_year", Asked(ON, Scope.of(["529901102000"])))
    assert south.value == 1


def test_rounds_are_the_months_of_the_year_with_a_finished_run():
    assert compute("employment_rounds", SEPTEMBER).value == 0
    RunFactory(month="2023-01")
    RunFactory(month="2023-02")
    RunFactory(month="2023-02")
    RunFactory(month="2022-12")
    RunFactory(month="2023-10")
    RunFactory(month="2023-03", state="failed")
    made = compute("employment_rounds", SEPTEMBER)
    assert (made.value, made.denominator) == (2, 9)


def test_growth_is_of_net_income_a_head_and_of_households_that_are_known_in_both_years():
    one, two = household(members=2), household()
    for home, before, now in ((one, 100_000, 120_000), (two, 50_000, 45_000)):
        incomes(home, year=2022, wage=before)
        incomes(home, year=2023, wage=now)
    gap = household()
    incomes(gap, year=2023, wage=999_999)
    incomes(gap, year=2022, wage=1, quarters=(1, 2))
    made = compute("lifted_out_income_growth", SEPTEMBER)
    # three people: (360000 + 135000) / 3 now, (300000 + 150000) / 3 before, in fen
    assert made.value == Decimal("0.1000")
    assert made.unknown == 1
    assert made.parts == {"now": Decimal("1650"), "before": Decimal("1500"), "households": 2}


def test_in_january_no_quarter_has_ended():
    made = compute("lifted_out_income_growth", Asked(date(2024, 1, 31)))
    assert (made.value, made.why) == (None, Why.NO_QUARTER)


def test_relocated_growth_is_compared_with_all_lifted_out():
    moved, stayed = household(relocated=True), household()
    for home, now in ((moved, 120_000), (stayed, 110_000)):
        incomes(home, year=2022, wage=100_000)
        incomes(home, year=2023, wage=now)
    assert compute("relocated_income_growth", SEPTEMBER).value == Decimal("0.2")
    made = compute("relocated_growth_above_lifted_out", SEPTEMBER)
    assert made.value == Decimal("5")  # 20 per cent against 15
    assert made.parts["compared"] == Decimal("0.15")


def test_growth_against_the_growth_of_last_year_needs_three_years():
    home = household()
    incomes(home, year=2022, wage=110_000)
    incomes(home, year=2023, wage=132_000)
    assert compute("lifted_out_growth_above_last_year", SEPTEMBER).value is None
    incomes(home, year=2021, wage=100_000)
    made = compute("lifted_out_growth_above_last_year", SEPTEMBER)
    assert made.value == Decimal("10")  # 20 per cent after 10
    assert (made.parts["growth"], made.parts["compared"]) == (Decimal("0.2"), Decimal("0.1"))


def test_who_should_be_monitored_is_below_the_line_and_nobody_has_looked():
    run = RunFactory()
    below = [household() for _ in range(3)]
    in_case, found_well, monitored = (
        household(),
        household(),
        household(monitored_kind="unstable", included_on=date(2023, 1, 5)),
    )
    for home in [*below, in_case, found_well, monitored]:
        FindingFactory(run=run, household=home)
    FindingFactory(run=run, household=household(), status="unknown")
    CaseFactory(household=in_case, opened_on=date(2023, 9, 5))
    LeadFactory(
        household=found_well, state="no_risk", first_on=date(2023, 5, 1), ended_on=date(2023, 5, 9)
    )
    LeadFactory(
        household=below[0], state="no_risk", first_on=date(2022, 5, 1), ended_on=date(2022, 5, 9)
    )
    made = compute("should_be_monitored", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator, made.unknown) == (3, 3, 6, 1)


def test_cases_are_in_time_by_the_limit_of_the_whole_way():
    due = date(2023, 9, 15)
    CaseFactory(due_on=due, decided_on=due)
    CaseFactory(due_on=due, decided_on=date(2023, 9, 16))
    CaseFactory(due_on=due)
    CaseFactory(due_on=due, papers_due_on=date(2023, 9, 20), decided_on=date(2023, 9, 18))
    closed = {"step": "", "holder": "", "step_due_on": None, "state": "withdrawn"}
    CaseFactory(due_on=due, closed_on=due, **closed)
    CaseFactory(due_on=date(2023, 10, 1))
    CaseFactory(due_on=due, kind="zero_employment")
    made = compute("cases_decided_in_time", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator) == (Decimal("0.5"), 2, 4)


def test_leads_that_expired_or_wait_are_not_in_time_and_merged_ones_do_not_count():
    first, due = date(2023, 5, 1), date(2023, 5, 20)
    days = {"first_on": first, "last_on": first, "due_on": due}
    LeadFactory(**days)
    LeadFactory(**days, state="no_risk", ended_on=due)
    LeadFactory(**days, state="case", ended_on=date(2023, 5, 21))
    LeadFactory(**days, state="expired", ended_on=due)
    LeadFactory(**days, state="merged", ended_on=due)
    LeadFactory(first_on=first, last_on=first, due_on=date(2023, 10, 3))
    made = compute("leads_handled_in_time", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator) == (Decimal("0.25"), 1, 4)


def test_visits_count_when_they_were_done_by_the_day():
    FollowUpFactory(due_on=date(2023, 3, 1), done_on=date(2023, 3, 9))
    FollowUpFactory(due_on=date(2023, 9, 1), done_on=date(2023, 10, 2))
    FollowUpFactory(due_on=date(2022, 9, 1))
    made = compute("follow_ups_done", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator) == (Decimal("0.5"), 1, 2)


def test_risks_removed_are_of_all_that_were_ever_included():
    kind = {"monitored_kind": "marginal", "included_on": date(2022, 1, 5)}
    household(**kind, risk_removed_on=date(2023, 9, 30))
    household(**kind, risk_removed_on=date(2023, 10, 1))
    household(**kind)
    household(**{**kind, "included_on": date(2023, 11, 1)})
    household()
    made = compute("risk_removed_share", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator) == (Decimal("0.3333"), 1, 3)


def test_homes_at_sites_are_titled_or_not_or_unknown():
    building = BuildingFactory()
    for title in (True, True, False, None):
        HousingFactory(household=household(), building=building, has_title=title)
    HousingFactory(household=household(), has_title=False)
    HousingFactory(household=household(), building=building, valid_to=date(2023, 5, 1))
    made = compute("resettlement_homes_titled", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator) == (Decimal("0.6667"), 2, 3)
    assert made.unknown == 1


def test_grids_at_sites_are_denser_where_each_has_fewer_households():
    site = SiteFactory()
    GridFactory.create_batch(2, site=site)
    GridFactory()
    GridFactory(ended_on=date(2023, 1, 1))
    for _ in range(4):
        household(site=site)
        household()
    made = compute("grid_density", SEPTEMBER)
    assert (made.value, made.numerator, made.denominator) == (2, 2, 4)


def test_a_correction_and_what_begins_later_are_left_out():
    home = household(monitored_kind="marginal", included_on=date(2022, 1, 5))
    HouseholdRecordFactory(household=home, known_to=date(2023, 5, 1), risk_removed_on=ON)
    HouseholdRecordFactory(household=home, valid_from=date(2023, 10, 1), risk_removed_on=ON)
    made = compute("risk_removed_share", SEPTEMBER)
    assert (made.numerator, made.denominator) == (0, 1)


@pytest.mark.parametrize("pack", packs.names())
def test_packs_name_only_figures_that_exist_and_in_the_same_unit(pack):
    for indicator in packs.load(pack).indicators:
        assert indicator.computable == bool(indicator.figure), indicator.id
        if indicator.figure:
            assert FIGURES[indicator.figure].unit == indicator.unit, indicator.id


def test_the_list_behind_a_number_has_as_many_rows_as_it_says():
    removed = household(monitored_kind="marginal", included_on=date(2022, 1, 5))
    HouseholdRecordFactory(household=removed, valid_from=date(2023, 3, 1), risk_removed_on=ON)
    removed.records.filter(risk_removed_on=None).update(valid_to=date(2023, 3, 1))
    removed.records.update(monitored_kind="marginal", included_on=date(2022, 1, 5))
    left = household(monitored_kind="marginal", included_on=date(2022, 1, 5))
    household(monitored_kind="marginal", included_on=date(2023, 10, 5))
    made, behind = compute("risk_removed_share", SEPTEMBER), FIGURES["risk_removed_share"].behind
    found = {
        side: set(behind.select(Household.objects.all(), side, SEPTEMBER)) for side in behind.rows
    }
    assert found == {
        Side.NUMERATOR: {removed}, Side.DENOMINATOR: {removed, left}, Side.REST: {left},
    }  # fmt: skip
    assert (made.numerator, made.denominator) == (1, 2)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda each: each.id)
def test_a_figure_tells_what_it_counts(figure):
    assert str(figure.name)
    assert str(figure.definition).endswith("。")
    assert str(figure.numerator) or figure.parts
    assert figure.id == figure.id.lower()
    assert len(figure.id) <= 60


def test_the_lists_behind_a_comparison_of_two_days_have_just_the_people_it_counts():
    homes = [household() for _ in range(4)]
    both, new, gone, never = (member_of(home) for home in homes)
    EmploymentFactory(person=both, started_on=date(2022, 1, 1))
    EmploymentFactory(person=both, started_on=date(2023, 1, 1), channel="local")
    EmploymentFactory(person=new, started_on=date(2023, 2, 1))
    EmploymentFactory(person=gone, started_on=date(2022, 1, 1), ended_on=date(2023, 1, 1))
    EmploymentFactory(person=never, started_on=date(2022, 1, 1), channel="welfare_post")
    made = compute("migrant_work_against_2022", SEPTEMBER)
    assert (made.numerator, made.denominator, made.rest) == (2, 2, 1)
    behind = FIGURES["migrant_work_against_2022"].behind
    rows = Membership.objects.select_related("person")
    found = {
        side: {row.person for row in behind.select(rows, side, SEPTEMBER)}
        for side in Side
        if side in behind.rows
    }
    assert found == {
        Side.NUMERATOR: {both, new}, Side.DENOMINATOR: {both, gone}, Side.REST: {gone},
    }  # fmt: skip
