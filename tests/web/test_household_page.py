"""The page of one household: tabs, masks, the reveal, and what is written when nothing is known."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.county import County
from tests.factories.employment import EmploymentFactory
from tests.factories.registry import (
    EventFactory,
    HoldingFactory,
    IncomeFactory,
    StatusFactory,
)
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.registry import identity as sealed
from anju.registry.actions import numbers
from anju.registry.models import Membership, Person, PersonRecord

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}
TABS = ("people", "income", "guarantees", "work", "findings", "housing", "timeline")
PAGE = "/households/H000000001/"
IDENTITY, PHONE = "529901198003051234", "13800005678"
CARD, ACCOUNT = f"{IDENTITY}43", "6229990000001234567"
PLAIN = {
    sealed.IDENTITY: IDENTITY,
    sealed.PHONE: PHONE,
    sealed.DISABILITY_CARD: CARD,
    sealed.BANK_ACCOUNT: ACCOUNT,
}


@pytest.fixture
def head(county: County) -> Person:
    """The head of the first household, with numbers."""
    person = Membership.objects.filter(household=county.households[0]).first().person
    numbers.set_one(person=person, numbers=PLAIN)
    return person


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_is_a_page_and_the_same_as_a_fragment(
    signed_in: SignedIn, head: Person, tab: str
) -> None:
    client = signed_in("bureau")

    page = client.get(f"{PAGE}{tab}/")
    fragment = client.get(f"{PAGE}{tab}/", headers=FRAGMENT)

    assert page.status_code == fragment.status_code == 200
    assert "搬迁户主1" in page.text
    assert _without_tokens(fragment.text) in _without_tokens(page.text)
    assert "<html" not in fragment.text


def _without_tokens(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("who", "status"),
    [("bureau", 200), ("north_town", 200), ("village", 200), ("grid", 200), ("south_town", 404)],
)
def test_only_those_answerable_for_the_place_open_the_household(
    signed_in: SignedIn, county: County, who: str, status: int
) -> None:
    for tab in TABS:
        assert signed_in(who).get(f"{PAGE}{tab}/").status_code == status


def test_numbers_are_masked_and_never_in_clear(signed_in: SignedIn, head: Person) -> None:
    client = signed_in("bureau")

    for tab in TABS:
        text = client.get(f"{PAGE}{tab}/").text
        assert IDENTITY not in text
        assert PHONE not in text
    people = client.get(PAGE).text
    assert "529901********1234" in people
    assert "138****5678" in people


def test_a_number_is_shown_once_with_a_reason_and_recorded(
    signed_in: SignedIn, head: Person
) -> None:
    client = signed_in("north_town")
    address = f"{PAGE}people/{head.code}/reveal/"

    response = client.post(address, {"reason": "办理医保报销核对"}, headers=FRAGMENT)

    assert IDENTITY in response.text
    assert PHONE in response.text
    assert CARD in response.text
    assert ACCOUNT in response.text
    assert response["Cache-Control"] == "no-store, private"
    entry = Entry.objects.get(action="person.reveal")
    assert (entry.actor, entry.reason) == ("north", "办理医保报销核对")
    assert (entry.ids, entry.place) == ([head.code, "H000000001"], "529901101201")
    page = client.get(PAGE).text
    assert not [number for number in PLAIN.values() if number in page]


def test_no_reason_no_number(signed_in: SignedIn, head: Person) -> None:
    response = signed_in("bureau").post(f"{PAGE}people/{head.code}/reveal/", {"reason": " 看 "})

    assert response.status_code == 422
    assert "请写明查看理由" in response.text
    assert IDENTITY not in response.text
    assert not Entry.objects.filter(action="person.reveal").exists()


def test_a_reason_with_a_number_in_it_is_refused(signed_in: SignedIn, head: Person) -> None:
    address = f"{PAGE}people/{head.code}/reveal/"

    response = signed_in("bureau").post(address, {"reason": f"核对{IDENTITY}"}, headers=FRAGMENT)

    assert response.status_code == 422
    assert not Entry.objects.filter(action="person.reveal").exists()


def test_who_may_not_reveal_has_no_button_and_is_refused(signed_in: SignedIn, head: Person) -> None:
    for who in ("village", "grid"):
        client = signed_in(who)
        assert "reveal" not in client.get(PAGE).text
        response = client.post(f"{PAGE}people/{head.code}/reveal/", {"reason": "入户核对号码"})
        assert response.status_code == 403
    elsewhere = signed_in("south_town")
    response = elsewhere.post(f"{PAGE}people/{head.code}/reveal/", {"reason": "入户核对号码"})
    assert response.status_code == 404


def test_a_person_of_another_household_is_not_revealed_through_this_one(
    signed_in: SignedIn, county: County, head: Person
) -> None:
    address = f"/households/H000000003/people/{head.code}/reveal/"

    assert signed_in("bureau").post(address, {"reason": "核对号码"}).status_code == 404


def test_income_says_unknown_zero_and_change(signed_in: SignedIn, county: County) -> None:
    household = county.households[0]
    zero = {"business": 0, "business_cost": 0, "property": 0, "transfer": 0}
    IncomeFactory(household=household, quarter=20222, wage=1_000_000, **zero)
    IncomeFactory(household=household, quarter=20232, wage=725_050, **zero)
    IncomeFactory(household=household, quarter=20233, wage=None, **zero)

    response = signed_in("bureau").get(f"{PAGE}income/")

    latest, middle, _first = response.context["quarters"]
    assert (latest.net, latest.change) == (None, None)
    assert (middle.net, middle.change, middle.change_percent) == (725_050, -274_950, -27)
    assert middle.net_per_head == 362_525
    for words in ("7,250.50", "−2,749.50", "−27%", "3,625.25", "2023年第3季度", "未掌握"):
        assert words in response.text
    assert "data-chart" in response.text


def test_guarantees_tell_unknown_from_none(signed_in: SignedIn, county: County) -> None:
    household = county.households[0]
    person = Membership.objects.filter(household=household).first().person
    StatusFactory(household=household, person=person, kind="medical_insured")
    StatusFactory(household=household, person=None, kind="dibao", level="B类")
    StatusFactory(household=household, person=person, kind="disabled", level="2", reference="4")
    EventFactory(
        household=household, kind="housing_graded", occurred_on=date(2022, 5, 1), level="C"
    )

    text = signed_in("bureau").get(f"{PAGE}guarantees/").text

    for words in ("C级", "低保 B类", "肢体 二级", "已参保", "未见参保记录", "没有不安全记录"):
        assert words in text


def test_work_names_who_has_none(signed_in: SignedIn, county: County) -> None:
    person = Membership.objects.filter(household=county.households[0]).first().person
    text = signed_in("bureau").get(f"{PAGE}work/").text
    assert "1 名劳动力目前没有就业记录" in text
    assert person.name in text

    EmploymentFactory(person=person, employer="枫溪制衣厂", monthly_wage=350_000)
    text = signed_in("bureau").get(f"{PAGE}work/").text

    for words in ("枫溪制衣厂", "3,500", "在岗", "外出务工"):
        assert words in text
    assert "没有就业记录" not in text


def test_the_timeline_keeps_what_was_corrected_and_says_since_when(
    signed_in: SignedIn, county: County
) -> None:
    household = county.households[0]
    old = IncomeFactory(
        household=household, quarter=20232, known_to=date(2023, 9, 1), source="七月收入表"
    )
    IncomeFactory(
        household=household,
        quarter=20232,
        wage=(old.wage or 0) + 100,
        known_from=date(2023, 9, 1),
        source="九月更正表",
    )
    HoldingFactory(household=household, kind="vehicle")

    response = signed_in("bureau").get(f"{PAGE}timeline/")

    assert [line.moment.is_corrected for line in response.context["lines"]].count(True) == 1
    for words in ("七月收入表", "九月更正表", "掌握 2023-09-01", "更正 2023-09-01", "机动车"):
        assert words in response.text
    dates = [line.moment.on for line in response.context["lines"] if line.moment.on]
    assert dates == sorted(dates, reverse=True)


def test_findings_wait_for_the_first_run(signed_in: SignedIn, county: County) -> None:
    assert "还没有完成的监测研判" in signed_in("bureau").get(f"{PAGE}findings/").text


@pytest.mark.parametrize(
    ("tab", "most"),
    [("people", 17), ("income", 16), ("guarantees", 20), ("work", 19), ("timeline", 25)],
)
def test_a_tab_needs_a_fixed_number_of_queries(
    signed_in: SignedIn, county: County, tab: str, most: int
) -> None:
    client = signed_in("bureau")

    with CaptureQueriesContext(connection) as queries:
        client.get(f"{PAGE}{tab}/")

    assert len(queries) <= most


def test_opening_a_tab_is_one_audit_entry(signed_in: SignedIn, county: County) -> None:
    signed_in("village").get(f"{PAGE}income/")

    entry = Entry.objects.get(action="household.read")
    assert (entry.actor, entry.ids, entry.detail) == ("village", ["H000000001"], {"tab": "income"})


def test_an_education_nobody_wrote_down_is_unknown(signed_in: SignedIn, county: County) -> None:
    PersonRecord.objects.update(education="")

    page = signed_in("bureau").get("/households/H000000001/people/").text

    cell = re.search(r'data-label="文化程度">(.*?)</td>', page)
    assert cell is not None
    assert "未掌握" in cell[1]
