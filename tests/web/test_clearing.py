"""The page of the lists that must reach zero."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.factories.casework import CaseFactory
from tests.factories.county import NORTH_1, Cast, County
from tests.factories.monitoring import FindingFactory, RunFactory

from anju.audit.models import Entry
from anju.casework.models import Case
from anju.employment.models import Employment
from anju.monitoring.models import Run
from anju.registry.models import Membership

SignedIn = Callable[[str], Client]


@pytest.fixture
def run(county: County) -> Run:
    """Nobody has work in any household; the first has a case that is late."""
    run: Run = RunFactory(pack="national")
    for home in county.households:
        FindingFactory(
            run=run, household=home, rule="zero_employment", risk="employment", level="orange"
        )
    CaseFactory(
        household=county.households[0], kind="zero_employment", procedure="zero_employment",
        step="contact", due_on=date(2023, 10, 13), number="529901-2023-000900",
    )  # fmt: skip
    return run


def shown(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/clearing/{query}")
    assert answer.status_code == 200
    return [row.household.code for row in answer.context["page"].rows]


def test_the_list_shows_every_household_with_its_case_and_time_left(
    run: Run, county: County, signed_in: SignedIn
) -> None:
    answer = signed_in("bureau").get("/clearing/")

    text = answer.content.decode()
    (work, _school) = answer.context["shown"]
    assert (work.tally.total, work.tally.remaining, work.limit) == (8, 8, "5天")
    assert "/cases/529901-2023-000900/" in text
    assert "对接帮扶" in text
    assert "已逾期" in text


def test_standings_and_lists_are_chosen_by_the_address(
    run: Run, county: County, signed_in: SignedIn
) -> None:
    client = signed_in("bureau")

    assert shown(client, "?standing=late") == [county.households[0].code]
    assert len(shown(client, "?standing=without")) == 7
    assert shown(client, "?kind=out_of_school") == []


def test_a_village_sees_its_own_households_and_the_reading_is_audited(
    run: Run, county: County, signed_in: SignedIn
) -> None:
    codes = shown(signed_in("village"))

    assert codes == [home.code for home in county.households_in(NORTH_1)]
    assert Entry.objects.filter(action="register.read", detail__register="clearing").exists()


def test_there_is_no_page_without_the_permission_and_an_empty_one_without_a_run(
    county: County, signed_in: SignedIn
) -> None:
    assert Client().get("/clearing/").status_code == 302
    assert shown(signed_in("grid")) == []


def test_the_page_asks_no_more_for_more_households(
    run: Run,
    county: County,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in("bureau")
    shown(client)
    for home in county.households[1:]:
        CaseFactory(household=home, kind="zero_employment", procedure="zero_employment")

    with django_assert_max_num_queries(40):
        assert len(shown(client)) == 8

    assert Case.objects.count() == 8


def test_work_that_was_found_is_written_down_on_the_case(
    run: Run, county: County, signed_in: SignedIn
) -> None:
    client, home = signed_in("village"), county.households[0]
    person = Membership.objects.filter(household=home)[0].person
    address = "/cases/529901-2023-000900/record/work/"

    page = client.get(address).content.decode()
    wrong = client.post(address, {"person": person.code, "channel": "workshop"})
    answer = client.post(
        address, {"person": person.code, "channel": "workshop", "started_on": "2023-10-08"}
    )

    assert "就业渠道" in page
    assert wrong.status_code == 422
    assert answer.status_code == 302
    work = Employment.objects.get(person=person)
    assert (work.channel, work.monthly_wage, str(work.started_on)) == (
        "workshop", None, "2023-10-08",
    )  # fmt: skip
    assert "就业帮扶车间" in client.get("/cases/529901-2023-000900/").content.decode()


def test_work_is_written_down_only_where_it_is_to_be_found(
    county: County, signed_in: SignedIn
) -> None:
    CaseFactory(household=county.households[0], number="529901-2023-000901")
    client = signed_in("village")

    assert client.get("/cases/529901-2023-000901/record/work/").status_code in (403, 404)
    assert 'id="work"' not in client.get("/cases/529901-2023-000901/").content.decode()


def test_an_empty_list_is_filtered_like_any_other(client: Client, cast: Cast) -> None:
    client.force_login(cast.bureau, backend="django.contrib.auth.backends.ModelBackend")

    told = [client.get(f"/clearing/?standing={each}").status_code for each in ("without", "late")]

    assert told == [200, 200]
