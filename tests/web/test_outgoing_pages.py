"""Lists going out: choosing, masked at once, in full only with a second person."""

import fastexcel
import pytest
from django.test import Client
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.county import NORTH, NORTH_1, County
from tests.factories.inspection import InspectionFactory, ProblemFactory
from tests.unit.intake.lists import ON, bring_in, households, member, workbook
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.exports.models import ExportRequest
from anju.intake.feeds import BY_ID
from anju.intake.models import Batch
from anju.quality.checks import checks
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

    answer = client.get(f"/lists-out/help_measure/?form={loaded.pk}")

    rows = _cells(b"".join(answer.streaming_content))
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

    rows = _sent(client, "/lists-out/households/")

    text = str(rows)
    assert member(1)["证件号码"] not in text
    assert "********" in text
    assert len(rows[1]) == 33


def test_in_full_it_is_asked_for_approved_and_then_read_back_unchanged(
    signed_in: SignedIn, loaded: Batch, county: County
) -> None:
    client = signed_in("bureau")
    address = "/lists-out/households/?numbers=full"
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
    rows = _sent(client, "/lists-out/households/")
    assert "长期慢性病" not in str(rows)


def test_a_town_takes_out_its_own_households_alone(signed_in: SignedIn, county: County) -> None:
    south = member(2, **{"乡(镇)": "南枫镇", "行政村": "南枫一村"})
    bring_in(households(member(1), south), name="户名单.xlsx")
    client = signed_in("north_town")

    rows = str(_sent(client, "/lists-out/households/"))

    assert (member(1)["户编号"] in rows, south["户编号"] in rows) == (True, False)
    assert client.get("/lists-out/households/?place=529901102000").status_code == 404
    assert client.get(f"/lists-out/households/check/?place={NORTH}").status_code == 200


@pytest.mark.parametrize("feed", ["places", "nothing"])
def test_lists_of_places_do_not_go_out(signed_in: SignedIn, county: County, feed: str) -> None:
    assert signed_in("bureau").get(f"/lists-out/{feed}/").status_code == 404


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
    answer = signed_in("bureau").get(f"/lists-out/help_measure/?form={batch.pk}")
    first = signed_in("bureau").get(f"/lists-out/help_measure/?form={loaded.pk}")

    assert _cells(b"".join(answer.streaming_content))[3][-1] == "2023.7.1"
    assert len(_cells(b"".join(first.streaming_content))[3]) == len(MEASURES)


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

    sent = client.get(f"/lists-out/households/?place={NORTH}")
    page = client.get(sent["Location"]).text
    book = client.get(f"{sent['Location']}&export=xlsx")

    assert sent.status_code == 302
    assert "与户主的关系和性别对不上" in page
    assert f"/households/{member(1)['户编号']}/people/#person-{odd['人编号']}" in page
    rows = _cells(b"".join(book.streaming_content))
    assert "导出人" in rows[0][0]
    (told,) = [row for row in rows if row[8] == "2_01_004"]
    assert (told[2], told[3]) == (member(1)["户编号"], odd["姓名"])
    there = _sent(client, f"/lists-out/households/?place={NORTH}")
    assert odd["姓名"] in there[int(told[1]) - 1]  # the row of the file that goes out
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

    without = client.post(address, {"go_ahead": "急"})
    given = client.post(address, {"go_ahead": "上级催报，下月补"})

    assert without.status_code == 302
    assert len(_cells(b"".join(given.streaming_content))) > 1
    entry = Entry.objects.get(action="intake.take_out")
    assert entry.reason == "上级催报，下月补"
    assert entry.detail["must"] > 0


def test_changes_go_out_by_the_days_they_happened_on(signed_in: SignedIn, county: County) -> None:
    home = member(1)["户编号"]
    bride = member(2, 户编号=home, 与户主关系="配偶", 人员识别时间="20230705")
    bring_in(households(member(1), bride), name="户名单.xlsx")
    client = signed_in("bureau")
    address = "/lists-out/population/?since={}&until={}"

    august = b"".join(client.get(address.format("2023-07-01", "2023-07-31")).streaming_content)
    after = b"".join(client.get(address.format("2023-07-06", "2023-07-31")).streaming_content)

    (told,) = [row for row in _cells_of(august, "自然增加") if bride["姓名"] in row]
    assert told[-2:] == ("20230705", "婚入")
    assert bride["姓名"] not in str(_cells_of(after, "自然增加"))
    assert client.get("/lists-out/population/?since=augustus").status_code == 404
    taken = Entry.objects.filter(action="intake.take_out").values_list("detail__since", flat=True)
    assert set(taken) == {"2023-07-01", "2023-07-06"}


def _cells_of(content: bytes, sheet: str) -> list[tuple]:
    found = fastexcel.read_excel(content).load_sheet(sheet, header_row=None, dtypes="string")
    return found.to_polars().rows()


def _sent(client: Client, address: str) -> list[list[str]]:
    """The cells of a list that goes out all the same."""
    answer = client.post(address, {"go_ahead": "上级催报，下月补"})
    return _cells(b"".join(answer.streaming_content))
