"""Subsidies by the interface: claims of the token's place without names, in pages, on record."""

import pytest
from django.test import Client
from tests.factories.benefits import ClaimFactory, RollFactory
from tests.factories.county import NORTH, NORTH_1, SOUTH_1, County
from tests.unit.api.test_api import client, issued

from anju.accounts.permissions import Permission
from anju.audit.models import Entry

__all__ = ["client"]
pytestmark = pytest.mark.django_db


def test_claims_are_read_of_the_tokens_place(client: Client, county: County) -> None:
    home = county.households[0]
    first = ClaimFactory(roll__village_code=NORTH_1, household=home)
    second = ClaimFactory(roll=first.roll, state="paid", paid_on="2023-09-20")
    ClaimFactory(roll=RollFactory(scheme=first.scheme, village_code=SOUTH_1))
    key = issued(NORTH, Permission.VIEW_HOUSEHOLDS, Permission.VIEW_BENEFITS)

    schemes = client.get("/api/v1/benefit-schemes", **key).json()["items"]
    assert [(each["number"], each["terms"]["amount"]) for each in schemes] == [
        (first.scheme.number, 3_500)
    ]
    page = client.get("/api/v1/benefit-claims?limit=1", **key).json()
    rest = client.get(f"/api/v1/benefit-claims?after={page['next']}", **key).json()
    found = [*page["items"], *rest["items"]]
    assert [each["number"] for each in found] == [first.number, second.number]
    assert (found[0]["household_code"], found[0]["amount_fen"]) == (home.code, 10_500)
    assert home.head_name not in str(found)
    paid = client.get("/api/v1/benefit-claims?state=paid", **key).json()["items"]
    assert [each["number"] for each in paid] == [second.number]
    assert Entry.objects.filter(kind="claim", ids=[second.number]).exists()
