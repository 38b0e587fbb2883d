"""From help that has worked to the risk removed, taken up again within the year, and removed anew."""

from datetime import date, timedelta

import pytest
from tests.factories.casework import MeasureFactory
from tests.factories.county import Cast
from tests.unit.casework import helped
from tests.unit.casework.story import Story

from anju.casework.actions import removal_checks
from anju.casework.indicators import INDICATORS, Unit
from anju.casework.models import Case, CaseState, Measure, Notice, NoticeEntry, RemovalKind
from anju.casework.refusals import CaseRefused
from anju.registry.models import Household, Income, Membership

pytestmark = pytest.mark.django_db

ANSWERS = {id_: each.unit is Unit.FLAG or 100_000 for id_, each in INDICATORS.items()}


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast, on=helped.TODAY)


@pytest.fixture
def case() -> Case:
    case = helped.included()
    helped.helped(case)
    MeasureFactory(
        case=case, kind="public_post", risk="income", state="running", ends_on=date(2025, 6, 30)
    )
    return case


def check(story: Story, case: Case) -> None:
    """The indicators asked again, and signed."""
    given = story.said("village")
    case.refresh_from_db()
    removal_checks.record(case=case, checked_on=story.on, values=ANSWERS, **given)
    removal_checks.acknowledge(case=case, signed_by="户主", signed_on=story.on, **given)


def publish(story: Story, case: Case) -> None:
    notice = Notice.objects.create(
        village_code=case.village_code, kind=Notice.Kind.REMOVAL, posted_on=story.on,
        ends_on=story.on + timedelta(days=5), contact="村民委员会", posted_by="village",
    )  # fmt: skip
    NoticeEntry.objects.create(
        notice=notice, case=case, masked_name="户*", members=2, proposed="消除风险"
    )


def to_decision(story: Story, case: Case) -> Story:
    """Everything before the county's decision; the story on that day."""
    story.move(case, "start_removal")
    check(story, case)
    story.move(case, "to_removal_review")
    story.reviewed(case)
    story.move(case, "to_removal_publicity")
    publish(story, case)
    later = story.later(6)
    later.move(case, "to_removal_town_check")
    later.move(case, "to_removal_decision", "north_town")
    return later


def test_the_risk_is_removed_the_same_way_as_it_was_found(story: Story, case: Case) -> None:
    decided = to_decision(story, case)
    decided.move(case, "remove", "bureau")

    case.refresh_from_db()
    assert (case.state, case.step, case.removal_kind) == (
        CaseState.REMOVED, "", RemovalKind.HELPED,
    )  # fmt: skip
    assert (case.removed_on, case.closed_on) == (decided.on, decided.on)
    assert Household.objects.get(pk=case.household_id).risk_removed_on == decided.on
    measure = Measure.objects.get()
    assert (measure.state, measure.ends_on) == ("running", date(2025, 6, 30))


def test_what_fell_away_before_the_decision_stops_it(story: Story, case: Case) -> None:
    decided = to_decision(story, case)
    Income.objects.filter(household=case.household).update(wage=1)

    with pytest.raises(CaseRefused):
        decided.move(case, "remove", "bureau")
    decided.move(case, "not_yet", "bureau", reason="income_unsteady", note="收入又降了")

    case.refresh_from_db()
    assert (case.state, case.step, case.closed_on) == (CaseState.INCLUDED, "", None)
    assert Household.objects.get(pk=case.household_id).risk_removed_on is None


def test_nothing_is_removed_before_its_time(story: Story, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(included_on=date(2023, 11, 21))

    with pytest.raises(CaseRefused):
        story.move(case, "start_removal")


def test_a_household_without_labour_never_begins(cast: Cast) -> None:
    case = helped.included(helped.household(labour="lost"))
    helped.helped(case, "safety_net")

    with pytest.raises(CaseRefused):
        Story(cast, on=helped.TODAY).move(case, "start_removal")


def test_a_removed_case_is_taken_up_again_within_the_year_with_its_history(
    story: Story, case: Case
) -> None:
    decided = to_decision(story, case)
    decided.move(case, "remove", "bureau")
    number, moves = case.number, case.moves.count()
    again = decided.later(200)

    again.move(case, "reopen", reason="risk_back", note="又失业了")

    case.refresh_from_db()
    assert (case.number, case.state, case.procedure) == (number, CaseState.CHECKING, "inclusion")
    assert (case.removed_on, case.removal_kind, case.closed_on) == (None, None, None)
    assert case.moves.count() == moves + 1
    assert list(case.risks.filter(solved_on=None).values_list("risk", "found_on")) == [
        ("income", again.on)
    ]
    assert case.removal_checks.count() == 1
    assert Household.objects.get(pk=case.household_id).risk_removed_on == decided.on


def test_after_a_year_it_is_a_new_case(story: Story, case: Case) -> None:
    decided = to_decision(story, case)
    decided.move(case, "remove", "bureau")

    with pytest.raises(CaseRefused):
        decided.later(367).move(case, "reopen", reason="risk_back", note="又失业了")


def test_nobody_left_is_removed_naturally_without_a_review(story: Story, case: Case) -> None:
    with pytest.raises(CaseRefused):
        story.move(case, "start_natural_removal", reason="moved")
    Membership.objects.filter(household=case.household).update(left_on=story.on, left_reason="move")

    story.move(case, "start_natural_removal", reason="moved")
    story.move(case, "to_natural_decision", "north_town", note="全户已迁出")
    story.move(case, "remove", "bureau")

    case.refresh_from_db()
    assert (case.state, case.removal_kind) == (CaseState.REMOVED, RemovalKind.NATURAL)
    assert Household.objects.get(pk=case.household_id).risk_removed_on == story.on
