"""Resettlement sites: list and page, counted within the viewer's places."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.county import County
from tests.factories.monitoring import HouseholdLevelFactory, RunFactory
from tests.factories.places import SiteFactory
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db


def test_the_list_counts_households_buildings_and_grids(
    signed_in: SignedIn, county: County
) -> None:
    response = signed_in("bureau").get("/sites/")

    (row,) = response.context["page"].rows
    assert (row.households, row.buildings_count, row.grids_count) == (2, 1, 1)
    assert "北枫镇北枫一村" in response.text


def test_sites_outside_the_places_are_not_there(signed_in: SignedIn, county: County) -> None:
    client = signed_in("south_town")

    assert client.get("/sites/").context["page"].rows == []
    assert client.get("/sites/AZ0001/").status_code == 404


def test_the_grid_worker_sees_the_site_of_the_own_grid(signed_in: SignedIn, county: County) -> None:
    response = signed_in("grid").get("/sites/AZ0001/")

    assert response.status_code == 200
    assert response.context["households"] == 2


def test_the_page_shows_buildings_grids_and_levels_with_links(
    signed_in: SignedIn, county: County
) -> None:
    HouseholdLevelFactory(run=RunFactory(), household=county.households[1], level="orange")

    response = signed_in("village").get("/sites/AZ0001/")

    assert response.context["levels"] == [("red", 0), ("orange", 1), ("yellow", 0), ("hint", 0)]
    assert [number for _building, number in response.context["buildings"]] == [2]
    assert "?site=AZ0001&amp;grid=WG0001" in response.text
    assert "?site=AZ0001&amp;level=orange" in response.text


def test_more_sites_need_no_more_queries(signed_in: SignedIn, county: County) -> None:
    client = signed_in("bureau")
    with CaptureQueriesContext(connection) as few:
        client.get("/sites/")
    SiteFactory.create_batch(10, village_code="529901101201")

    with CaptureQueriesContext(connection) as many:
        client.get("/sites/")

    assert len(many) == len(few)
