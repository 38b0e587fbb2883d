"""Projects and payments by the interface: of the token's place, in pages, on record."""

import pytest
from django.test import Client
from tests.factories.county import COUNTY, NORTH, NORTH_1, SOUTH_1, County
from tests.factories.projects import (
    FundingFactory,
    PaymentFactory,
    ProjectFactory,
    ProjectProgressFactory,
    ProjectRecordFactory,
    ProjectStepFactory,
)
from tests.unit.api.test_api import client, issued

from anju.audit.models import Entry

__all__ = ["client"]
pytestmark = pytest.mark.django_db


def test_projects_are_read_of_the_tokens_place(client: Client, county: County) -> None:
    for place in (NORTH_1, NORTH, SOUTH_1, COUNTY):
        project = ProjectFactory(division_code=place)
        for factory in (ProjectRecordFactory, ProjectStepFactory, ProjectProgressFactory):
            factory(project=project)
        FundingFactory(project=project)
        PaymentFactory(project=project, kind="labour", workers=5)
        PaymentFactory(project=project, known_to="2023-08-01")
    key = issued(NORTH)

    first = client.get("/api/v1/projects?limit=1", **key).json()
    rest = client.get(f"/api/v1/projects?after={first['next']}", **key).json()
    found = [*first["items"], *rest["items"]]
    assert [each["division_code"] for each in found] == [NORTH_1, NORTH]
    assert rest["next"] is None
    assert found[0]["funds"] == {"central": 100_000_000}
    assert (found[0]["steps"], found[0]["percent"]) == ({"entered": "2022-11-20"}, 50)
    assert client.get("/api/v1/projects?year=2022", **key).json()["items"] == []

    paid = client.get("/api/v1/project-payments", **key).json()["items"]
    assert [(each["project"], each["workers"]) for each in paid] == [
        (each["id"], 5) for each in found
    ]
    one = client.get(f"/api/v1/project-payments?project={found[1]['id']}", **key).json()
    assert [each["project"] for each in one["items"]] == [found[1]["id"]]
    assert Entry.objects.filter(action="api.read", kind="project").count() == 5
