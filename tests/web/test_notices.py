"""What the village does with self-reports, notices and objections; its open page and sheet."""

import base64
import re

import pytest
from django.utils import timezone
from tests.factories.casework import (
    CaseFactory,
    NoticeEntryFactory,
    NoticeFactory,
    ObjectionFactory,
    OpenPageFactory,
    SelfReportFactory,
)
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, Cast, County
from tests.unit.casework.story import Story
from tests.web.conftest import SignedIn

from anju.audit.actor import PUBLIC
from anju.audit.models import Entry
from anju.casework.actions import self_reports
from anju.casework.models import Case, Lead, Notice, Objection, OpenPage, SelfReport
from anju.places.models import Division

pytestmark = pytest.mark.django_db
PHONE = "10000000017"


@pytest.fixture
def report(county: County) -> SelfReport:
    return self_reports.receive(
        by=PUBLIC,
        at=timezone.now(),
        village_code=NORTH_1,
        name="搬迁户主1",
        phone=PHONE,
        risk="medical",
        told="老人住院花了三万",
    )


@pytest.fixture
def case(cast: Cast, county: County) -> Case:
    """Stands at the publication today."""
    story = Story(cast, timezone.localdate())
    return story.to_publicity(story.opened(county.households[0]))


@pytest.fixture
def objection(county: County) -> Objection:
    today = timezone.localdate()
    notice = NoticeFactory(village_code=NORTH_1, posted_on=today, ends_on=today)
    case = CaseFactory(household=county.households[0])
    entry = NoticeEntryFactory(notice=notice, case=case)
    return ObjectionFactory(notice=notice, entry=entry, received_at=timezone.now())


def test_a_report_waits_in_the_list_and_on_the_desk_of_its_village(
    signed_in: SignedIn, report: SelfReport
) -> None:
    for who, is_theirs in (("village", True), ("north_town", True), ("south_town", False)):
        client = signed_in(who)
        assert ("搬迁户主1" in client.get("/self-reports/").text) is is_theirs
        assert ("搬迁户主1自主申报" in client.get("/").text) is is_theirs
        status = client.get(f"/self-reports/{report.pk}/").status_code
        assert status == (200 if is_theirs else 404)
    grid = signed_in("grid").get("/self-reports/")
    assert "搬迁户主1" not in grid.text


def test_the_telephone_is_shown_on_request_and_noted(
    signed_in: SignedIn, report: SelfReport
) -> None:
    client = signed_in("village")

    assert PHONE not in client.get(f"/self-reports/{report.pk}/").text
    shown = client.post(f"/self-reports/{report.pk}/phone/", {"name": "搬迁户主2"}).text
    assert PHONE in shown
    assert "搬迁户主2" in shown
    assert Entry.objects.get(action="self_report.phone").actor == "village"
    assert signed_in("south_town").post(f"/self-reports/{report.pk}/phone/").status_code == 404


def test_a_report_is_matched_and_becomes_a_lead(
    signed_in: SignedIn, report: SelfReport, county: County
) -> None:
    client, household = signed_in("village"), county.households[0]
    page = client.get(f"/self-reports/{report.pk}/").text
    assert household.code in page
    assert county.households[1].code not in page
    assert county.households[1].code in client.get(f"/self-reports/{report.pk}/?name=搬迁").text

    nobody = client.post(f"/self-reports/{report.pk}/take-up/", {"risk": "medical"})
    assert nobody.status_code == 422
    assert "请选择申报的是哪一户" in nobody.text
    given = {"household": household.code, "risk": "medical"}
    answer = client.post(f"/self-reports/{report.pk}/take-up/", given)

    lead = Lead.objects.get()
    assert answer["Location"] == f"/leads/{lead.pk}/"
    assert "转为线索" in client.get(f"/self-reports/{report.pk}/").text
    assert "搬迁户主1" not in client.get("/self-reports/").text
    assert "搬迁户主1" in client.get("/self-reports/?state=done").text


def test_a_report_is_refused_with_a_reason(signed_in: SignedIn, report: SelfReport) -> None:
    client = signed_in("village")

    assert client.post(f"/self-reports/{report.pk}/refuse/", {"reason": ""}).status_code == 422
    client.post(f"/self-reports/{report.pk}/refuse/", {"reason": "不住在本村"})

    assert "不住在本村" in client.get(f"/self-reports/{report.pk}/").text
    late = client.post(f"/self-reports/{report.pk}/refuse/", {"reason": "再说一次"})
    assert "已由他人处理" in late.text


def test_a_village_publishes_what_waits(signed_in: SignedIn, case: Case) -> None:
    client = signed_in("village")
    assert "有 1 户等待公示" in client.get("/").text
    assert "等待公示" in client.get(f"/cases/{case.number}/").text
    form = client.get("/notices/new/").text
    assert "搬*" in form
    assert "搬迁户主1" not in form
    given = {"village": NORTH_1, "kind": "inclusion", "case": case.number, "contact": "村委会"}

    empty = client.post("/notices/new/", {**given, "contact": ""})
    assert empty.status_code == 422
    answer = client.post("/notices/new/", given)

    notice = Notice.objects.get()
    assert answer["Location"] == f"/notices/{notice.pk}/"
    assert "搬*" in client.get(f"/notices/{notice.pk}/").text
    assert "没有等待公示的案件" in client.get("/notices/new/").text
    assert f"/notices/{notice.pk}/" in client.get(f"/cases/{case.number}/").text
    assert signed_in("south_town").get(f"/notices/{notice.pk}/").status_code == 404
    assert signed_in("north_town").get("/notices/new/").status_code == 403


