"""Giving leads and cases to somebody: only what was seen, only where both may act."""

from datetime import timedelta

import pytest
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.casework import CaseFactory, LeadFactory
from tests.factories.county import NORTH, NORTH_1, TODAY, Cast, County

from anju.accounts.models import User
from anju.accounts.permissions import Permission
from anju.audit.models import Entry
from anju.casework.actions import assigning
from anju.casework.models import Lead
from anju.casework.queries import assigning as queries

pytestmark = pytest.mark.django_db


def give(cast: Cast, who: str, seen: assigning.Seen, to: User | None) -> assigning.Assigned:
    viewer = cast.viewer(who)
    return assigning.give_leads(by=viewer.actor(), on=TODAY, viewer=viewer, seen=seen, to=to)


@pytest.fixture
def lead(county: County) -> Lead:
    return LeadFactory(household=county.households[0])


def test_one_entry_is_left_for_many_with_the_place_they_share(
    county: County, cast: Cast, lead: Lead
) -> None:
    other = LeadFactory(household=county.households[1])

    done = give(cast, "north_town", {lead.pk: None, other.pk: None}, cast.grid)

    entry = Entry.objects.get(action="lead.assign")
    assert (done.given, done.left) == (2, 0)
    assert (entry.count, entry.place, entry.detail["to"]) == (2, NORTH_1, "grid")


def test_the_same_again_changes_nothing(cast: Cast, lead: Lead) -> None:
    give(cast, "village", {lead.pk: None}, cast.grid)

    assert give(cast, "village", {lead.pk: cast.grid.pk}, cast.grid).given == 0


def test_somebody_whose_post_does_not_reach_there_is_given_nothing(cast: Cast, lead: Lead) -> None:
    done = give(cast, "bureau", {lead.pk: None}, cast.south_town)

    lead.refresh_from_db()
    assert (done.given, done.left, lead.assigned_to) == (0, 1, None)


@pytest.mark.parametrize("number", [0, assigning.MOST + 1])
def test_nothing_and_too_much_are_refused(cast: Cast, number: int) -> None:
    with pytest.raises(assigning.AssigningRefused):
        give(cast, "bureau", dict.fromkeys(range(1, number + 1)), cast.grid)


def test_who_acts_nowhere_gives_nothing(cast: Cast, lead: Lead) -> None:
    with pytest.raises(assigning.AssigningRefused, match="不能分派"):
        give(cast, "grid", {lead.pk: None}, cast.grid)


def test_a_case_is_held_by_the_level_of_its_step(county: County, cast: Cast) -> None:
    at_village = CaseFactory(household=county.households[0])
    at_county = CaseFactory(household=county.households[1], step="decision", holder="county")
    viewer = cast.viewer("bureau")

    done = assigning.give_cases(
        by=viewer.actor(), on=TODAY, viewer=viewer,
        seen={at_village.pk: None, at_county.pk: None}, to=cast.bureau,
    )  # fmt: skip

    at_county.refresh_from_db()
    assert (done.given, done.left, at_county.assigned_to) == (1, 1, cast.bureau)


def test_candidates_hold_the_permission_in_the_place_today(cast: Cast) -> None:
    gone = UserFactory(username="gone")
    PostFactory(user=gone, role="village", division_code=NORTH_1, valid_to=TODAY)
    viewer = cast.viewer("bureau")

    found = queries.candidates(viewer, [Permission.CHECK_HOMES], place=NORTH)

    assert [each.username for each in found] == ["grid", "village"]
    assert found[1].posts == (("village", NORTH_1),)


def test_only_so_many_candidates_are_offered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "CANDIDATES_SHOWN", 1)

    found = queries.candidates(cast.viewer("bureau"), [Permission.CHECK_HOMES])

    assert [each.username for each in found] == ["grid"]


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("grid", {"village", "north", "bureau"}),
        ("village", {"north", "bureau"}),
        ("south_town", {"bureau"}),
        ("bureau", set()),
    ],
)
def test_whoever_sees_all_of_ones_places_may_stand_in(
    cast: Cast, who: str, names: set[str]
) -> None:
    assert {each.username for each in queries.stand_ins(cast.viewer(who))} == names


def test_a_lead_that_is_over_is_given_to_nobody(cast: Cast, lead: Lead) -> None:
    Lead.objects.update(state="no_risk", ended_on=TODAY + timedelta(days=1))

    assert give(cast, "village", {lead.pk: None}, cast.grid).left == 1
