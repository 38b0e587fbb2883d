"""Figures of leads, steps, outcomes and help: what is counted, when, where, and what is not told."""

from datetime import date, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.casework import (
    CaseFactory,
    CaseRiskFactory,
    LeadFactory,
    LeadSourceFactory,
    MeasureFactory,
    MoveFactory,
)
from tests.factories.county import NORTH, SOUTH, Cast, County

from anju.casework.models import Case, Lead, LeadState, MeasureState
from anju.casework.queries import figures
from anju.casework.queries.figures import Period, Span
from anju.casework.queries.figures.spans import rank
from anju.registry.models import Household

AUTUMN = Period(date(2023, 10, 1), date(2023, 11, 30))
DAY = date(2023, 10, 9)


def ended(home: Household, state: LeadState, **columns: object) -> object:
    return LeadFactory(household=home, state=state, ended_on=DAY, **columns)


def moved(case: Case, *steps: tuple[str, str, date], due_on: date | None = None) -> None:
    for version, (before, after, day) in enumerate(steps, start=1):
        MoveFactory(
            case=case, version=version, from_step=before, to_step=after, moved_on=day,
            action=f"to_{after or 'end'}", step_due_on=due_on if before else None,
        )  # fmt: skip


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_half_and_nine_of_ten_took_no_longer_than_is_said(days: list[int]) -> None:
    counted = {day: days.count(day) for day in days}

    for part in (0.5, 0.9):
        assert rank(counted, part) == sorted(days)[ceil(part * len(days)) - 1]


