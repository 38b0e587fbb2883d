"""Blank spots in clinics: villages without a clinic or a doctor, a list that must reach zero."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, County
from tests.factories.registry import ClinicReportFactory
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.casework.models import ClinicCase
from anju.registry.models import ClinicReport

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def sent(today: date, **typed: str) -> dict[str, str]:
    given = {
        "seen_on": today.isoformat(),
        "has_clinic": "1",
        "has_staff": "1",
        "source": "实地查看",
    }
    return {**given, **typed}


def standings(client: Client, query: str = "") -> dict[str, str]:
    page = client.get(f"/clearing/clinics/{query}")
    assert page.status_code == 200
    return {row.code: row.standing.value for row in page.context["page"].rows}


def test_each_village_stands_as_it_was_seen_last(
    county: County, signed_in: SignedIn, today: date
) -> None:
    month = today.replace(day=1)
    ClinicReportFactory(village_code=NORTH_1, seen_on=month - timedelta(days=40), has_staff=False)
    ClinicReportFactory(village_code=NORTH_2, seen_on=month - timedelta(days=1))
    ClinicReportFactory(village_code=SOUTH_1, seen_on=today)
    bureau = signed_in("bureau")

    found = standings(bureau)
    assert (found[NORTH_1], found[NORTH_2], found[SOUTH_1]) == ("blank", "unseen", "sound")
    assert list(standings(bureau, "?standing=blank")) == [NORTH_1]
    assert len(standings(bureau, "?standing=unseen")) == len(found) - 2
    page = bureau.get("/clearing/clinics/").text
    assert (month - timedelta(days=40)).isoformat() in page
    assert set(standings(signed_in("village"))) == {NORTH_1}
    assert standings(signed_in("grid")) == {}


def test_what_was_seen_last_stands_in_the_form_with_its_source_and_day(
    county: County, signed_in: SignedIn, today: date
) -> None:
    ClinicReportFactory(
        village_code=NORTH_1, seen_on=date(2023, 9, 4), has_staff=False,
        arrangement="邻村代管", source="县卫生健康局名单",
    )  # fmt: skip
    client = signed_in("bureau")

    page = client.get(f"/clearing/clinics/{NORTH_1}/").text
    assert re.findall(r'value="(\d)" selected', page) == ["1", "0"]  # the clinic, its doctor
    assert "邻村代管</textarea>" in page
    assert page.count("来源：县卫生健康局名单，2023-09-04 掌握") == 3

    again = client.post(f"/clearing/clinics/{NORTH_1}/", sent(today, has_clinic="0", source=""))
    assert again.status_code == 422
    assert re.findall(r'value="(\d)" selected', again.text) == ["0", "1"]


def test_a_blank_spot_is_filled_by_what_is_seen_next(
    county: County, signed_in: SignedIn, today: date
) -> None:
    client, address = signed_in("village"), f"/clearing/clinics/{NORTH_1}/"
    blank = sent(today, has_staff="0", arrangement="乡镇卫生院每周二巡诊")

    assert client.post(address, blank).status_code == 302
    assert standings(client) == {NORTH_1: "blank"}
    assert client.post(address, sent(today)).status_code == 302
    assert standings(client) == {NORTH_1: "to_confirm"}

    assert [row.fills_blank for row in ClinicReport.objects.order_by("id")] == [False, True]
    assert "乡镇卫生院每周二巡诊" in client.get(address).text
    assert Entry.objects.filter(action="clinic.record", place=NORTH_1).count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"has_staff": "0"}, "请填写空白期间群众看病的安排"),
        ({"has_clinic": "0"}, "没有卫生室的，村医请填“否”"),
        ({"source": ""}, "请填写“来源”"),
        ({"seen_on": "2023-09-01"}, "核实日期不能早于上次核实"),
        ({"has_clinic": ""}, "请填写“有无村卫生室”"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_typed_is_lost(
    county: County, signed_in: SignedIn, today: date, typed: dict[str, str], said: str
) -> None:
    ClinicReportFactory(village_code=NORTH_1, seen_on=today - timedelta(days=3))

    answer = signed_in("village").post(f"/clearing/clinics/{NORTH_1}/", sent(today, **typed))

    assert answer.status_code == 422
    assert said in answer.text
    assert ClinicReport.objects.count() == 1


def test_the_town_moves_the_case_of_its_village_and_the_second_to_act_is_told(
    county: County, signed_in: SignedIn, today: date
) -> None:
    address = f"/clearing/clinics/{NORTH_1}/"
    blank = sent(today, has_staff="0", arrangement="乡镇卫生院每周二巡诊")
    signed_in("village").post(address, blank)
    town = signed_in("north_town")
    assert "村卫生室空白点：落实临时安排" in town.get("/").text
    assert "落实临时安排" not in signed_in("village").get("/").text
    assert "由乡镇办理" in signed_in("village").get(address).text
    acted = {"action": "to_filling", "seen": "1"}

    assert town.post(f"{address}move/", acted).status_code == 302
    again = town.post(f"{address}move/", acted)

    assert again.status_code == 422
    assert "已在您之前办理了这个案件" in again.text
    page = town.get(address).text
    assert "补齐设施人员" in page
    assert "最近一次核实" in page
    assert ClinicCase.objects.get().version == 2


def test_other_places_are_not_there(county: County, signed_in: SignedIn, today: date) -> None:
    ClinicReportFactory(village_code=SOUTH_1, seen_on=today, has_clinic=False, has_staff=False)

    for who in ("village", "north_town", "grid"):
        assert signed_in(who).get(f"/clearing/clinics/{SOUTH_1}/").status_code == 404
        assert signed_in(who).post(f"/clearing/clinics/{SOUTH_1}/move/").status_code == 404
    assert signed_in("north_town").get("/clearing/clinics/?standing=blank").status_code == 200
    assert SOUTH_1 not in standings(signed_in("north_town"))


def test_a_longer_list_asks_no_more_of_the_database(
    county: County, signed_in: SignedIn, django_assert_max_num_queries: object
) -> None:
    client = signed_in("bureau")
    client.get("/clearing/clinics/")

    with django_assert_max_num_queries(16):
        client.get("/clearing/clinics/")
