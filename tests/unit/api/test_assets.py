"""Assets and yields by the interface: of the token's place, in pages, on record."""

from datetime import date

import pytest
from django.test import Client
from tests.factories.assets import AssetFactory, AssetStateFactory, LeaseFactory, YieldFactory
from tests.factories.county import COUNTY, NORTH, NORTH_1, SOUTH_1, County
from tests.unit.api.test_api import client, issued
from tests.unit.intake.test_asset_lists import asset, bring

from anju.assets.actions import states
from anju.audit.actor import SYSTEM
from anju.audit.models import Entry

__all__ = ["client"]
pytestmark = pytest.mark.django_db
JUNE = date(2023, 6, 1)


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


def test_a_change_names_the_assets_it_touched(client: Client, county: County) -> None:
    mine, theirs = (
        AssetStateFactory(asset=AssetFactory(division_code=place)).asset
        for place in (NORTH_1, SOUTH_1)
    )
    key = issued(NORTH)
    number = client.get("/api/v1/assets", **key).json()["change"]
    for each in (mine, theirs):
        states.change(
            by=SYSTEM, on=JUNE, asset=each, use="idle", since=JUNE, reason="停业", source="测试"
        )

    (change,) = client.get(f"/api/v1/changes?after={number}", **key).json()["items"]

    assert (change["assets"], change["projects"], change["households"]) == ([mine.pk], [], [])


def test_a_list_of_assets_is_one_change_of_all_it_wrote(client: Client, county: County) -> None:
    key = issued(NORTH)
    number = client.get("/api/v1/assets", **key).json()["change"]
    bring(asset("ZC-1"), asset("ZC-2"))

    (change,) = client.get(f"/api/v1/changes?after={number}", **key).json()["items"]

    assert len(change["assets"]) == 2