def test_a_notice_is_taken_down_with_a_reason(signed_in: SignedIn, objection: Objection) -> None:
    address = f"/notices/{objection.notice_id}/take-down/"

    assert signed_in("village").post(address, {"reason": ""}).status_code == 422
    assert signed_in("grid").post(address, {"reason": "x"}).status_code == 404
    signed_in("village").post(address, {"reason": "姓名有误"})

    assert "姓名有误" in signed_in("village").get(f"/notices/{objection.notice_id}/").text
    assert "现在没有公示" in signed_in("village").get("/notices/").text
    assert "已提前撤下" in signed_in("village").get("/notices/?state=over").text


def test_an_objection_is_answered_from_the_desk(signed_in: SignedIn, objection: Objection) -> None:
    client, address = signed_in("village"), f"/objections/{objection.pk}/"
    assert address in client.get("/").text
    assert objection.told in client.get(address).text

    for given, problem in (
        ({"answer": "核实过"}, "请选择异议是否成立"),
        ({"upheld": "0", "answer": ""}, "请写明核实情况"),
    ):
        answer = client.post(address, given)
        assert answer.status_code == 422
        assert problem in answer.text
    client.post(address, {"upheld": "0", "answer": "上门核实，城里的房是租的"})

    objection.refresh_from_db()
    assert objection.is_upheld is False
    assert address not in client.get("/").text
    assert signed_in("south_town").get(address).status_code == 404
    assert signed_in("grid").get(address).status_code == 404


def test_an_objection_on_paper_is_written_down(signed_in: SignedIn, objection: Objection) -> None:
    address = f"/notices/{objection.notice_id}/objections/"
    given = {"channel": "paper", "entry": "1", "told": "他家有车", "name": "邻居", "phone": PHONE}

    wrong = signed_in("village").post(address, {**given, "phone": "12"})
    assert wrong.status_code == 422
    assert "他家有车" in wrong.text
    signed_in("village").post(address, given)

    written = Objection.objects.get(channel="paper")
    assert written.entry == objection.entry
    page = signed_in("village").get(f"/objections/{written.pk}/").text
    assert PHONE not in page
    assert PHONE in signed_in("village").post(f"/objections/{written.pk}/phone/").text


def test_a_village_opens_its_page_and_prints_the_sheet(signed_in: SignedIn, county: County) -> None:
    client = signed_in("village")
    assert "未开通" in client.get("/open-pages/").text
    assert client.post(f"/open-pages/{NORTH_1}/", {"contact": " "}).status_code == 422
    client.post(f"/open-pages/{NORTH_1}/", {"contact": "村委会 0000-1", "do": "start"})
    page = OpenPage.objects.get()

    sheet = client.get(f"/open-pages/{NORTH_1}/sheet/").text
    assert f"http://testserver/open/{page.token}/" in sheet
    drawn = re.search(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", sheet)
    assert b"<svg" in base64.b64decode(drawn[1])
    assert signed_in("south_town").get(f"/open-pages/{NORTH_1}/sheet/").status_code == 404
    assert client.get(f"/open-pages/{NORTH_2}/").status_code == 404
    client.post(f"/open-pages/{NORTH_1}/", {"do": "renew"})
    assert OpenPage.objects.get(closed_on__isnull=True).token != page.token
    client.post(f"/open-pages/{NORTH_1}/", {"do": "close"})
    assert client.get(f"/open-pages/{NORTH_1}/sheet/").status_code == 404


def test_the_square_leads_where_villagers_reach_it(
    signed_in: SignedIn, county: County, settings
) -> None:
    settings.OPEN_ADDRESS = "https://help.example.gov"
    page = OpenPageFactory(village=Division.objects.get(code=NORTH_1))

    sheet = signed_in("village").get(f"/open-pages/{NORTH_1}/sheet/").text

    assert f"https://help.example.gov/open/{page.token}/" in sheet


def test_the_county_sees_which_villages_have_a_page(signed_in: SignedIn, county: County) -> None:
    OpenPageFactory(village=Division.objects.get(code=NORTH_1), contact="一村电话")

    bureau = signed_in("bureau").get("/open-pages/")

    assert "一村电话" in bureau.text
    assert bureau.text.count("未开通") == 3
    assert "南枫" not in signed_in("north_town").get("/open-pages/").text


def test_lists_are_read_with_few_questions(
    signed_in: SignedIn, county: County, django_assert_max_num_queries
) -> None:
    for number in range(12):
        SelfReportFactory(village_code=(NORTH_1, SOUTH_1)[number % 2])
        NoticeFactory(
            village_code=NORTH_2, posted_on=timezone.localdate(), ends_on=timezone.localdate()
        )
    client = signed_in("bureau")

    for address in ("/self-reports/", "/notices/", "/open-pages/"):
        with django_assert_max_num_queries(24):
            assert client.get(address).status_code == 200
