"""Lists going out: choosing, masked at once, in full only with a second person."""

from urllib.parse import unquote, urlencode

import fastexcel
import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.county import NORTH, NORTH_1, County
from tests.factories.inspection import InspectionFactory, ProblemFactory
from tests.unit.intake.lists import ON, bring_in, households, member, workbook
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.exports.actions import ExportRefused
from anju.exports.models import ExportRequest
from anju.inspection.actions import list_checks
from anju.inspection.models import ListCheck
from anju.intake.feeds import BY_ID
from anju.intake.models import Batch
from anju.quality.checks import checks
from anju.queue.models import Job
from anju.queue.progress import Unattended
from anju.registry.models import Household
from anju.web.exports.producing import produce
from anju.web.quality import before_sending

pytestmark = pytest.mark.django_db

MEASURES = (
    "序号",
    "乡(镇)",
    "行政村",
    "户编号",
    "户主姓名",
    "措施类别",
    "措施内容",
    "开始日期",
    "经办",
)


def _measures(*numbers: int) -> bytes:
    rows = [
        {"户编号": member(n)["户编号"], "户主姓名": member(n)["姓名"], "措施类别": "产业帮扶",
         "措施内容": "养蜂", "开始日期": "2023.5.6", "经办": "村里"}
        for n in numbers
    ]  # fmt: skip
    return workbook(MEASURES, rows, sheet="措施", title="云某县帮扶措施台账")


@pytest.fixture
def loaded(county: County) -> Batch:
    """Two households, one with a measure from a list with its own columns."""
    bring_in(households(member(1), member(2)), name="户名单.xlsx")
    return bring_in(_measures(1), name="措施7月.xlsx")


def _cells(content: bytes) -> list[list[str]]:
    sheet = fastexcel.read_excel(content).load_sheet(0, header_row=None, dtypes="string")
    return [["" if cell is None else cell for cell in row] for row in sheet.to_polars().rows()]


def test_a_list_has_the_title_headings_and_writing_it_came_in(
    signed_in: SignedIn, loaded: Batch
) -> None:
    client = signed_in("bureau")

    rows = _sent(client, "help_measure", form=loaded.pk)

    assert rows[0][0] == "云某县帮扶措施台账"
    assert tuple(rows[2]) == MEASURES
    assert rows[3] == [
        "1", "北枫镇", "北枫二村", member(1)["户编号"], member(1)["姓名"], "产业帮扶", "养蜂",
        "2023.5.6", "村里",
    ]  # fmt: skip
    assert rows[5][0].startswith("注：")
    entry = Entry.objects.get(action="intake.take_out")
    assert (entry.detail["numbers"], entry.count) == ("masked", 1)


def test_numbers_are_masked_unless_a_second_person_approves(
    signed_in: SignedIn, loaded: Batch
) -> None:
    client = signed_in("bureau")

    rows = _sent(client, "households")

    text = str(rows)
    assert member(1)["证件号码"] not in text
    assert "********" in text
    assert len(rows[1]) == 33


def test_in_full_it_is_asked_for_approved_and_then_read_back_unchanged(
    signed_in: SignedIn, loaded: Batch, county: County
) -> None:
    client = signed_in("bureau")
    address = "/lists-out/households/?numbers=full"
    unchecked = client.get(address)
    assert unchecked["Location"] == "/lists-out/"
    _check(client, "households", numbers="full")
    asked = client.get(address)
    assert "须由另一位有审批权限的同事批准" in asked.text
    assert member(1)["证件号码"] not in asked.text

    told = {"address": address, "reason": "报送上级平台"}
    refused = client.post("/exports/ask/", told)
    assert (refused.status_code, "不改就报送的理由" in refused.text) == (422, True)
    client.post("/exports/ask/", {**told, "go_ahead": "医保名单月底才来"})
    request = ExportRequest.objects.get()
    assert request.description["must"] > 0
    leader = UserFactory(username="leader")
    PostFactory(user=leader, role="county_leader")
    second = Client()
    second.force_login(leader)
    assert "医保名单月底才来" in second.get(f"/exports/{request.pk}/").text
    second.post(f"/exports/{request.pk}/decide/", {"decision": "approve"})
    produce(progress=Unattended(), request_id=request.pk)
    content = b"".join(client.get(f"/exports/{request.pk}/file/").streaming_content)

    assert member(1)["证件号码"] in str(_cells(content))
    back = bring_in(content, name="户名单回.xlsx", on=ON)
    ours = back.lines.filter(household_id__in=Household.objects.filter(code__startswith="5299011"))
    assert sorted(ours.values_list("outcome", flat=True)) == ["unchanged", "unchanged"]


