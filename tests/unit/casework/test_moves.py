"""Moves: the whole way of a case, what is refused on it, returns, appeals, the green channel."""

from datetime import date, timedelta

import pytest
from tests.factories.county import TODAY, Cast, County
from tests.unit.casework.story import AT, Story

from anju.audit.models import Entry
from anju.casework.actions import cases, checks, moves
from anju.casework.models import Authorisation, Case, CaseState, HomeCheck, Lead, Move, Notice
from anju.casework.queries import case_for, offers
from anju.casework.refusals import CaseMoved, CaseRefused
from anju.registry.models import Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


@pytest.fixture
def home(county: County) -> Household:
    return county.households[0]


def _missing(story: Story, case: Case, action: str, who: str = "village") -> set[str]:
    case = case_for(story.viewer(who), case.number)
    [offer] = [
        each for each in offers(story.viewer(who), case, story.on) if each.action.id == action
    ]
    return {each.id for each in offer.missing}


def test_from_the_lead_to_the_decision_of_the_county(story: Story, home: Household) -> None:
    case = story.included(home)

    case.refresh_from_db()
    home.refresh_from_db()
    decided = TODAY + timedelta(days=6)
    assert (case.state, case.step, case.holder) == (CaseState.INCLUDED, "", "")
    assert (case.decided_on, case.included_on, case.closed_on) == (decided, decided, None)
    assert (home.monitored_kind, home.included_on) == ("unstable", decided)
    assert [(each.version, each.action, each.to_step) for each in case.moves.all()] == [
        (1, "open", "authorisation"),
        (2, "to_home_check", "home_check"),
        (3, "to_comparison", "comparison"),
        (4, "to_review", "review"),
        (5, "to_publicity", "publicity"),
        (6, "to_town_check", "town_check"),
        (7, "to_decision", "decision"),
        (8, "include", ""),
    ]
    assert Entry.objects.filter(action="case.move").count() == 7
    assert case.due_on == TODAY + timedelta(days=15)


def test_each_step_asks_for_what_the_pack_says(story: Story, home: Household) -> None:
    case = story.opened(home)

    assert _missing(story, case, "to_home_check") == {"authorisation"}
    with pytest.raises(CaseRefused, match="尚缺"):
        story.move(case, "to_home_check")
    story.authorised(case)
    assert _missing(story, case, "to_home_check") == set()
    story.move(case, "to_home_check")

    assert _missing(story, case, "to_comparison") == {"home_check"}
    story.checked(case)
    story.move(case, "to_comparison")

    assert _missing(story, case, "to_review", "bureau") == {"comparison"}
    story.compared(case, ({"what": "小轿车", "note": ""},))
    story.move(case, "to_review", "bureau")

    assert _missing(story, case, "to_publicity") == {
        "hints_explained",
        "review",
        "review_in_favour",
    }
    checks.explain(
        case=case, hints=[{"what": "小轿车", "note": "跑运输谋生", "matters": False}],
        **story.said("village"),
    )  # fmt: skip
    story.reviewed(case, in_favour=12, against=13)
    assert _missing(story, case, "to_publicity") == {"review_in_favour"}
    assert _missing(story, case, "propose_refusal") == set()
    story.reviewed(case)
    story.move(case, "to_publicity")

    assert _missing(story, case, "to_town_check") >= {"publicity_over"}


def test_data_are_not_compared_before_the_household_signed(story: Story, home: Household) -> None:
    case = story.opened(home)
    story.authorised(case)
    story.move(case, "to_home_check")
    story.checked(case)
    story.move(case, "to_comparison")
    checks.withdraw_authorisation(case=case, **story.said("village"))

    with pytest.raises(CaseRefused, match="授权"):
        story.compared(case)


def test_a_comparison_from_before_the_signature_does_not_count(
    story: Story, home: Household
) -> None:
    case = story.opened(home)
    story.authorised(case)
    story.move(case, "to_home_check")
    story.checked(case)
    story.move(case, "to_comparison")
    story.compared(case)
    Authorisation.objects.update(signed_on=TODAY + timedelta(days=1))

    assert "comparison" in _missing(story.later(2), case, "to_review", "bureau")