@pytest.mark.django_db
def test_leads_are_counted_once_in_all_and_at_each_channel_that_raised_them(
    county: County, cast: Cast
) -> None:
    homes = county.households
    both = LeadFactory(household=homes[0])
    LeadSourceFactory(lead=both, channel="finding")
    LeadSourceFactory(lead=both, channel="grid", run_id=None, rule="")
    LeadSourceFactory(lead=both, channel="grid", run_id=None, rule="")
    LeadSourceFactory(lead=ended(homes[1], LeadState.NO_RISK), channel="grid")
    LeadSourceFactory(lead=ended(homes[2], LeadState.EXPIRED), channel="hotline")
    LeadFactory(household=homes[3], first_on=date(2023, 9, 30))
    Lead.objects.filter(pk=both.pk).update(due_on=date(2023, 10, 7))

    whole, *rest = figures.leads_by_channel(cast.viewer("bureau"), AUTUMN)

    assert (whole.total, whole.waiting, whole.no_risk, whole.expired) == (3, 1, 1, 1)
    assert (whole.late, [row.late for row in rest]) == (1, [1, 1, 0])
    assert [(row.channel, row.total, row.waiting, row.no_risk) for row in rest] == [
        ("finding", 1, 1, 0), ("grid", 2, 1, 1), ("hotline", 1, 0, 0),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_rule_is_right_where_leads_looked_at_end_in_inclusion(county: County, cast: Cast) -> None:
    homes = county.households
    included = CaseFactory(household=homes[0], included_on=DAY)
    refused = CaseFactory(household=homes[1])
    for lead in (
        ended(homes[0], LeadState.CASE, case=included),
        ended(homes[1], LeadState.CASE, case=refused),
        ended(homes[2], LeadState.NO_RISK),
        ended(homes[3], LeadState.NO_RISK),
        ended(homes[4], LeadState.EXPIRED),
        LeadFactory(household=homes[5]),
    ):
        LeadSourceFactory(lead=lead)

    (row,) = figures.leads_by_rule(cast.viewer("bureau"), AUTUMN)

    assert (row.rule, row.total, row.looked_at) == ("income_below_line", 6, 4)
    assert (row.to_case, row.included, row.no_risk, row.precision) == (2, 1, 2, 0.25)


@pytest.mark.django_db
def test_rules_about_health_are_told_only_to_who_may_see_health(county: County, cast: Cast) -> None:
    lead = LeadFactory(household=county.households[0], risk="medical")
    LeadSourceFactory(lead=lead, rule="serious_illness")
    MeasureFactory(
        case=CaseFactory(household=county.households[0]), risk="medical", kind="health",
        state=MeasureState.RUNNING,
    )  # fmt: skip

    village, grid = cast.viewer("village"), cast.viewer("grid")

    assert [row.rule for row in figures.leads_by_rule(village, AUTUMN)] == ["serious_illness"]
    assert figures.leads_by_rule(grid, AUTUMN) == []
    assert [row.risk for row in figures.help_by_risk(village, AUTUMN)] == ["medical"]
    assert [(row.risk, row.measures) for row in figures.help_by_risk(grid, AUTUMN)] == [("", 1)]


@pytest.mark.django_db
def test_a_step_takes_from_the_day_it_was_reached_until_it_is_left(
    county: County, cast: Cast
) -> None:
    for number, days in enumerate((1, 2, 9)):
        case = CaseFactory(household=county.households[number])
        moved(
            case,
            ("", "home_check", DAY),
            ("home_check", "comparison", DAY + timedelta(days=days)),
            due_on=DAY + timedelta(days=2),
        )

    (row,) = figures.steps(cast.viewer("bureau"), AUTUMN)

    assert (row.procedure, row.step) == ("inclusion", "home_check")
    assert row.span == Span(count=3, half=2, most=9, within=2, limited=3)
    assert row.span.share == pytest.approx(2 / 3)


@pytest.mark.django_db
def test_a_case_sent_back_counts_again_and_the_green_channel_is_no_arrival(
    county: County, cast: Cast
) -> None:
    moved(
        CaseFactory(household=county.households[0]),
        ("", "home_check", DAY),
        ("home_check", "home_check", DAY + timedelta(days=2)),
        ("home_check", "comparison", DAY + timedelta(days=5)),
        ("comparison", "home_check", DAY + timedelta(days=6)),
        ("home_check", "comparison", DAY + timedelta(days=7)),
    )

    first, second = figures.steps(cast.viewer("bureau"), AUTUMN)

    assert (first.step, first.span.count, first.span.half, first.span.most) == (
        "home_check", 2, 1, 5,
    )  # fmt: skip
    assert (second.step, second.span.count) == ("comparison", 1)
    assert second.span.share is None


@pytest.mark.django_db
def test_steps_stand_in_the_order_of_the_pack(county: County, cast: Cast) -> None:
    moved(
        CaseFactory(household=county.households[0]),
        ("", "authorisation", DAY),
        ("authorisation", "home_check", DAY),
        ("home_check", "comparison", DAY),
        ("comparison", "review", DAY),
        ("review", "a_step_of_old", DAY),
        ("a_step_of_old", "", DAY),
    )

    found = [row.step for row in figures.steps(cast.viewer("bureau"), AUTUMN)]

    assert found == ["authorisation", "home_check", "comparison", "review", "a_step_of_old"]


@pytest.mark.django_db
def test_the_whole_runs_from_the_first_risk_to_the_decision_against_the_packs_limit(
    county: County, cast: Cast
) -> None:
    homes = county.households
    for home, days, papers in ((homes[0], 15, None), (homes[1], 16, None), (homes[2], 20, 30)):
        papers_due_on = DAY + timedelta(days=papers) if papers else None
        case = CaseFactory(
            household=home, decided_on=DAY + timedelta(days=days), papers_due_on=papers_due_on
        )
        CaseRiskFactory(case=case, found_on=DAY)
        CaseRiskFactory(case=case, found_on=DAY + timedelta(days=3), risk="medical")
    adopted = CaseFactory(household=homes[3], decided_on=date(2023, 10, 2))
    CaseRiskFactory(case=adopted, found_on=DAY)

    found = figures.to_decision(cast.viewer("bureau"), AUTUMN)

    assert found == Span(count=3, half=16, most=20, within=2, limited=3)


@pytest.mark.django_db
def test_outcomes_are_of_the_time_and_what_is_under_way_is_of_today(
    county: County, cast: Cast
) -> None:
    homes = county.households
    over = {"step": "", "holder": "", "step_due_on": None}
    CaseFactory(household=homes[0])
    CaseFactory(household=homes[4], step_due_on=date(2023, 10, 7), opened_on=date(2023, 9, 1))
    CaseFactory(household=homes[5], state="included", included_on=DAY, **over)
    CaseFactory(household=homes[6], state="removed", removed_on=DAY, closed_on=DAY, **over)
    CaseFactory(household=homes[7], state="not_included", closed_on=date(2023, 9, 1), **over)

    whole, north, south = figures.by_place(cast.viewer("bureau"), AUTUMN, by_village=False)

    assert (whole.code, north.code, south.code) == ("", NORTH, SOUTH)
    assert (whole.opened, whole.included, whole.removed, whole.not_included) == (4, 1, 1, 0)
    assert (whole.under_way, whole.late) == (2, 1)
    assert (north.under_way, north.late, south.under_way, south.late) == (1, 0, 1, 1)


@pytest.mark.django_db
def test_a_village_counts_its_own_cases_only(county: County, cast: Cast) -> None:
    for home in county.households:
        CaseFactory(household=home)

    whole, village = figures.by_place(cast.viewer("village"), AUTUMN, by_village=True)

    assert whole.opened == village.opened == 2
    assert village.code == county.households[0].village_code


@pytest.mark.django_db
def test_turns_are_the_packs_returns_appeals_reopenings_and_green_channels(
    county: County, cast: Cast
) -> None:
    case = CaseFactory(household=county.households[0])
    for version, (step, action) in enumerate(
        (
            ("town_check", "return_to_review"),
            ("decision", "return_to_town_check"),
            ("", "appeal"),
            ("", "reopen"),
            ("home_check", "start_green"),
            ("home_check", "to_comparison"),
        ),
        start=1,
    ):
        MoveFactory(case=case, version=version, from_step=step, action=action)

    found = figures.turns(cast.viewer("bureau"), AUTUMN)

    assert (found.returned, found.appealed, found.reopened, found.green) == (2, 1, 1, 1)


@pytest.mark.django_db
def test_help_is_told_by_risk_with_promise_and_effect_of_what_is_done(
    county: County, cast: Cast
) -> None:
    case = CaseFactory(household=county.households[0])
    running, done = MeasureState.RUNNING, MeasureState.DONE
    MeasureFactory(case=case, state=running, amount=100_000)
    MeasureFactory(
        case=case, state=done, amount=50_000, promised_income=900_000, achieved_income=700_000
    )
    MeasureFactory(case=case, state=done, promised_income=300_000)
    MeasureFactory(case=case, state=MeasureState.PLANNED)
    MeasureFactory(case=case, state=running, starts_on=date(2023, 12, 1))
    MeasureFactory(case=case, state=running, risk="housing", kind="housing")

    work, housing = figures.help_by_risk(cast.viewer("bureau"), AUTUMN)

    assert (work.risk, work.measures, work.households, work.done) == ("employment", 3, 1, 2)
    assert (work.amount, work.promised, work.achieved) == (150_000, 900_000, 700_000)
    assert (housing.risk, housing.measures, housing.amount) == ("housing", 1, 0)


@pytest.mark.django_db
def test_a_list_is_right_where_it_is_cleared_and_not_judged_before(
    county: County, cast: Cast
) -> None:
    for home, state in zip(
        county.households, ("cleared", "not_included", "checking"), strict=False
    ):
        case = CaseFactory(household=home, kind="zero_employment", state=state)
        LeadSourceFactory(lead=ended(home, LeadState.MERGED, case=case), rule="zero_employment")

    (row,) = figures.leads_by_rule(cast.viewer("bureau"), AUTUMN)

    assert (row.total, row.looked_at, row.included, row.precision) == (3, 2, 1, 0.5)
