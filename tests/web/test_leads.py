"""Leads: the list in one's places, the page of one, how it ends, and raising one."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.casework import LeadFactory, LeadSourceFactory
from tests.factories.county import COUNTY, SOUTH, Cast, County
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.casework.models import Case, Channel, Lead, LeadState

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def leads(county: County, today: date) -> list[Lead]:
    """One about income of every household, that of the first is soonest over."""
    return [
        LeadFactory(household=household, first_on=today, last_on=today,
                    due_on=today + timedelta(days=5 + place))
        for place, household in enumerate(county.households)
    ]  # fmt: skip


def listed(client: Client, query: str = "") -> list[int]:
    answer = client.get(f"/leads/{query}")
    assert answer.status_code == 200
    return [row.pk for row in answer.context["page"].rows]


@pytest.mark.parametrize(
    ("who", "number"),
    [("bureau", 8), ("north_town", 4), ("south_town", 4), ("village", 2), ("grid", 2)],
)
def test_everybody_lists_the_leads_of_their_own_places(
    leads: list[Lead], signed_in: SignedIn, who: str, number: int
) -> None:
    assert len(listed(signed_in(who))) == number


def test_the_soonest_over_comes_first_and_those_that_ended_are_asked_for(
    leads: list[Lead], signed_in: SignedIn, today: date
) -> None:
    Lead.objects.filter(pk=leads[3].pk).update(state=LeadState.NO_RISK, ended_on=today)
    client = signed_in("bureau")

    assert listed(client) == [each.pk for each in leads if each != leads[3]]
    assert listed(client, "?state=no_risk") == [leads[3].pk]
    assert len(listed(client, "?state=all")) == 8


@pytest.mark.parametrize(
    ("query", "number"),
    [
        (f"?town={SOUTH}", 4),
        ("?risk=income", 8),
        ("?risk=housing", 0),
        ("?due=7", 3),
        ("?due=late", 0),
        ("?level=orange", 8),
        ("?channel=hotline", 1),
        ("?assigned=me", 1),
        ("?assigned=none", 7),
        ("?q=H000000003", 1),
    ],
)
def test_the_address_filters(
    leads: list[Lead], cast: Cast, signed_in: SignedIn, query: str, number: int
) -> None:
    LeadSourceFactory(lead=leads[0], channel=Channel.HOTLINE)
    Lead.objects.filter(pk=leads[1].pk).update(assigned_to=cast.bureau)

    assert len(listed(signed_in("bureau"), query)) == number


def test_a_lead_about_health_says_so_only_to_whoever_may_see_health(
    leads: list[Lead], signed_in: SignedIn
) -> None:
    Lead.objects.filter(pk=leads[0].pk).update(risk="medical")
    LeadSourceFactory(lead=leads[0], told="户主住院三个月", channel=Channel.GRID, run_id=None)

    for path in ("/leads/", f"/leads/{leads[0].pk}/"):
        assert "因病" not in signed_in("grid").get(path).text.split("<main")[1].split("tbody")[-1]
        assert "因病" in signed_in("village").get(path).text
    assert "住院" not in signed_in("grid").get(f"/leads/{leads[0].pk}/").text
    assert listed(signed_in("grid"), "?risk=medical") == []
    assert listed(signed_in("village"), "?risk=medical") == [leads[0].pk]


def test_a_longer_list_asks_no_more_of_the_database(
    leads: list[Lead], cast: Cast, signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for lead in leads:
        LeadSourceFactory(lead=lead)
    Lead.objects.update(assigned_to=cast.village)
    client = signed_in("bureau")
    client.get("/leads/")

    with django_assert_max_num_queries(26):
        client.get("/leads/")


def test_what_is_filtered_is_exported(leads: list[Lead], signed_in: SignedIn) -> None:
    answer = signed_in("north_town").get("/leads/?export=xlsx")

    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert book.active is not None
    assert book.active.max_row == 2 + 4


def test_the_page_tells_who_raised_it_and_leaves_an_entry(
    leads: list[Lead], signed_in: SignedIn
) -> None:
    LeadSourceFactory(
        lead=leads[0], run_id=None, rule="", channel=Channel.HOTLINE, told="电话反映断了收入",
        reference="12345-88",
    )  # fmt: skip

    text = signed_in("village").get(f"/leads/{leads[0].pk}/").text

    assert "电话反映断了收入" in text
    assert "12345-88" in text
    assert Entry.objects.filter(action="lead.read").get().ids == ["H000000001"]


def test_a_lead_of_another_place_is_not_there(leads: list[Lead], signed_in: SignedIn) -> None:
    client = signed_in("south_town")

    assert client.get(f"/leads/{leads[0].pk}/").status_code == 404
    assert client.post(f"/leads/{leads[0].pk}/open/").status_code == 404


def test_opening_a_case_leads_to_it(leads: list[Lead], signed_in: SignedIn) -> None:
    other = LeadFactory(household=leads[0].household, risk="housing")

    answer = signed_in("village").post(f"/leads/{leads[0].pk}/open/")

    case = Case.objects.get()
    assert answer["Location"] == f"/cases/{case.number}/"
    assert {each.pk for each in case.leads.all()} == {leads[0].pk, other.pk}


def test_no_risk_needs_a_reason_and_a_note_and_keeps_what_was_typed(
    leads: list[Lead], signed_in: SignedIn
) -> None:
    client, address = signed_in("village"), f"/leads/{leads[0].pk}/no-risk/"

    refused = client.post(address, {"reason": "", "note": "到户看过，收入稳定"})
    done = client.post(address, {"reason": "income_sufficient", "note": "到户看过，收入稳定"})

    assert refused.status_code == 422
    assert "到户看过，收入稳定" in refused.text
    assert done.status_code == 302
    leads[0].refresh_from_db()
    assert (leads[0].state, leads[0].reason) == (LeadState.NO_RISK, "income_sufficient")


def test_a_lead_is_merged_into_another_of_the_same_household(
    leads: list[Lead], signed_in: SignedIn
) -> None:
    other = LeadFactory(household=leads[0].household, risk="housing")
    client = signed_in("village")

    client.post(f"/leads/{leads[0].pk}/merge/", {"into": other.pk})

    leads[0].refresh_from_db()
    assert (leads[0].state, leads[0].merged_into_id) == (LeadState.MERGED, other.pk)
    assert client.post(f"/leads/{other.pk}/merge/", {"into": "nonsense"}).status_code == 404


def test_who_only_reads_is_offered_no_end_and_can_make_none(
    leads: list[Lead], county: County, signed_in: SignedIn
) -> None:
    leader = UserFactory(username="leader")
    PostFactory(user=leader, role="county_leader", division_code=COUNTY)
    client = Client()
    client.force_login(leader)

    assert "核实结果" not in client.get(f"/leads/{leads[0].pk}/").text
    assert client.post(f"/leads/{leads[0].pk}/open/").status_code == 422
    assert not Case.objects.exists()


def test_a_grid_worker_raises_a_lead_from_the_page_of_the_household(
    county: County, signed_in: SignedIn
) -> None:
    client, code = signed_in("grid"), county.households[0].code
    assert f"/households/{code}/report/lead/" in client.get(f"/households/{code}/").text
    address = f"/households/{code}/report/lead/"

    empty = client.post(address, {"risk": "housing", "channel": "grid", "told": ""})
    done = client.post(address, {"risk": "housing", "channel": "grid", "told": "屋顶塌了一角"})

    assert empty.status_code == 422
    assert done["Location"] == f"/households/{code}/help/"
    lead = Lead.objects.get()
    assert (lead.risk, lead.sources.get().channel) == ("housing", Channel.GRID)


def test_nobody_raises_a_lead_in_the_name_of_monitoring(
    county: County, signed_in: SignedIn
) -> None:
    code = county.households[0].code

    signed_in("grid").post(
        f"/households/{code}/report/lead/",
        {"risk": "housing", "channel": "finding", "told": "屋顶塌了一角"},
    )

    assert Lead.objects.get().sources.get().channel == Channel.GRID