@pytest.mark.parametrize("who", ["north_town", "bureau", "grid"])
def test_a_level_that_does_not_hold_the_step_cannot_move_it(
    story: Story, home: Household, who: str
) -> None:
    case = story.opened(home)
    story.authorised(case)
    story.move(case, "to_home_check")
    story.checked(case)

    with pytest.raises(CaseRefused, match="由村"):
        story.move(case, "to_comparison", who)


def test_another_town_does_not_even_see_the_case(story: Story, home: Household) -> None:
    case = story.opened(home)

    with pytest.raises(Case.DoesNotExist):
        story.move(case, "withdraw", "south_town", reason="x", note="y")


def test_the_second_of_two_is_told_what_the_first_did(story: Story, home: Household) -> None:
    case = story.opened(home)
    seen = case.version
    story.authorised(case)
    story.move(case, "to_home_check")

    with pytest.raises(CaseMoved, match="village") as refused:
        moves.take(
            case=case, action="withdraw", seen=seen, reason="moved", note="农户已经搬走", at=AT,
            **story.said("north_town"),
        )  # fmt: skip

    assert [each.action for each in refused.value.moves] == ["to_home_check"]
    assert refused.value.case.step == "home_check"
    assert case.moves.count() == 2


@pytest.mark.parametrize("days", [0, 1])
def test_a_return_asks_for_everything_after_it_again(
    story: Story, home: Household, days: int
) -> None:
    case = story.opened(home)
    story.authorised(case)
    story.move(case, "to_home_check")
    story.checked(case)
    story.move(case, "to_comparison")
    later = story.later(days)

    later.move(case, "return_to_home_check", "bureau", reason="incomplete", note="收入没有写明")

    case.refresh_from_db()
    assert (case.step, case.holder, case.step_since) == ("home_check", "village", later.on)
    assert _missing(later, case, "to_comparison") == {"home_check"}
    later.checked(case)
    later.move(case, "to_comparison")
    assert HomeCheck.objects.count() == 2


def test_reviewed_and_returned_on_one_day_it_is_reviewed_again(
    story: Story, home: Household
) -> None:
    case = story.opened(home)
    story.to_publicity(case)
    story.move(case, "return_to_review", reason="procedure", note="票数有误")

    assert _missing(story, case, "to_publicity") == {"review"}
    story.reviewed(case)
    story.move(case, "to_publicity")
    assert _missing(story, case, "to_town_check") == {"publicity_over"}


def test_what_lies_before_the_step_returned_to_still_counts(story: Story, home: Household) -> None:
    case = story.opened(home)
    story.to_publicity(case)
    story.published(case)
    later = story.later(6)
    later.move(case, "to_town_check")

    later.move(case, "return_to_review", "north_town", reason="procedure", note="票数有误")

    assert _missing(later, case, "to_publicity") == {"review"}
    later.reviewed(case)
    later.move(case, "to_publicity")
    later.published(case)
    assert _missing(later.later(6), case, "to_town_check") == set()
    later.later(6).move(case, "to_town_check")
    assert _missing(later.later(6), case, "to_decision", "north_town") == set()


def test_a_return_needs_a_reason_of_the_list_and_a_note(story: Story, home: Household) -> None:
    case = story.opened(home)
    story.authorised(case)
    story.move(case, "to_home_check")
    story.checked(case)
    story.move(case, "to_comparison")

    for given in ({}, {"reason": "incomplete"}, {"reason": "nonsense", "note": "不行"}):
        with pytest.raises(CaseRefused):
            story.move(case, "return_to_home_check", "bureau", **given)
    assert case.moves.count() == 3


def _refused(story: Story, home: Household) -> Case:
    case = story.opened(home)
    story.authorised(case)
    story.move(case, "to_home_check")
    story.checked(case, has_risk=False)
    story.move(case, "propose_no_risk", reason="own_means", note="有存款可以应对")
    return story.move(case, "confirm_no_risk", "north_town")


def test_no_risk_at_home_ends_the_case_once_the_town_agrees(story: Story, home: Household) -> None:
    case = _refused(story, home)

    assert (case.state, case.closed_on) == (CaseState.NOT_INCLUDED, TODAY)
    assert Household.objects.get(pk=home.pk).monitored_kind is None


