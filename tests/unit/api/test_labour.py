"""Trainings and wishes by the interface: of the token's place, in pages, of one household, on record."""

import pytest
from django.test import Client
from tests.factories.county import NORTH, SOUTH, County
from tests.factories.employment import LabourProfileFactory, TrainingFactory
from tests.unit.api.test_api import client, issued

from anju.audit.models import Entry

__all__ = ["client"]
pytestmark = pytest.mark.django_db


def test_trainings_and_wishes_are_read_of_the_tokens_place(client: Client, county: County) -> None:
    for number in (0, 1, 5):
        home = county.households[number]
        of = {"household": home, "person": home.memberships.first().person}
        TrainingFactory(**of, subsidy=120_000)
        LabourProfileFactory(**of, wished_wage=450_000)
    key = issued(NORTH)

    for address, money in (("trainings", "subsidy"), ("labour", "wished_wage")):
        first = client.get(f"/api/v1/{address}?limit=1", **key).json()
        rest = client.get(f"/api/v1/{address}?after={first['next']}", **key).json()
        found = [*first["items"], *rest["items"]]
        assert [each["household_code"] for each in found] == ["H000000001", "H000000002"]
        assert rest["next"] is None
        assert found[0][money] in (120_000, 450_000)
        one = client.get(f"/api/v1/{address}?household=H000000002", **key).json()
        assert len(one["items"]) == 1
        assert client.get(f"/api/v1/{address}?place={SOUTH}", **key).json()["items"] == []
    assert client.get("/api/v1/trainings?year=2022", **key).json()["items"] == []
    told = Entry.objects.filter(action="api.read").values_list("ids", flat=True)
    assert ["H000000001"] in list(told)
