"""Facts of a household from its page: added once, corrected, taken back."""

import re

import pytest
from tests.factories.county import County
from tests.factories.registry import EventFactory, HoldingFactory, IncomeFactory, StatusFactory
from tests.web.conftest import SignedIn
from tests.web.forms import filled, form_of

from anju.audit.models import Entry
from anju.registry.models import Event, Holding, Housing, Income, Status

pytestmark = pytest.mark.django_db
HOME = "/households/H000000001/"


FACTS = {
    "income": {"quarter": "20233", "wage": "12,000.50", "transfer": "300"},
    "status": {"kind": "dibao", "level": "A", "valid_from": "2023-03-01"},
    "event": {"kind": "tuition", "occurred_on": "2023-09-01", "amount": "4500"},
    "holding": {"kind": "vehicle", "reference": "桂A00000", "value": "80000"},
}
MODELS = {"income": Income, "status": Status, "event": Event, "holding": Holding}


@pytest.mark.parametrize("what", FACTS)
def test_a_fact_is_added_once_corrected_and_taken_back(
    signed_in: SignedIn, county: County, what: str
) -> None:
    client, model = signed_in("north_town"), MODELS[what]
    address = f"{HOME}edit/{what}/"
    typed = FACTS[what]
    if what == "income":
        begun = re.search(r'value="(\d{5})"', client.get(address).text)
        typed = {**typed, "quarter": begun[1]}

    assert client.post(address, filled(client, address, **typed)).status_code == 302
    twice = client.post(address, filled(client, address, **typed))
    assert twice.status_code == 422
    row = model.objects.get(known_to__isnull=True)
    assert row.source == "北枫镇工作人员（north）页面填写"

    one = f"{address}{row.pk}/"
    field = {"income": "transfer", "status": "level", "event": "reference", "holding": "value"}
    value = {"income": "299.99", "status": "B", "event": "单号1", "holding": "79999"}
    client.post(one, filled(client, one, **{field[what]: value[what]}))
    row.refresh_from_db()
    shown = {"transfer": 29_999, "level": "B", "reference": "单号1", "value": 7_999_900}
    assert getattr(row, field[what]) == shown[field[what]]

    assert client.post(f"{one}withdraw/", {"reason": "错"}).status_code == 302
    row.refresh_from_db()
    assert row.known_to is None
    client.post(f"{one}withdraw/", {"reason": "登记到别户了"})
    row.refresh_from_db()
    assert row.known_to is not None
    assert Entry.objects.get(action=f"{what}.withdraw").reason == "登记到别户了"
    gone = client.post(one, {field[what]: value[what]})
    assert gone.status_code == 409
    assert value[what] in gone.text  # what was typed can still be copied


def test_a_fact_corrected_on_another_day_is_found_under_its_old_address(
    signed_in: SignedIn, county: County
) -> None:
    row = IncomeFactory(household=county.households[0], quarter=20231, wage=100_00)
    address = f"{HOME}edit/income/{row.pk}/"
    town, bureau = signed_in("north_town"), signed_in("bureau")
    mine = filled(bureau, address, transfer="5")

    town.post(address, filled(town, address, wage="200"))
    told = bureau.post(address, mine)

    assert Income.objects.filter(household=county.households[0]).count() == 2
    assert told.status_code == 409
    bureau.post(address, form_of(told.text))
    now = Income.objects.get(household=county.households[0], known_to__isnull=True)
    assert (now.wage, now.transfer) == (200_00, 5_00)


def test_a_home_is_corrected_and_a_first_one_recorded(signed_in: SignedIn, county: County) -> None:
    client, address = signed_in("village"), f"{HOME}edit/housing/"

    client.post(address, filled(client, address, area_dm2="98.5", room="202"))

    home = Housing.objects.get(household=county.households[0], known_to__isnull=True)
    assert (home.area_dm2, home.room, home.building_id) == (9850, "202", county.building.pk)
    entry = Entry.objects.get(action="housing.correct")
    assert entry.detail["changes"] == {"area_dm2": [10000, 9850], "room": ["*", "*"]}
    Housing.objects.filter(household=county.households[1]).delete()
    second = "/households/H000000002/edit/housing/"
    assert client.post(second, filled(client, second, room="9")).status_code == 302
    assert Housing.objects.get(household=county.households[1]).room == "9"


@pytest.mark.parametrize("tab", ["people", "housing", "income", "guarantees", "timeline"])
def test_the_tabs_lead_to_their_forms(signed_in: SignedIn, county: County, tab: str) -> None:
    household = county.households[0]
    IncomeFactory(household=household)
    HoldingFactory(household=household)
    EventFactory(household=household)
    StatusFactory(household=household)
    client = signed_in("village")

    text = client.get(f"{HOME}{tab}/").text.split('class="tab-body"')[1]
    addresses = set(re.findall(rf'href="({HOME}edit/[^"]+)"', text))

    assert addresses
    for address in addresses:
        assert client.get(address).status_code == 200, address
    assert "/edit/" not in signed_in("grid").get(f"{HOME}{tab}/").text


def test_button_and_heading_of_a_first_home_say_the_same(
    signed_in: SignedIn, county: County
) -> None:
    client, address = signed_in("north_town"), f"{HOME}edit/housing/"

    assert "更正住房" in client.get(f"{HOME}housing/").text
    assert "更正住房</h1>" in client.get(address).text

    Housing.objects.filter(household=county.households[0]).delete()

    assert "登记住房" in client.get(f"{HOME}housing/").text
    assert "登记住房</h1>" in client.get(address).text
