"""Cases for all that a run raised: counted first, opened by a job, by who acts for town or county."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.county import TODAY, Cast, County
from tests.factories.monitoring import FindingFactory, RunFactory

from anju.audit.actor import SYSTEM
from anju.casework.actions import from_run, raising
from anju.casework.models import Case
from anju.monitoring.models import Run
from anju.queue.models import Job
from anju.queue.progress import Unattended

AT = datetime(2023, 10, 8, 2, tzinfo=UTC)


@pytest.fixture
def raised(county: County) -> Run:
    """A run with one warning in each town, and their leads."""
    run = RunFactory()
    for household in (county.households_in("529901101")[0], county.households_in("529901102")[0]):
        FindingFactory(run=run, household=household, risk="income", level="orange")
    raising.from_run(by=SYSTEM, on=TODAY, run=run)
    return run


def opened(client: Client, user: object) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_town_sees_how_many_and_asks_for_its_own(client: Client, cast: Cast, raised: Run) -> None:
    opened(client, cast.north_town)
    address = reverse("web:run-cases", args=[raised.pk])

    assert "为 1 户立案" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    job = Job.objects.get(kind=from_run.JOB_KIND)
    told = from_run.perform(progress=Unattended(), at=AT, on=TODAY, **job.payload)

    assert told["cases"] == 1
    assert [case.village_code[:9] for case in Case.objects.all()] == ["529901101"]


def test_a_village_may_look_and_not_ask(client: Client, cast: Cast, raised: Run) -> None:
    opened(client, cast.village)
    address = reverse("web:run-cases", args=[raised.pk])

    assert " disabled" in client.get(address).content.decode()
    assert client.post(address).status_code == 422
    assert not Job.objects.filter(kind=from_run.JOB_KIND).exists()