@pytest.mark.parametrize(("days", "in_time"), [(15, True), (16, False)])
def test_a_refusal_is_looked_at_again_where_the_household_appeals_in_time(
    story: Story, home: Household, days: int, in_time: bool
) -> None:
    case = _refused(story, home)
    later = story.later(days)

    if not in_time:
        with pytest.raises(CaseRefused, match="申诉期限"):
            later.move(case, "appeal", note="户主认为没有算医药费")
        return
    later.move(case, "appeal", note="户主认为没有算医药费")
    again = later.move(case, "recheck", "bureau", note="确有漏算")

    assert (again.state, again.step, again.closed_on) == (CaseState.CHECKING, "home_check", None)
    assert _missing(later, case, "to_comparison") == {"home_check"}


def test_an_appeal_finds_no_place_beside_another_open_case(story: Story, home: Household) -> None:
    case = _refused(story, home)
    story.later(1).opened(home)

    with pytest.raises(CaseRefused, match="另一个在办案件"):
        story.later(2).move(case, "appeal", note="户主认为没有算医药费")


def test_help_may_come_first_and_the_signature_later(story: Story, home: Household) -> None:
    case = story.opened(home)

    story.move(case, "start_green", "north_town", reason="disaster", note="房屋烧毁，先安置")

    case.refresh_from_db()
    assert case.is_green_channel
    assert case.papers_due_on == TODAY + timedelta(days=30)
    story.move(case, "to_home_check")
    story.checked(case)
    story.move(case, "to_comparison")
    story.compared(case)
    assert _missing(story, case, "to_review", "bureau") == {"authorisation"}
    story.authorised(case)
    assert _missing(story, case, "to_review", "bureau") == set()


def test_a_case_follows_its_household_with_the_next_move(
    story: Story, home: Household, county: County
) -> None:
    case = story.opened(home)
    story.authorised(case)
    Household.objects.filter(pk=home.pk).update(village_code="529901101202")

    moved = story.move(case, "withdraw", "north_town", reason="moved", note="农户已经搬走")

    assert moved.village_code == "529901101202"
    assert moved.state == CaseState.WITHDRAWN


def test_whoever_was_given_the_case_gives_it_up_with_the_level(
    story: Story, home: Household
) -> None:
    case = story.opened(home)
    Case.objects.update(assigned_to=story.cast.village)
    story.authorised(case)

    kept = story.move(case, "to_home_check")
    assert kept.assigned_to == story.cast.village
    story.checked(case)
    given_up = story.move(case, "to_comparison")

    assert given_up.assigned_to is None


def test_who_may_not_act_there_opens_no_case(story: Story, home: Household, cast: Cast) -> None:
    lead = story.raised(home)
    leader = story.viewer("village")
    reads = type(leader).with_grants(
        user_id=0, username="x", name="", on=TODAY,
        grants=tuple(
            type(grant)(
                frozenset(p for p in grant.permissions if p.startswith("view_")), grant.scope
            )
            for grant in leader.grants
        ),
    )  # fmt: skip

    with pytest.raises(CaseRefused, match="不能为这户立案"):
        cases.open_case(by=leader.actor(), at=AT, on=TODAY, viewer=reads, lead=lead)
    assert not Case.objects.exists()


def test_what_is_refused_half_way_leaves_nothing_behind(
    story: Story, home: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = story.opened(home)
    story.authorised(case)

    def fails(**_given: object) -> None:
        raise RuntimeError("killed before the entry was written")

    monkeypatch.setattr(moves, "record", fails)
    with pytest.raises(RuntimeError):
        story.move(case, "to_home_check")

    case.refresh_from_db()
    assert (case.version, case.step) == (1, "authorisation")
    assert Move.objects.count() == 1


def test_numbers_go_on_by_county_and_year(story: Story, county: County) -> None:
    first, second = story.opened(county.households[0]), story.opened(county.households[1])
    next_year = Story(story.cast, on=date(2024, 1, 2))
    third = next_year.opened(county.households[3], who="north_town")

    assert [each.number for each in (first, second, third)] == [
        "529901-2023-000001",
        "529901-2023-000002",
        "529901-2024-000001",
    ]
    assert Lead.objects.filter(case=third).count() == 1
    assert not Notice.objects.exists()