def test_a_department_takes_no_lists_out(county: County) -> None:
    user = UserFactory(username="schools")
    PostFactory(user=user, role="department")
    client = Client()
    client.force_login(user)

    assert client.get("/lists-out/").status_code == 403
    assert client.get("/lists-out/households/").status_code == 403


def test_who_may_not_see_health_is_offered_no_list_of_illness(county: County) -> None:
    bring_in(households(member(1, 健康状况="长期慢性病")), name="户名单.xlsx")
    user = UserFactory(username="steward")
    PostFactory(user=user, role="data_steward")
    client = Client()
    client.force_login(user)

    page = client.get("/lists-out/").text

    assert ("户信息名单" in page, "慢性病名单" in page) == (True, False)
    assert client.get("/lists-out/chronic/").status_code == 404
    assert client.get("/lists-out/households/?numbers=full").status_code == 403
    rows = _sent(client, "households")
    assert "长期慢性病" not in str(rows)


def test_a_town_takes_out_its_own_households_alone(signed_in: SignedIn, county: County) -> None:
    south = member(2, **{"乡(镇)": "南枫镇", "行政村": "南枫一村"})
    bring_in(households(member(1), south), name="户名单.xlsx")
    client = signed_in("north_town")

    rows = str(_sent(client, "households"))

    assert (member(1)["户编号"] in rows, south["户编号"] in rows) == (True, False)
    assert client.get("/lists-out/households/?place=529901102000").status_code == 404
    elsewhere = {"place": "529901102000"}
    assert client.post("/lists-out/households/check/", elsewhere).status_code == 404
    assert client.post("/lists-out/nothing/check/").status_code == 404


def test_lists_of_places_go_out_of_the_viewers_places_and_need_no_second_person(
    signed_in: SignedIn, county: County, settings: Settings
) -> None:
    settings.EXPORT_APPROVAL_ROWS = 1
    rows = _sent(signed_in("north_town"), "places")

    assert rows[1] == ["行政区划代码", "名称", "级别", "上级代码"]
    assert {row[0][:9] for row in rows[2:]} == {NORTH[:9]}
    assert [NORTH, "北枫镇", "乡镇", "529901000000"] in rows


def test_a_cell_that_no_longer_says_what_the_register_says_is_written_anew(
    signed_in: SignedIn, loaded: Batch
) -> None:
    bring_in(
        workbook(MEASURES + ("结束日期",), [
            {"户编号": member(1)["户编号"], "户主姓名": member(1)["姓名"], "措施类别": "产业帮扶",
             "措施内容": "养蜂", "开始日期": "2023.5.6", "结束日期": "2023.7.1"}], sheet="措施"),
        name="措施变动.xlsx",
    )  # fmt: skip

    batch = Batch.objects.get(file_name="措施变动.xlsx")
    client = signed_in("bureau")

    assert _sent(client, "help_measure", form=batch.pk)[3][-1] == "2023.7.1"
    assert len(_sent(client, "help_measure", form=loaded.pk)[3]) == len(MEASURES)


def test_every_field_of_a_check_is_mended_in_some_list() -> None:
    carried = frozenset().union(*before_sending.FIELDS.values())

    asked = {check.fields[0].id for check in checks() if not check.is_of_case}
    assert asked <= carried
    assert set(before_sending.FIELDS) <= set(BY_ID)


