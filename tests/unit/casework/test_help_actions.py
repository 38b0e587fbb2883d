"""Help of a household: measures from plan to end, and the visits that follow."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.factories.county import NORTH_1, Cast, County
from tests.factories.registry import HouseholdFactory
from tests.unit.casework import helped as county_of

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.casework.actions import follow_ups, measures, risks
from anju.casework.actions.measures import Planned
from anju.casework.models import Case, CaseState, FollowUp, Measure, MeasureState
from anju.casework.refusals import CaseRefused
from anju.registry.models import Income, Membership, Status

pytestmark = pytest.mark.django_db

BY = Actor("village", "北枫一村干部")
TODAY = date(2024, 1, 15)


@pytest.fixture
def viewer(county: County, cast: Cast) -> Viewer:
    return cast.viewer("village", TODAY)


@pytest.fixture
def case(county: County) -> Case:
    return county_of.included()


def planned(**changes: Any) -> Planned:
    values = {
        "kind": "employment",
        "risk": "income",
        "content": "推荐到县城务工",
        "provider": "县人社局",
        "starts_on": date(2024, 1, 10),
        "promised": "每月增收 2000 元",
        "promised_income": 2_400_000,
    }
    return Planned(**{**values, **changes})


@pytest.fixture
def plan(viewer: Viewer, case: Case) -> Callable[..., Measure]:
    def plan(**changes: Any) -> Measure:
        return measures.plan(by=BY, viewer=viewer, on=TODAY, case=case, planned=planned(**changes))

    return plan


def registered(case: Case) -> list[tuple[Any, ...]]:
    rows = Status.objects.filter(
        household=case.household, kind="help_measure", known_to__isnull=True
    )
    return list(rows.values_list("level", "reference", "valid_from", "valid_to"))


def test_a_measure_that_has_begun_runs_and_is_in_the_registers(
    case: Case, plan: Callable[..., Measure]
) -> None:
    measure = plan(ends_on=date(2025, 1, 9))

    assert measure.state == MeasureState.RUNNING
    assert measure.income_before == 800_000
    assert registered(case) == [
        ("employment", "推荐到县城务工", date(2024, 1, 10), date(2025, 1, 10))
    ]
    entry = Entry.objects.get(action="measure.plan")
    assert (entry.ids, entry.detail["case"]) == ([case.household.code], case.number)
    assert "推荐" not in str(entry.detail)


def test_a_measure_of_next_month_waits_until_it_begins(
    case: Case, viewer: Viewer, plan: Callable[..., Measure]
) -> None:
    measure = plan(starts_on=date(2024, 2, 1))
    assert (measure.state, registered(case)) == (MeasureState.PLANNED, [])

    begun = date(2024, 2, 5)
    measures.begin(by=BY, viewer=viewer, on=begun, measure=measure, started_on=begun)

    assert registered(case) == [("employment", "推荐到县城务工", begun, None)]
    with pytest.raises(CaseRefused, match="已经开始"):
        measures.begin(by=BY, viewer=viewer, on=begun, measure=measure, started_on=begun)


def test_what_a_list_brought_already_is_not_registered_twice(
    case: Case, plan: Callable[..., Measure]
) -> None:
    county_of.helped(case, valid_from=date(2024, 1, 10), reference="推荐到县城务工")

    plan()

    assert len(registered(case)) == 1


def test_a_finished_measure_is_compared_with_its_promise(
    case: Case, viewer: Viewer, plan: Callable[..., Measure]
) -> None:
    measure = plan()
    Income.objects.filter(household=case.household, quarter=20241).update(wage=1_000_000)
    on = date(2024, 7, 1)

    measures.finish(
        by=BY, viewer=viewer, on=on, measure=measure, ended_on=date(2024, 6, 30),
        achieved="已稳定务工", achieved_income=2_000_000,
    )  # fmt: skip

    measure.refresh_from_db()
    assert (measure.state, measure.ends_on) == (MeasureState.DONE, date(2024, 6, 30))
    assert (measure.income_before, measure.income_after) == (800_000, 1_100_000)
    assert registered(case) == [
        ("employment", "推荐到县城务工", date(2024, 1, 10), date(2024, 7, 1))
    ]


def test_help_that_runs_on_is_finished_after_the_risk_is_removed(
    case: Case, viewer: Viewer, plan: Callable[..., Measure]
) -> None:
    measure = plan(kind="public_post", ends_on=date(2025, 1, 9))
    Case.objects.filter(pk=case.pk).update(state=CaseState.REMOVED, closed_on=date(2024, 6, 1))
    case.refresh_from_db()
    measure.refresh_from_db()

    assert measure.ends_on == date(2025, 1, 9)
    measures.finish(
        by=BY, viewer=viewer, on=date(2025, 1, 10), measure=measure, ended_on=date(2025, 1, 9),
        achieved="岗位期满",
    )  # fmt: skip
    assert measure.state == MeasureState.DONE


def test_a_cancelled_measure_says_why_and_ends_in_the_registers(
    case: Case, viewer: Viewer, plan: Callable[..., Measure]
) -> None:
    measure = plan()
    with pytest.raises(CaseRefused, match="理由"):
        measures.cancel(by=BY, viewer=viewer, on=TODAY, measure=measure, reason=" ")

    measures.cancel(by=BY, viewer=viewer, on=TODAY, measure=measure, reason="本人不愿外出")

    assert registered(case)[0][3] == TODAY
    with pytest.raises(CaseRefused, match="已经完成或取消"):
        measures.cancel(by=BY, viewer=viewer, on=TODAY, measure=measure, reason="再次")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "health"}, "不针对这项风险"),
        ({"kind": "astrology"}, "没有这一类"),
        ({"risk": "water"}, "没有这项未解决的风险"),
        ({"content": " "}, "都要填写"),
        ({"promised": ""}, "都要填写"),
        ({"ends_on": date(2024, 1, 9)}, "结束日期早于"),
        ({"amount": -1}, "填正数"),
        ({"promised_income": -1}, "填正数"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(
    plan: Callable[..., Measure], changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(CaseRefused, match=message):
        plan(**changes)


def test_help_is_for_a_member_of_the_household(case: Case, plan: Callable[..., Measure]) -> None:
    mine = Membership.objects.filter(household=case.household).first()
    assert mine is not None
    measure = plan(person=mine.person)
    assert Status.objects.get(kind="help_measure").person == mine.person
    assert measure.person_id == mine.person_id

    stranger = Membership.objects.exclude(household=case.household).first()
    assert stranger is not None
    with pytest.raises(CaseRefused, match="现有成员"):
        plan(person=stranger.person)


@pytest.mark.parametrize("who", ["grid", "south_town"])
def test_who_does_not_act_there_writes_no_help(case: Case, cast: Cast, who: str) -> None:
    with pytest.raises(CaseRefused, match="您的岗位"):
        measures.plan(by=BY, viewer=cast.viewer(who, TODAY), on=TODAY, case=case, planned=planned())


@pytest.mark.parametrize(
    ("columns", "is_helped"),
    [
        ({"state": CaseState.CHECKING}, False),
        ({"state": CaseState.CHECKING, "is_green_channel": True}, True),
        ({"state": CaseState.CHECKING, "kind": "zero_employment"}, True),
        ({"state": CaseState.REMOVED, "closed_on": TODAY}, False),
    ],
)
def test_help_begins_with_inclusion_or_the_green_channel(
    viewer: Viewer, columns: dict[str, Any], is_helped: bool
) -> None:
    case = county_of.included(**columns)

    if is_helped:
        measures.plan(by=BY, viewer=viewer, on=TODAY, case=case, planned=planned())
    else:
        with pytest.raises(CaseRefused, match="现在不能登记"):
            measures.plan(by=BY, viewer=viewer, on=TODAY, case=case, planned=planned())
    assert Measure.objects.count() == is_helped


def test_two_people_do_not_end_the_same_measure(
    viewer: Viewer, plan: Callable[..., Measure]
) -> None:
    mine = plan()
    theirs = Measure.objects.get(pk=mine.pk)
    measures.cancel(by=BY, viewer=viewer, on=TODAY, measure=theirs, reason="不再需要")

    with pytest.raises(CaseRefused, match="别人刚刚改了"):
        measures.finish(
            by=BY, viewer=viewer, on=TODAY, measure=mine, ended_on=TODAY, achieved="完成"
        )


def test_visits_follow_one_another_by_the_month(case: Case, viewer: Viewer) -> None:
    first = follow_ups.schedule(case=case, since=county_of.INCLUDED)
    assert first is not None
    assert first.due_on == date(2023, 12, 8)

    done = follow_ups.record(
        by=BY, viewer=viewer, on=TODAY, case=case, done_on=date(2024, 1, 14), found="已上岗",
        is_steady=True,
    )  # fmt: skip

    assert done.pk == first.pk
    rows = FollowUp.objects.filter(case=case).values_list("due_on", "done_on", "is_steady")
    assert list(rows) == [
        (date(2023, 12, 8), date(2024, 1, 14), True),
        (date(2024, 2, 14), None, None),
    ]


def test_a_grid_worker_writes_down_a_visit_in_their_grid_only(county: County, cast: Cast) -> None:
    grid = cast.viewer("grid", TODAY)
    mine = county_of.included(county.households_in(NORTH_1)[0])
    follow_ups.record(
        by=BY, viewer=grid, on=TODAY, case=mine, done_on=TODAY, found="在家", is_steady=True
    )

    others = county_of.included(HouseholdFactory(village_code=NORTH_1))
    with pytest.raises(CaseRefused, match="您的岗位"):
        follow_ups.record(
            by=BY, viewer=grid, on=TODAY, case=others, done_on=TODAY, found="在家", is_steady=True
        )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"done_on": date(2024, 1, 16)}, "之间"),
        ({"done_on": date(2023, 11, 7)}, "之间"),
        ({"found": ""}, "回访情况"),
    ],
)
def test_a_visit_that_cannot_have_been_is_refused(
    case: Case, viewer: Viewer, changes: dict[str, Any], message: str
) -> None:
    values = {"done_on": TODAY, "found": "在家", "is_steady": False, **changes}

    with pytest.raises(CaseRefused, match=message):
        follow_ups.record(by=BY, viewer=viewer, on=TODAY, case=case, **values)


def test_a_risk_nobody_told_of_before_is_added_once(case: Case, viewer: Viewer) -> None:
    given = {"by": BY, "viewer": viewer, "on": TODAY, "case": case}

    risks.add(**given, risk="medical", found_on=TODAY)

    assert list(case.risks.values_list("risk", "found_on"))[1:] == [("medical", TODAY)]
    assert "medical" not in str(Entry.objects.get(action="case.add_risk").detail)
    for risk, found_on, message in (
        ("medical", TODAY, "已有这项风险"),
        ("means", TODAY, "从列表中选择"),
        ("water", date(2024, 1, 16), "还没有到"),
    ):
        with pytest.raises(CaseRefused, match=message):
            risks.add(**given, risk=risk, found_on=found_on)


def test_many_cases_get_their_first_visit_at_once(county: County) -> None:
    cases = [county_of.included(), county_of.included()]

    assert follow_ups.schedule_many(cases=cases, since=TODAY) == 2

    rows = FollowUp.objects.values_list("case", "due_on", "village_code")
    assert set(rows) == {(each.pk, date(2024, 2, 15), each.village_code) for each in cases}


def test_the_same_measure_is_planned_once(viewer: Viewer, plan: Callable[..., Measure]) -> None:
    measure = plan()
    with pytest.raises(CaseRefused, match="已经登记过"):
        plan()
    measures.cancel(by=BY, viewer=viewer, on=TODAY, measure=measure, reason="填错了")

    assert plan().pk != measure.pk


def test_visits_at_the_ends_of_months_do_not_fall_on_one_day(case: Case, viewer: Viewer) -> None:
    for day in (date(2024, 1, 30), date(2024, 1, 31), date(2024, 1, 29)):
        follow_ups.record(
            by=BY, viewer=viewer, on=date(2024, 2, 1), case=case, done_on=day, found="在家",
            is_steady=True,
        )  # fmt: skip

    rows = FollowUp.objects.filter(case=case).values_list("due_on", "done_on")
    assert list(rows) == [
        (date(2024, 1, 30), date(2024, 1, 30)),
        (date(2024, 2, 29), date(2024, 1, 31)),
        (date(2024, 3, 1), date(2024, 1, 29)),
        (date(2024, 3, 2), None),
    ]
    with pytest.raises(CaseRefused, match="已经登记过"):
        follow_ups.record(
            by=BY, viewer=viewer, on=date(2024, 2, 1), case=case, done_on=date(2024, 1, 30),
            found="在家", is_steady=True,
        )  # fmt: skip


def ended(case: Case, on: date, **columns: Any) -> Case:
    """Its risk was removed on a day."""
    values = {"state": "removed", "removed_on": on, "closed_on": on, "removal_kind": "helped"}
    Case.objects.filter(pk=case.pk).update(**{**values, **columns})
    case.refresh_from_db()
    return case


def test_visits_go_on_after_the_risk_was_removed_in_a_longer_rhythm(
    case: Case, viewer: Viewer
) -> None:
    ended(case, date(2024, 1, 2))
    assert follow_ups.resume(by=BY, on=TODAY) == 1
    assert follow_ups.resume(by=BY, on=TODAY) == 0
    assert FollowUp.objects.get(case=case).due_on == date(2024, 7, 15)

    given = {"by": BY, "viewer": viewer, "case": case, "found": "在外务工", "is_steady": True}
    with pytest.raises(CaseRefused, match="2024-01-02 至"):
        follow_ups.record(on=TODAY, done_on=date(2024, 1, 1), **given)
    follow_ups.record(on=TODAY, done_on=TODAY, **given)

    assert list(FollowUp.objects.order_by("due_on").values_list("due_on", "done_on")) == [
        (date(2024, 7, 15), TODAY),
        (date(2024, 7, 16), None),  # half a year on, where no visit was due
    ]


def test_visits_end_with_the_household_and_with_another_case_of_it(
    case: Case, viewer: Viewer
) -> None:
    ended(county_of.included(), TODAY, removal_kind="natural")
    ended(case, date(2024, 1, 2))
    follow_ups.resume(by=BY, on=TODAY)
    county_of.included(case.household, number="529901-2024-000900")

    follow_ups.resume(by=BY, on=TODAY)

    assert not FollowUp.objects.exists()
    with pytest.raises(CaseRefused, match="风险消除后的案件"):
        follow_ups.record(
            by=BY, viewer=viewer, on=TODAY, case=case, done_on=TODAY, found="在家", is_steady=True
        )
