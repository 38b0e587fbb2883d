"""Giving leads and cases out: whom to, what will change, and only what was seen."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.casework import CaseFactory, LeadFactory
from tests.factories.county import NORTH, Cast, County
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.casework.models import Case, Lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def leads(county: County, today: date) -> list[Lead]:
    return [
        LeadFactory(household=household, due_on=today + timedelta(days=9))
        for household in county.households
    ]


def offered(client: Client, query: str = "") -> dict[int, bool]:
    """The rows of the preview, and whether each would change."""
    return {row.pk: may for row, may in client.get(f"/leads/assign/{query}").context["rows"]}


def test_nothing_is_given_before_it_was_seen_with_whom_it_goes_to(
    leads: list[Lead], signed_in: SignedIn
) -> None:
    text = signed_in("north_town").get("/leads/assign/?to=village").text

    assert "北枫一村干部" in text
    assert "不在此人负责范围，不改" in text
    assert not Lead.objects.filter(assigned_to__isnull=False).exists()


def test_the_filters_of_the_list_are_those_of_the_preview(
    leads: list[Lead], signed_in: SignedIn
) -> None:
    client = signed_in("bureau")

    assert len(offered(client)) == 8
    assert len(offered(client, f"?town={NORTH}")) == 4


def test_a_town_gives_out_its_own_only_to_those_who_check_homes_there(
    leads: list[Lead], signed_in: SignedIn
) -> None:
    client = signed_in("north_town")

    rows = offered(client, "?to=village")
    choices = {choice.value for choice in client.get("/leads/assign/").context["candidates"]}

    assert rows == {leads[0].pk: True, leads[1].pk: True, leads[2].pk: False, leads[3].pk: False}
    assert choices == {"village", "grid"}


def test_what_is_ticked_is_given_and_noted(
    leads: list[Lead], cast: Cast, signed_in: SignedIn
) -> None:
    client = signed_in("north_town")

    answer = client.post(
        f"/leads/assign/?town={NORTH}", {"to": "grid", "row": [f"{leads[0].pk}:0"]}, follow=True
    )

    leads[0].refresh_from_db()
    assert leads[0].assigned_to == cast.grid
    assert "已分派 1 条" in answer.text
    entry = Entry.objects.get(action="lead.assign")
    assert (entry.ids, entry.detail["to"]) == (["H000000001"], "grid")


def test_what_somebody_gave_away_meanwhile_stays_as_it_is(
    leads: list[Lead], cast: Cast, signed_in: SignedIn
) -> None:
    Lead.objects.filter(pk=leads[0].pk).update(assigned_to=cast.grid)
    sent = {"to": "village", "row": [f"{leads[0].pk}:0", f"{leads[1].pk}:0"]}

    answer = signed_in("north_town").post("/leads/assign/", sent, follow=True)

    leads[0].refresh_from_db()
    leads[1].refresh_from_db()
    assert (leads[0].assigned_to, leads[1].assigned_to) == (cast.grid, cast.village)
    assert "有 1 条" in answer.text


def test_rows_of_another_place_are_not_given_whatever_is_sent(
    leads: list[Lead], signed_in: SignedIn
) -> None:
    sent = {"to": "village", "row": [f"{leads[0].pk}:0", "x", f"{leads[4].pk}:0"]}

    signed_in("south_town").post("/leads/assign/", sent)

    assert not Lead.objects.filter(assigned_to__isnull=False).exists()


def test_what_is_given_to_nobody_is_everybodys_again(
    leads: list[Lead], cast: Cast, signed_in: SignedIn
) -> None:
    Lead.objects.filter(pk=leads[0].pk).update(assigned_to=cast.grid)

    signed_in("village").post(
        "/leads/assign/", {"to": "-", "row": [f"{leads[0].pk}:{cast.grid.pk}"]}
    )

    leads[0].refresh_from_db()
    assert leads[0].assigned_to is None


@pytest.mark.parametrize("sent", [{"to": "", "row": ["1:0"]}, {"to": "village"}])
def test_without_somebody_or_something_chosen_the_preview_says_so(
    leads: list[Lead], signed_in: SignedIn, sent: dict[str, str]
) -> None:
    answer = signed_in("north_town").post("/leads/assign/", sent)

    assert answer.status_code == 422
    assert "alert-danger" in answer.text


def test_who_acts_nowhere_gives_nothing_out(leads: list[Lead], signed_in: SignedIn) -> None:
    assert signed_in("grid").get("/leads/assign/").status_code == 403
    assert "/leads/assign/" not in signed_in("grid").get("/leads/").text


def test_a_case_goes_to_whoever_holds_its_step(
    county: County, cast: Cast, today: date, signed_in: SignedIn
) -> None:
    reviewed = CaseFactory(household=county.households[0], step="review", step_due_on=today)
    checked = CaseFactory(household=county.households[1], step="town_check", holder="town")
    client = signed_in("north_town")

    rows = dict(client.get("/cases/assign/?to=village").context["rows"])
    client.post("/cases/assign/", {"to": "village", "row": [f"{reviewed.pk}:0", f"{checked.pk}:0"]})

    assert rows == {reviewed: True, checked: False}
    assert Case.objects.get(assigned_to=cast.village) == reviewed
