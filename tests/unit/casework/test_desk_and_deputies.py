"""Whose desk a case is on, with how many days left, and who stands in for somebody away."""

from datetime import date, timedelta

import pytest
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.casework import CaseFactory, DeputyFactory
from tests.factories.county import COUNTY, NORTH_1, NORTH_2, SOUTH, TODAY, Cast, County
from tests.unit.casework.story import AT, Story

from anju.accounts.models import User
from anju.accounts.queries import viewer_of
from anju.casework.actions import deputies, moves
from anju.casework.models import Case, Deputy
from anju.casework.queries import absent_for, counts, deputies_of, offers, on_desk
from anju.casework.refusals import CaseRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


def _at(county: County, number: int, step: str, holder: str, due: int) -> Case:
    case: Case = CaseFactory(
        household=county.households[number],
        step=step,
        holder=holder,
        step_due_on=TODAY + timedelta(days=due),
    )
    return case


def test_a_case_is_on_the_desk_of_the_level_and_place_that_holds_it(
    story: Story, county: County
) -> None:
    village = _at(county, 0, "home_check", "village", 2)
    town = _at(county, 2, "town_check", "town", 1)
    south = _at(county, 6, "town_check", "town", 1)
    whole = _at(county, 4, "comparison", "county", 3)
    CaseFactory(household=county.households[1], step="", holder="")

    assert list(on_desk(story.viewer("village"))) == [village]
    assert list(on_desk(story.viewer("north_town"))) == [town]
    assert list(on_desk(story.viewer("south_town"))) == [south]
    assert list(on_desk(story.viewer("bureau"))) == [whole]
    assert not on_desk(story.viewer("grid")).exists()


def test_the_desk_begins_with_the_fewest_days_left(story: Story, county: County) -> None:
    late = _at(county, 0, "home_check", "village", -1)
    calm = _at(county, 1, "home_check", "village", 9)
    other = CaseFactory(
        household__village_code=NORTH_1,
        step="review",
        holder="village",
        step_due_on=TODAY + timedelta(days=1),
    )

    assert list(on_desk(story.viewer("village"))) == [late, other, calm]


@pytest.mark.parametrize(
    ("step", "holder", "due", "expected"),
    [
        ("home_check", "village", 2, "calm"),
        ("home_check", "village", 1, "soon"),  # the pack warns a day ahead
        ("home_check", "village", 0, "soon"),
        ("home_check", "village", -1, "late"),
        ("appeal", "county", 3, "soon"),  # and three days of an appeal
        ("appeal", "county", 4, "calm"),
        ("no step of today's pack", "county", 1, "soon"),
        ("no step of today's pack", "county", 2, "calm"),
    ],
)
def test_the_clock_warns_as_many_days_ahead_as_the_pack_says(
    story: Story, county: County, step: str, holder: str, due: int, expected: str
) -> None:
    _at(county, 0, step, holder, due)

    found = counts(story.viewer("village" if holder == "village" else "bureau"), TODAY)

    assert (found.cases, found.soon, found.late) == (1, expected == "soon", expected == "late")


def test_a_case_given_to_somebody_is_on_no_other_desk(story: Story, county: County) -> None:
    case = _at(county, 0, "home_check", "village", 2)
    colleague = _colleague(NORTH_1, "village")
    Case.objects.filter(pk=case.pk).update(assigned_to=colleague)

    assert not on_desk(story.viewer("village")).exists()
    assert list(on_desk(viewer_of(colleague, on=TODAY))) == [case]


def _colleague(place: str, role: str, name: str = "colleague") -> User:
    user: User = UserFactory(username=name)
    PostFactory(user=user, role=role, division_code=place)
    return user


def _appoint(story: Story, who: str, deputy: User, days: int = 6) -> Deputy:
    return deputies.appoint(
        deputy=deputy, starts_on=story.on, ends_on=story.on + timedelta(days=days),
        **story.said(who),
    )  # fmt: skip


def test_a_deputy_finds_the_work_of_who_is_away_and_acts_in_that_place(
    story: Story, county: County
) -> None:
    case = story.opened(county.households[0])
    story.authorised(case)
    story.move(case, "to_home_check")
    helper = _colleague(NORTH_1, "resident_helper", "helper")
    viewer = viewer_of(helper, on=TODAY)
    assert not on_desk(viewer).exists()

    _appoint(story, "village", helper)

    assert [each.user.username for each in absent_for(viewer)] == ["village"]
    assert [each.deputy.username for each in deputies_of(story.viewer("village"))] == ["helper"]
    assert list(on_desk(viewer)) == [case]
    story.checked(case)
    moved = moves.take(
        by=viewer.actor(), at=AT, on=TODAY, viewer=viewer, case=case, seen=2,
        action="to_comparison",
    )  # fmt: skip
    last = moved.moves.last()
    assert (last.by, last.on_behalf_of) == ("helper", "village")


