"""Assets and yields by the interface: of the token's place, in pages, on record."""

import pytest
from django.test import Client
from tests.factories.assets import AssetFactory, AssetStateFactory, LeaseFactory, YieldFactory
from tests.factories.county import COUNTY, NORTH, NORTH_1, SOUTH_1, County
from tests.unit.api.test_api import client, issued

from anju.audit.models import Entry

__all__ = ["client"]
pytestmark = pytest.mark.django_db


def test_assets_are_read_of_the_tokens_place(client: Client, county: County) -> None:
    home = county.households_in(SOUTH_1)[0]
    for place in (NORTH_1, NORTH, SOUTH_1, COUNTY):
        asset = AssetFactory(division_code=place)
        AssetStateFactory(asset=asset)
        LeaseFactory(asset=asset)
        YieldFactory(asset=asset)
        YieldFactory(asset=asset, year=2021, known_to="2023-08-01")
    theirs = AssetFactory(kind="household", household=home, division_code=NORTH_1)
    AssetStateFactory(asset=theirs)
    key = issued(NORTH)

    first = client.get("/api/v1/assets?limit=1", **key).json()
    rest = client.get(f"/api/v1/assets?after={first['next']}", **key).json()
    found = [*first["items"], *rest["items"]]
    assert [each["division_code"] for each in found] == [NORTH_1, NORTH]
    assert rest["next"] is None
    assert [state["use"] for state in found[0]["states"]] == ["in_use"]
    assert found[0]["leases"][0]["yearly_rent"] == 1_200_000
    assert client.get("/api/v1/assets?use=idle", **key).json()["items"] == []

    told = client.get("/api/v1/asset-yields", **key).json()["items"]
    assert [(each["asset"], each["year"]) for each in told] == [(e["id"], 2022) for e in found]
    one = client.get(f"/api/v1/asset-yields?asset={found[1]['id']}", **key).json()
    assert len(one["items"]) == 1
    assert Entry.objects.filter(action="api.read", kind="asset").count() == 5
