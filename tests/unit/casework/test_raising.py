"""Leads and cases from the findings of a run: grouped, once, and safe to repeat."""

from datetime import date, timedelta

import pytest
from django.db.models import Count
from tests.factories.county import TODAY, Cast, County
from tests.factories.monitoring import FindingFactory, RunFactory
from tests.unit.casework.story import AT, Story

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.casework.actions import adopting, cases, following, from_run, leads, raising
from anju.casework.models import Case, CaseState, Lead, LeadSource, LeadState
from anju.casework.queries import leads_for
from anju.casework.refusals import CaseRefused
from anju.monitoring.models import Run, RunState
from anju.queue.models import Job
from anju.queue.progress import Unattended
from anju.registry.models import Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(county: County) -> Run:
    """Two rules about the income of one household, one about its housing, a hint, a reminder, a gap."""
    run = RunFactory()
    home, other = county.households[0], county.households[2]
    for rule, level, risk in (
        ("income_below_line", "red", "income"),
        ("income_fell", "yellow", "income"),
        ("housing_unsafe", "red", "housing"),
        ("hint_vehicle", "hint", "means"),
        ("monitored_without_measure", "orange", "help"),
    ):
        FindingFactory(run=run, household=home, rule=rule, level=level, risk=risk)
    FindingFactory(run=run, household=other, rule="income_fell", level="yellow", risk="income")
    FindingFactory(run=run, household=other, rule="uninsured", risk="insurance", status="unknown")
    return run


def _raise(run: Run, on: date = TODAY) -> raising.Raised:
    return raising.from_run(by=SYSTEM, on=on, run=run)


def test_rules_about_one_risk_make_one_lead_of_the_heaviest_level(run: Run) -> None:
    assert _raise(run) == raising.Raised(new=3, again=0, merged=0)

    income = Lead.objects.get(household__code="H000000001", risk="income")
    assert income.level == "red"
    assert set(income.sources.values_list("rule", flat=True)) == {
        "income_below_line",
        "income_fell",
    }
    assert set(Lead.objects.values_list("risk", flat=True)) == {"income", "housing"}


def test_raising_a_run_again_changes_nothing(run: Run) -> None:
    _raise(run)

    assert _raise(run) == raising.Raised(0, 0, 0)
    assert Lead.objects.count() == 3
    assert LeadSource.objects.count() == 4
    assert Entry.objects.filter(action="lead.raise_run").count() == 1


def _next_month(county: County, level: str = "red") -> Run:
    run = RunFactory(month="2023-10")
    FindingFactory(run=run, household=county.households[0], level=level, risk="income")
    return run


def test_the_next_month_adds_to_the_open_lead(run: Run, county: County) -> None:
    _raise(run)

    month_later = TODAY + timedelta(days=30)
    assert _raise(_next_month(county), month_later) == raising.Raised(new=0, again=1, merged=0)

    lead = Lead.objects.get(household=county.households[0], risk="income")
    assert (lead.first_on, lead.last_on) == (TODAY, month_later)
    assert lead.sources.count() == 3
    assert lead.expires_on == month_later + timedelta(days=90)
    assert lead.due_on == TODAY + timedelta(days=15)


@pytest.mark.parametrize(
    ("days", "level", "is_new"), [(60, "red", False), (90, "red", False), (91, "red", True)]
)
def test_what_was_looked_at_within_ninety_days_is_not_raised_again(
    run: Run, county: County, story: Story, days: int, level: str, is_new: bool
) -> None:
    _raise(run)
    lead = Lead.objects.get(household=county.households[0], risk="income")
    leads.no_risk(lead=lead, reason="other", note="看过了没有问题", **story.said("village"))

    raised = _raise(_next_month(county, level), TODAY + timedelta(days=days))

    assert (raised.new == 1) is is_new
    lead.refresh_from_db()
    assert lead.state == LeadState.NO_RISK


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


def test_a_heavier_level_than_was_looked_at_is_a_new_lead(county: County, story: Story) -> None:
    _raise(_next_month(county, "yellow"))
    lead = Lead.objects.get()
    leads.no_risk(lead=lead, reason="other", note="看过了没有问题", **story.said("village"))
    heavier = RunFactory(month="2023-11")
    FindingFactory(run=heavier, household=county.households[0], level="red", risk="income")

    assert _raise(heavier, TODAY + timedelta(days=20)).new == 1


