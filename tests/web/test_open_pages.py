"""What anybody may open without signing in: one village's notices, forms and receipts, no more."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.factories.casework import (
    CaseFactory,
    NoticeEntryFactory,
    NoticeFactory,
    OpenPageFactory,
)
from tests.factories.county import NORTH_1, NORTH_2, County

from anju.audit.models import Entry
from anju.casework.models import Notice, NoticeEntry, Objection, OpenPage, SelfReport
from anju.places.models import Division

pytestmark = pytest.mark.django_db
REPORT = {"name": "张三", "phone": "100 0000-0017", "risk": "medical", "told": "老人住院花了三万"}


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def page(county: County) -> OpenPage:
    return OpenPageFactory(village=Division.objects.get(code=NORTH_1), contact="村委会 0000-1")


@pytest.fixture
def notice(county: County) -> Notice:
    """Hangs today in the first village."""
    return _notice(county, NORTH_1)


def _notice(county: County, village: str, **changes: object) -> Notice:
    today = timezone.localdate()
    given = {"posted_on": today, "ends_on": today, **changes}
    notice = NoticeFactory(village_code=village, **given)
    household = county.households_in(village)[0]
    NoticeEntryFactory(
        notice=notice, case=CaseFactory(household=household, closed_on=today, step="", holder="")
    )
    return notice


def _days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def test_the_board_shows_what_hangs_today_and_no_more_of_a_household(
    page: OpenPage, notice: Notice, county: County
) -> None:
    answer = Client().get(f"/open/{page.token}/")
    case = notice.entries.get().case

    assert answer.status_code == 200
    assert "北枫镇北枫一村" in answer.text
    assert "张*" in answer.text
    assert "村委会 0000-1" in answer.text
    for hidden in (case.number, case.household.code, case.household.head_name, NORTH_1):
        assert hidden not in answer.text
    assert answer["Cache-Control"].startswith("max-age=0")
    assert "工作台" not in re.sub(r"<title>.*?</title>", "", answer.text)


def test_what_is_over_taken_down_or_of_another_village_does_not_hang(
    page: OpenPage, county: County
) -> None:
    yesterday = _days(-1)
    over = _notice(county, NORTH_1, posted_on=_days(-6), ends_on=yesterday)
    elsewhere = _notice(county, NORTH_2)

    assert "现在没有公示" in Client().get(f"/open/{page.token}/").text
    for notice in (over, elsewhere):
        assert Client().get(f"/open/{page.token}/notices/{notice.pk}/").status_code == 404


@pytest.mark.parametrize("rest", ["", "report/", "status/", "received/", "notices/1/"])
def test_an_address_nobody_gave_out_leads_nowhere(page: OpenPage, rest: str) -> None:
    OpenPage.objects.update(closed_on=timezone.localdate())

    for token in (page.token, "nosuchpage", NORTH_1):
        answer = Client().get(f"/open/{token}/{rest}")
        assert answer.status_code == 404
        assert "请向村委会询问" in answer.text
        assert "回到工作台" not in answer.text


def test_a_household_reports_itself_and_is_told_a_number(page: OpenPage) -> None:
    client = Client()
    answer = client.post(f"/open/{page.token}/report/", REPORT)
    report = SelfReport.objects.get()

    assert answer.status_code == 302
    assert report.reference not in answer["Location"]
    told = client.get(answer["Location"])
    assert report.reference in told.text
    assert (report.village_code, report.name, report.risk) == (NORTH_1, "张三", "medical")
    assert Entry.objects.get(action="self_report.submit").address == "127.0.0.1"
    again = client.post(f"/open/{page.token}/report/", REPORT)
    assert again.status_code == 302
    assert SelfReport.objects.count() == 1


def test_the_number_is_shown_to_the_browser_that_sent_the_form_only(page: OpenPage) -> None:
    sender = Client()
    where = sender.post(f"/open/{page.token}/report/", REPORT)["Location"]

    other = Client()
    assert other.get(where).status_code == 302
    other.cookies["anju-receipt"] = SelfReport.objects.get().reference + ":forged:signature"
    assert other.get(where).status_code == 302


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"phone": ""}, "请填写电话"),
        ({"phone": "12345"}, "电话填 7 至 13 位数字"),
        ({"risk": "riches"}, "请选一项"),
        ({"told": ""}, "请写几句困难情况"),
        ({"told": "难"}, "请多写几句"),
        ({"told": "难" * 1001}, "最多 1000 个字"),
        ({"name": "张\x00三"}, "最多 60 个字"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    page: OpenPage, changes: dict[str, str], problem: str
) -> None:
    answer = Client().post(f"/open/{page.token}/report/", {**REPORT, **changes})

    assert answer.status_code == 422
    assert problem in answer.text
    if "told" not in changes:
        assert REPORT["told"] in answer.text
    assert not SelfReport.objects.exists()


def test_the_field_takes_as_many_signs_as_it_says(page: OpenPage, notice: Notice) -> None:
    for rest in ("report/", f"notices/{notice.pk}/"):
        form = Client().get(f"/open/{page.token}/{rest}").text
        assert re.search(r'<textarea[^>]* maxlength="1000"', form)


def test_a_form_without_its_token_is_refused(page: OpenPage) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(f"/open/{page.token}/report/", REPORT).status_code == 403
    assert not SelfReport.objects.exists()


def test_somebody_objects_without_saying_who_they_are(page: OpenPage, notice: Notice) -> None:
    given = {"entry": "1", "told": "这户在城里有房", "name": "", "phone": ""}
    answer = Client().post(f"/open/{page.token}/notices/{notice.pk}/", given)
    objection = Objection.objects.get()

    assert answer.status_code == 302
    assert (objection.entry, objection.name, objection.channel) == (
        notice.entries.get(),
        "",
        "board",
    )
    board = Client().get(f"/open/{page.token}/").text
    assert "城里有房" not in board
    assert objection.reference not in board


def test_an_objection_says_to_whom_and_what(page: OpenPage, notice: Notice) -> None:
    address = f"/open/{page.token}/notices/{notice.pk}/"

    for given, problem in (
        ({"entry": "", "told": "不对"}, "请选择对哪一户"),
        ({"entry": "2", "told": "不对"}, "请选择对哪一户"),
        ({"entry": "whole", "told": " "}, "请写明哪里不对"),
    ):
        answer = Client().post(address, given)
        assert answer.status_code == 422
        assert problem in answer.text
    Client().post(address, {"entry": "whole", "told": "该公示的没有公示"})
    assert Objection.objects.get().entry is None


def test_a_receipt_number_tells_how_far_it_stands(page: OpenPage) -> None:
    Client().post(f"/open/{page.token}/report/", REPORT)
    report = SelfReport.objects.get()
    address = f"/open/{page.token}/status/"

    found = Client().post(address, {"number": report.reference.lower()})
    assert "已收到，等待办理" in found.text
    assert "住院" not in found.text
    assert "张三" not in found.text
    SelfReport.objects.update(handled_on=timezone.localdate(), refused_reason="不住在本村")
    assert "不住在本村" in Client().post(address, {"number": report.reference}).text


@pytest.mark.parametrize("number", ["", "SB23456789", "x" * 500, "'; --", "\x00"])
def test_other_numbers_are_all_answered_alike(page: OpenPage, number: str) -> None:
    answer = Client().post(f"/open/{page.token}/status/", {"number": number})

    assert answer.status_code == 422
    assert "没有找到这个编号" in answer.text


def test_reports_from_one_address_are_counted(page: OpenPage, settings) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "open_sent": 2}
    address = f"/open/{page.token}/report/"

    given = [Client().post(address, {**REPORT, "told": f"第{n}次说的困难"}) for n in range(3)]

    assert [answer.status_code for answer in given] == [302, 302, 429]
    assert int(given[2]["Retry-After"]) > 0
    assert SelfReport.objects.count() == 2
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post(address, {**REPORT, "told": "别处来的困难"})
    assert elsewhere.status_code == 302
    assert Client().get(address).status_code == 200


def test_a_village_is_not_flooded_from_many_addresses(page: OpenPage, settings) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "open_sent_to_page": 2}
    other = OpenPageFactory(village=Division.objects.get(code=NORTH_2))

    def send(token: str, number: int) -> int:
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        return client.post(
            f"/open/{token}/report/", {**REPORT, "told": f"困难第{number}件"}
        ).status_code

    assert [send(page.token, number) for number in range(1, 4)] == [302, 302, 429]
    assert send(other.token, 9) == 302


def test_trying_receipt_numbers_is_counted(page: OpenPage, settings) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "open_looked_up": 3}
    tried = [
        Client().post(f"/open/{page.token}/status/", {"number": f"SB2222222{n}"}).status_code
        for n in range(5)
    ]

    assert tried == [422, 422, 422, 429, 429]


def test_the_pages_answer_few_questions_to_the_database(
    page: OpenPage, county: County, django_assert_max_num_queries
) -> None:
    today = timezone.localdate()
    notice = NoticeFactory(village_code=NORTH_1, posted_on=today, ends_on=today)
    for household in county.households[:2]:
        case = CaseFactory(household=household, closed_on=today, step="", holder="")
        NoticeEntryFactory(notice=notice, case=case)
    assert NoticeEntry.objects.count() == 2

    with django_assert_max_num_queries(6):
        Client().get(f"/open/{page.token}/")