def test_without_a_deputy_s_days_a_helper_moves_nothing(story: Story, county: County) -> None:
    case = story.opened(county.households[0])
    story.authorised(case)
    helper = _colleague(NORTH_1, "resident_helper", "helper")
    _appoint(story, "village", helper, days=6)
    later = viewer_of(helper, on=TODAY + timedelta(days=7))

    offered = {each.action.id: each.is_level_wrong for each in offers(later, case, later.on)}

    assert offered == {"to_home_check": False, "start_green": True, "withdraw": True}
    assert not on_desk(later).exists()


def test_what_the_deputy_may_anyhow_is_done_in_their_own_name(story: Story, county: County) -> None:
    case = story.opened(county.households[0])
    story.authorised(case)
    colleague = _colleague(NORTH_1, "village")
    _appoint(story, "village", colleague)
    viewer = viewer_of(colleague, on=TODAY)
    said = {"by": viewer.actor(), "at": AT, "on": TODAY, "viewer": viewer, "case": case}

    own = moves.take(seen=1, action="to_home_check", **said)
    Case.objects.update(assigned_to=story.cast.village)
    story.checked(case)
    for_the_other = moves.take(seen=2, action="to_comparison", **said)

    assert own.moves.get(version=2).on_behalf_of == ""
    assert for_the_other.moves.get(version=3).on_behalf_of == "village"


@pytest.mark.parametrize(
    ("starts", "ends", "message"),
    [(-1, 3, "从今天"), (3, 2, "从今天"), (0, 91, "最长 90 天")],
)
def test_days_of_a_deputy_are_days_to_come(
    story: Story, starts: int, ends: int, message: str
) -> None:
    colleague = _colleague(NORTH_1, "village")

    with pytest.raises(CaseRefused, match=message):
        deputies.appoint(
            deputy=colleague,
            starts_on=TODAY + timedelta(days=starts),
            ends_on=TODAY + timedelta(days=ends),
            **story.said("village"),
        )


@pytest.mark.parametrize(
    ("who", "place", "role"),
    [
        ("village", NORTH_2, "village"),
        ("north_town", SOUTH, "town"),
        ("north_town", NORTH_1, "village"),
        ("grid", NORTH_2, "village"),
        ("bureau", COUNTY, "auditor"),
    ],
)
def test_who_does_not_see_all_the_places_is_no_deputy(
    story: Story, who: str, place: str, role: str
) -> None:
    with pytest.raises(CaseRefused, match="看不到"):
        _appoint(story, who, _colleague(place, role))
    assert not Deputy.objects.exists()


def test_a_grid_s_deputy_may_be_the_village_it_lies_in(story: Story) -> None:
    assert _appoint(story, "grid", _colleague(NORTH_1, "village")).pk


def test_there_is_one_deputy_a_day_and_coming_back_ends_it(story: Story) -> None:
    first = _appoint(story, "village", _colleague(NORTH_1, "village"))
    with pytest.raises(CaseRefused, match="已经有代办人"):
        _appoint(story.later(3), "village", _colleague(NORTH_1, "village", "third"))

    back = story.later(3)
    deputies.end(deputy=first, **back.said("village"))

    first.refresh_from_db()
    assert first.ends_on == TODAY + timedelta(days=2)
    assert _appoint(back, "village", _colleague(NORTH_1, "village", "fourth")).pk
    with pytest.raises(CaseRefused, match="已经结束"):
        deputies.end(deputy=first, **back.said("village"))


def test_a_deputy_not_begun_is_taken_away_whole(story: Story) -> None:
    coming = deputies.appoint(
        deputy=_colleague(NORTH_1, "village"),
        starts_on=TODAY + timedelta(days=2),
        ends_on=TODAY + timedelta(days=4),
        **story.said("village"),
    )

    deputies.end(deputy=coming, **story.said("village"))

    assert not Deputy.objects.exists()


def test_nobody_ends_the_deputy_of_another(story: Story) -> None:
    row = DeputyFactory(user=story.cast.village, deputy=story.cast.grid, ends_on=date(2023, 12, 1))

    with pytest.raises(Deputy.DoesNotExist):
        deputies.end(deputy=row, **story.said("north_town"))


def test_nobody_is_their_own_deputy(story: Story) -> None:
    with pytest.raises(CaseRefused, match="另一位"):
        _appoint(story, "village", story.cast.village)
