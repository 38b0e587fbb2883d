"""Requests, services and funds for other systems: of the token's place, without words or persons."""

import pytest
from django.test import Client
from tests.factories.community import (
    FundEntryFactory,
    MaintenanceFundFactory,
    RequestFactory,
    ServicePointFactory,
)
from tests.factories.county import NORTH, NORTH_1, SOUTH_1, County
from tests.factories.places import SiteFactory
from tests.unit.api.test_api import client, issued

from anju.accounts.permissions import Permission
from anju.audit.models import Entry

__all__ = ["client"]
pytestmark = pytest.mark.django_db


def test_what_is_told_of_communities_is_of_the_tokens_place(client: Client, county: County) -> None:
    key = issued(NORTH, Permission.VIEW_REQUESTS, Permission.VIEW_HOUSEHOLDS)
    for village in (NORTH_1, NORTH_1, SOUTH_1):
        RequestFactory(village_code=village, household=county.households[0], words="水管漏水")
    ServicePointFactory(site=county.site)
    ServicePointFactory(site=None, village_code=SOUTH_1)
    fund = MaintenanceFundFactory(site=county.site)
    FundEntryFactory(fund=fund)
    MaintenanceFundFactory(site=SiteFactory(village_code=SOUTH_1))

    first = client.get("/api/v1/requests?limit=1", **key)
    rest = client.get(f"/api/v1/requests?after={first.json()['next']}", **key).json()
    assert (len(first.json()["items"]), len(rest["items"]), rest["next"]) == (1, 1, None)
    assert "漏水" not in first.text
    assert county.households[0].code not in first.text
    assert len(client.get("/api/v1/services?kind=mediation_room", **key).json()["items"]) == 1
    (told,) = client.get("/api/v1/maintenance-funds", **key).json()
    assert (told["levy"], told["balance"], told["site_code"]) == (
        10_000_000, 10_000_000, county.site.code,
    )  # fmt: skip
    assert Entry.objects.filter(action="api.read", kind="request").count() == 2