def test_an_expired_lead_does_not_keep_the_next_one_away(run: Run, county: County) -> None:
    _raise(run)
    Lead.objects.update(state=LeadState.EXPIRED, ended_on=TODAY)

    assert _raise(_next_month(county), TODAY + timedelta(days=5)).new == 1


def test_what_a_case_under_way_is_about_goes_to_that_case(
    run: Run, county: County, story: Story
) -> None:
    case = story.opened(county.households[0])
    Lead.objects.all().delete()  # as if it had been told of long ago

    assert _raise(run) == raising.Raised(new=2, again=0, merged=1)

    lead = Lead.objects.get(risk="income", household=county.households[0])
    assert (lead.state, lead.case) == (LeadState.MERGED, case)


def test_a_lead_that_became_a_case_hears_of_it_again(
    run: Run, county: County, story: Story
) -> None:
    _raise(run)
    lead = Lead.objects.get(household=county.households[0], risk="income")
    case = cases.open_case(lead=lead, at=AT, **story.said("village"))

    raised = _raise(_next_month(county), TODAY + timedelta(days=200))

    assert raised == raising.Raised(new=0, again=1, merged=0)
    assert case.leads.get(risk="income").sources.count() == 3


def test_cases_are_opened_for_a_run_once_however_often_it_is_asked(
    run: Run, county: County, story: Story
) -> None:
    viewer = story.viewer("bureau")
    job = from_run.ask(by=viewer.actor(), at=AT, viewer=viewer, run=run)
    assert from_run.ask(by=viewer.actor(), at=AT, viewer=viewer, run=run).pk == job.pk

    results = [
        from_run.perform(progress=Unattended(), at=AT, on=TODAY, **Job.objects.get().payload)
        for _time in range(2)
    ]

    assert results == [{"leads": 3, "cases": 2}, {"leads": 0, "cases": 0}]
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == ["529901-2023-000001", "529901-2023-000002"]
    assert Case.objects.annotate(n=Count("moves")).values_list("n", flat=True)[0] == 1


def test_a_town_opens_cases_in_the_town_only(run: Run, county: County, story: Story) -> None:
    FindingFactory(run=run, household=county.households[6], risk="income")
    viewer = story.viewer("south_town")
    job = from_run.ask(by=viewer.actor(), at=AT, viewer=viewer, run=run)

    from_run.perform(progress=Unattended(), at=AT, on=TODAY, **job.payload)

    assert [case.household for case in Case.objects.all()] == [county.households[6]]


def test_a_village_does_not_open_whole_runs_and_no_run_is_opened_early(
    run: Run, story: Story
) -> None:
    village, bureau = story.viewer("village"), story.viewer("bureau")

    with pytest.raises(CaseRefused, match="批量立案"):
        from_run.ask(by=village.actor(), at=AT, viewer=village, run=run)
    run.state = RunState.RUNNING
    with pytest.raises(CaseRefused, match="还没有结果"):
        from_run.ask(by=bureau.actor(), at=AT, viewer=bureau, run=run)


def test_monitored_households_without_a_case_get_an_included_one(
    county: County, story: Story
) -> None:
    homes = county.households[:3]
    Household.objects.filter(pk__in=[home.pk for home in homes]).update(
        monitored_kind="marginal", included_on=date(2022, 5, 1)
    )
    Household.objects.filter(pk=homes[2].pk).update(risk_removed_on=date(2023, 1, 1))

    counts = [adopting.adopt(by=SYSTEM, at=AT, on=TODAY) for _time in range(2)]

    assert counts == [2, 0]
    case = Case.objects.get(household=homes[0])
    assert (case.state, case.step, case.included_on) == (CaseState.INCLUDED, "", date(2022, 5, 1))
    assert case.monitored_kind == "marginal"
    assert case.moves.get().action == "adopt"
    assert case.follow_ups.get().due_on > TODAY


def test_leads_and_cases_follow_the_household_to_another_village(
    county: County, story: Story
) -> None:
    home = county.households[0]
    case = story.opened(home)
    lead = story.raised(home, risk="housing")
    Household.objects.filter(pk=home.pk).update(village_code="529901102201", grid=None)

    assert following.follow(by=SYSTEM) == 3  # the lead that became the case, too
    assert following.follow(by=SYSTEM) == 0

    case.refresh_from_db()
    assert case.village_code == "529901102201"
    assert lead in leads_for(story.viewer("south_town"))
    assert lead not in leads_for(story.viewer("north_town"))
