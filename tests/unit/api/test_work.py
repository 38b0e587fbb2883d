"""Workshops, vacancies and offers by the interface: places of the token, no telephone numbers."""

import pytest
from django.test import Client
from tests.factories.county import NORTH, NORTH_1, SOUTH_1, County
from tests.factories.employment import OfferFactory, VacancyFactory, WorkshopCountFactory
from tests.factories.employment import WorkshopFactory as Shop
from tests.unit.api.test_api import client, issued

from anju.employment import phones

__all__ = ["client"]
pytestmark = pytest.mark.django_db


def test_work_is_read_of_the_tokens_place(client: Client, county: County) -> None:
    WorkshopCountFactory(workshop=Shop(division_code=NORTH_1, name="北枫服饰"), workers=18)
    Shop(division_code=SOUTH_1)
    for number in (0, 5):
        home = county.households[number]
        OfferFactory(household=home, person=home.memberships.first().person)
    row = VacancyFactory(filled=1)
    row.phone_sealed = phones.sealed(row, "13800001234")
    row.save()
    key = issued(NORTH)

    (shop,) = client.get("/api/v1/workshops", **key).json()["items"]
    (offer,) = client.get("/api/v1/offers", **key).json()["items"]
    vacancies = client.get("/api/v1/vacancies", **key)

    assert (shop["name"], shop["count"]["workers"]) == ("北枫服饰", 18)
    assert (offer["household_code"], offer["result"]) == ("H000000001", "waiting")
    assert [each["gone"] for each in vacancies.json()["items"]] == [0, 0, 1]
    assert "1234" not in vacancies.text
    assert client.get("/api/v1/vacancies?open_only=true", **key).json()["items"] == []
