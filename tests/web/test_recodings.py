"""The pages of mergers: a table in, counts, confirmation, the search for old codes."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.county import NORTH, NORTH_1, NORTH_2, County
from tests.unit.registry.test_recoding import MERGER, NEW, table
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.jobs import worker
from anju.places.changes import HEADINGS
from anju.places.models import Recoding
from anju.registry.models import Household

pytestmark = pytest.mark.django_db


def _client(role: str, place: str = "529901000000") -> Client:
    user = UserFactory()
    PostFactory(user=user, role=role, division_code=place)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _form(content: bytes, **changes: str) -> dict[str, object]:
    return {
        "file": SimpleUploadedFile("对照表.xlsx", content),
        "since": "2023-09-01",
        "basis": "枫政发〔2023〕9号",
        **changes,
    }


@pytest.mark.parametrize("role", ["data_steward", "system_administrator"])
def test_a_table_is_counted_then_confirmed_then_carried_out(county: County, role: str) -> None:
    client = _client(role)

    sent = client.post("/places/recodings/", _form(table(*MERGER)))
    page = client.get(sent["Location"])
    confirmed = client.post(f"{sent['Location']}confirm/")
    waiting = client.get(sent["Location"])
    worker.run(once=True)
    done = client.get(sent["Location"])

    assert "已核对，待确认" in page.text
    assert ("现居户", 4) in page.context["counts"]
    assert confirmed.status_code == 302
    assert "正在排队或执行" in waiting.text
    assert "已完成" in done.text
    assert Household.objects.filter(village_code=NEW).count() == 4
    assert Entry.objects.filter(action="places.recoding.confirm").count() == 1


def test_a_refused_table_says_why_and_keeps_what_was_given(county: County) -> None:
    answer = _client("data_steward").post(
        "/places/recodings/", _form(table(("村", "529901101999", NEW, "新村")))
    )

    assert answer.status_code == 422
    assert "没有代码为“529901101999”" in answer.text
    assert "枫政发〔2023〕9号" in answer.text
    assert not Recoding.objects.exists()


def test_old_codes_and_names_are_found(county: County) -> None:
    client = _client("data_steward")
    sent = client.post("/places/recodings/", _form(table(*MERGER)))
    client.post(f"{sent['Location']}confirm/")
    worker.run(once=True)

    by_code = client.get(f"/places/recodings/?q={NORTH_2}")
    by_name = client.get("/places/recodings/?q=北枫一")

    assert [each.old_code for each in by_code.context["changes"]] == [NORTH_2]
    assert [each.old_code for each in by_name.context["changes"]] == [NORTH_1]


def test_a_checked_change_can_be_dropped(county: County) -> None:
    client = _client("data_steward")
    sent = client.post("/places/recodings/", _form(table(*MERGER)))

    client.post(f"{sent['Location']}cancel/")

    assert "已取消" in client.get(sent["Location"]).text
    assert "不能取消" in client.post(f"{sent['Location']}cancel/", follow=True).text


def test_the_blank_table_has_the_headings_that_are_read(county: County) -> None:
    answer = _client("data_steward").get("/places/recodings/template/")

    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert tuple(book.get_sheet_by_index(0).to_python()[0]) == HEADINGS


@pytest.mark.parametrize("who", ["bureau", "north_town", "village"])
def test_others_do_not_change_places(county: County, signed_in: SignedIn, who: str) -> None:
    assert signed_in(who).get("/places/recodings/").status_code == 403
    assert "/places/recodings/" not in signed_in(who).get("/").text


def test_a_steward_of_one_town_does_not_change_the_county(county: County) -> None:
    client = _client("data_steward", NORTH)

    assert client.get("/places/recodings/").status_code == 403
    assert client.post("/places/recodings/", _form(table(*MERGER))).status_code == 403
    assert client.get("/places/recodings/1/").status_code == 403