def test_before_a_list_is_sent_its_own_problems_are_shown(
    signed_in: SignedIn, county: County
) -> None:
    inspection = InspectionFactory()
    for code in ("5_17_004", "5_12_001"):
        ProblemFactory(
            run=inspection, household=county.households[0], village_code=NORTH_1, code=code
        )
    client = signed_in("bureau")

    offered = client.get("/lists-out/").text
    of_members = client.get("/quality/problems/?list=households").text
    of_work = client.get("/quality/problems/?list=employment").text

    assert "/quality/problems/?list=households" in offered
    assert ("共 1 条" in of_members, "共 1 条" in of_work) == (True, True)
    assert of_members != of_work


def test_the_rows_of_a_list_are_checked_as_they_will_stand_in_the_file(
    signed_in: SignedIn, county: County
) -> None:
    lifted = {"户类型": "脱贫户"}
    odd = member(2, 与户主关系="之子", **lifted)
    assert odd["性别"] == "女"
    bring_in(
        households(member(1, **lifted), {**odd, "户编号": member(1)["户编号"]}), name="户名单.xlsx"
    )
    client = signed_in("bureau")

    address = _check(client, "households", place=NORTH)
    page, rows_page = client.get(address).text, client.get(f"{address}rows/").text
    book = client.get(f"{address}rows/?export=xlsx")

    assert ("与户主的关系和性别对不上" in page, "北枫二村" in page) == (True, True)
    assert f"/households/{member(1)['户编号']}/people/#person-{odd['人编号']}" in rows_page
    rows = _cells(b"".join(book.streaming_content))
    assert "导出人" in rows[0][0]
    (told,) = [row for row in rows if "与户主的关系和性别对不上" in row]
    line = int(told[1])
    assert (told[2], told[3]) == (member(1)["户编号"], odd["姓名"])
    there = _sent(client, "households", place=NORTH)
    assert odd["姓名"] in there[line - 1]  # the row of the file that goes out
    of_one = client.get(f"{address}rows/?code=2_01_004").text
    assert (odd["姓名"] in of_one, "共 1 条" in of_one) == (True, True)
    kinds = set(
        Entry.objects.filter(detail__register="list-check").values_list("action", flat=True)
    )
    assert kinds == {"register.read", "register.export"}


def test_a_list_that_must_be_mended_goes_out_only_with_a_reason_on_record(
    signed_in: SignedIn, county: County
) -> None:
    bring_in(households(member(1, 劳动技能=None)), name="户名单.xlsx")
    client = signed_in("bureau")
    address = f"/lists-out/households/?place={NORTH}"
    _check(client, "households", place=NORTH)

    without = client.post(address, {"go_ahead": "急"})
    assert without["Location"].startswith("/lists-out/checks/")
    assert client.get(address)["Location"] == without["Location"]

    written = _written(client, address, "上级催报，下月补")

    assert len(_cells(written)) > 1
    entry = Entry.objects.get(action="intake.take_out")
    assert entry.reason == "上级催报，下月补"
    assert entry.detail["must"] > 0


