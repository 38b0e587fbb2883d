"""Requests run behind the fence: those of people with their places, those of systems with a token's.
PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from tests.factories.accounts import PostFactory
from tests.factories.county import NORTH, NORTH_1, NORTH_2, SOUTH, SOUTH_1, Cast, County
from tests.factories.monitoring import FindingFactory, RunFactory
from tests.unit.accounts.test_row_security import as_web_role
from tests.web.forms import filled

from anju.accounts.actions import tokens
from anju.accounts.permissions import Permission
from anju.api import operations
from anju.audit.actor import Actor
from anju.registry.models import Household, HouseholdRecord

pytestmark = [
    pytest.mark.django_db,
]
FORM = "/households/H000000001/edit/household/"


@contextmanager
def behind_the_fence() -> Iterator[None]:
    """Requests inside are made as in an office with PostgreSQL."""
    with override_settings(ROW_SECURITY=True), as_web_role():
        yield


@pytest.fixture
def key() -> dict[str, str]:
    """The header of a system that reads in the north town."""
    today = timezone.localdate()
    _, secret = tokens.issue(
        by=Actor("security"),
        at=timezone.now(),
        on=today,
        system="一卡通",
        division_code=NORTH,
        permissions=(Permission.VIEW_HOUSEHOLDS, Permission.VIEW_FINDINGS),
        expires_on=today + timedelta(days=30),
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def _items(path: str, key: dict[str, str]) -> object:
    answer = Client().get(f"/api/v1/{path}", **key)
    assert answer.status_code == 200, answer.content
    said = answer.json()
    return said.get("items", said) if isinstance(said, dict) else said


def test_a_system_is_told_the_same_behind_the_fence(county: County, key: dict[str, str]) -> None:
    run = RunFactory()
    for home in (county.households[0], county.households[6]):
        FindingFactory(run=run, household=home)
    paths = ("places", "households", "households/H000000001", "runs", "findings", "changes")
    before = {path: _items(path, key) for path in paths}

    with behind_the_fence():
        after = {path: _items(path, key) for path in paths}

    assert after == before
    assert len(after["findings"]) == 1
    assert len(after["households"]) == 4


def test_a_gate_that_is_forgotten_shows_a_system_nothing_of_other_towns(
    county: County,
    key: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        operations.registry, "households_for", lambda viewer: Household.objects.all()
    )
    assert len(_items("households", key)) == 8  # the gate is open

    with behind_the_fence():
        shown = _items("households", key)
        without = Client().get("/api/v1/households")

    assert {home["village_code"][:9] for home in shown} == {NORTH[:9]}
    assert without.status_code == 401


def _move(client: Client, village: str) -> int:
    return client.post(
        FORM, filled(client, FORM, village_code=village, site="", grid="")
    ).status_code


def test_a_household_moves_between_the_places_of_who_edits(cast: Cast) -> None:
    PostFactory(user=cast.village, role="town", division_code=SOUTH)
    client = Client()
    client.force_login(cast.village)
    with behind_the_fence():
        statuses = [_move(client, village) for village in (SOUTH_1, NORTH_1)]
        shown = client.get("/households/H000000001/people/").status_code

    assert (statuses, shown) == ([302, 302], 200)
    home = Household.objects.get(code="H000000001")
    assert home.village_code == NORTH_1
    kept = HouseholdRecord.objects.filter(household=home, known_to__isnull=True).latest("pk")
    assert (kept.village_code, kept.site) == (NORTH_1, None)


def test_a_household_is_not_moved_out_of_the_places_of_who_edits_and_not_lost(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.village)
    with behind_the_fence():
        refused = _move(client, NORTH_2)
        shown = client.get("/households/H000000001/people/").status_code

    assert (refused, shown) == (422, 200)
    home = Household.objects.get(code="H000000001")
    assert (home.village_code, home.site.code) == (NORTH_1, "AZ0001")