def test_a_short_list_is_written_by_the_worker_once_and_not_when_it_has_grown_too_long(
    signed_in: SignedIn, loaded: Batch, settings: Settings
) -> None:
    client = signed_in("bureau")
    address = f"/lists-out/help_measure/?form={loaded.pk}"
    _check(client, "help_measure", form=loaded.pk)

    page = client.post(address, {"go_ahead": "上级催报"})["Location"]

    assert client.post(address, {"go_ahead": "上级催报"})["Location"] == page
    request = ExportRequest.objects.get()
    assert (request.state, request.approver) == ("producing", None)
    assert "文件正在生成" in client.get(page).text
    assert client.get(page, headers={"HX-Request": "true"}).status_code == 204
    settings.EXPORT_APPROVAL_ROWS = 0
    with pytest.raises(ExportRefused, match="超过不须审批的上限"):
        produce(progress=Unattended(), request_id=request.pk)
    settings.EXPORT_APPROVAL_ROWS = 1000
    produce(progress=Unattended(), request_id=request.pk)
    assert client.get(page, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    file = client.get(f"{page}file/")
    assert unquote(file["Content-Disposition"]).split("''")[1].startswith("措施7月-")


def test_a_check_is_shown_again_until_something_changes(
    signed_in: SignedIn, county: County
) -> None:
    bring_in(households(member(1)), name="户名单.xlsx")
    client = signed_in("bureau")
    first = _check(client, "households", place=NORTH)
    client.get("/households/")

    again = _check(client, "households", place=NORTH)
    bring_in(households(member(2)), name="户名单2.xlsx")
    stale = client.post(f"/lists-out/households/?place={NORTH}", {"go_ahead": "上级催报"})
    warned = client.get(first).text
    anew = _check(client, "households", place=NORTH)

    assert again == first
    assert stale["Location"] == first
    assert "再检查一次" in warned
    assert anew != first
    assert ListCheck.objects.count() == 1  # of one list only the last is kept
    assert signed_in("south_town").get(anew).status_code == 404


def test_a_list_that_is_being_checked_tells_how_far_it_is_and_can_be_stopped(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("bureau")
    address = client.post("/lists-out/households/check/", {})["Location"]

    waiting = client.get(address, headers={"HX-Request": "true"}).text
    client.post(f"{address}cancel/")
    ended = client.get(address, headers={"HX-Request": "true"})

    assert ("等待" in waiting, 'hx-get="' in waiting) == (True, True)
    assert ended.headers["HX-Refresh"] == "true"
    assert "检查已取消" in client.get(address).text


def test_changes_go_out_by_the_days_they_happened_on(signed_in: SignedIn, county: County) -> None:
    home = member(1)["户编号"]
    bride = member(2, 户编号=home, 与户主关系="配偶", 人员识别时间="20230705")
    bring_in(households(member(1), bride), name="户名单.xlsx")
    client = signed_in("bureau")
    july = {"since": "2023-07-01", "until": "2023-07-31"}

    first = _file(client, "population", **july)
    after = _file(client, "population", **{**july, "since": "2023-07-06"})

    (told,) = [row for row in _cells_of(first, "自然增加") if bride["姓名"] in row]
    assert told[-2:] == ("20230705", "婚入")
    assert bride["姓名"] not in str(_cells_of(after, "自然增加"))
    assert client.post("/lists-out/population/check/", {"since": "augustus"}).status_code == 404
    taken = Entry.objects.filter(action="intake.take_out").values_list("detail__since", flat=True)
    assert set(taken) == {"2023-07-01", "2023-07-06"}


def _cells_of(content: bytes, sheet: str) -> list[tuple]:
    found = fastexcel.read_excel(content).load_sheet(sheet, header_row=None, dtypes="string")
    return found.to_polars().rows()


def _check(client: Client, feed: str, **told: object) -> str:
    """Check a list as its page and the worker do; the address of what was found."""
    answer = client.post(f"/lists-out/{feed}/check/", told)
    for job in Job.objects.filter(state="waiting", kind=list_checks.JOB_KIND):
        list_checks.perform(progress=Unattended(), **job.payload)
        job.state = "done"
        job.save()
    return str(answer["Location"].partition("?")[0])


def _file(client: Client, feed: str, **told: object) -> bytes:
    """The file of a checked list, which goes out all the same."""
    _check(client, feed, **told)
    query = urlencode({name: str(value) for name, value in told.items()})
    return _written(client, f"/lists-out/{feed}/?{query}", "上级催报，下月补")


def _written(client: Client, address: str, go_ahead: str = "") -> bytes:
    """The file as the worker writes it and its page gives it out."""
    page = client.post(address, {"go_ahead": go_ahead})["Location"]
    produce(progress=Unattended(), request_id=int(page.split("/")[2]))
    return b"".join(client.get(f"{page}file/").streaming_content)


def _sent(client: Client, feed: str, **told: object) -> list[list[str]]:
    """The cells of its first sheet."""
    return _cells(_file(client, feed, **told))
