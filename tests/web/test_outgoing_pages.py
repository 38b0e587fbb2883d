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

    rows = _cells(b"".join(client.get("/lists-out/households/").streaming_content))

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

    client.post("/exports/ask/", {"address": address, "reason": "报送上级平台"})
    request = ExportRequest.objects.get()
    leader = UserFactory(username="leader")
    PostFactory(user=leader, role="county_leader")
    second = Client()
    second.force_login(leader)
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
    rows = _cells(b"".join(client.get("/lists-out/households/").streaming_content))
    assert "长期慢性病" not in str(rows)


def test_a_town_takes_out_its_own_households_alone(signed_in: SignedIn, county: County) -> None:
    south = member(2, **{"乡(镇)": "南枫镇", "行政村": "南枫一村"})
    bring_in(households(member(1), south), name="户名单.xlsx")
    client = signed_in("north_town")

    rows = str(_cells(b"".join(client.get("/lists-out/households/").streaming_content)))

    assert (member(1)["户编号"] in rows, south["户编号"] in rows) == (True, False)
    assert client.get("/lists-out/households/?place=529901102000").status_code == 404
    assert client.get(f"/lists-out/households/?place={NORTH}").status_code == 200


@pytest.mark.parametrize("feed", ["population", "places", "enrolment", "nothing"])
def test_lists_of_changes_do_not_go_out(signed_in: SignedIn, county: County, feed: str) -> None:
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

    assert {check.fields[0].id for check in checks()} <= carried
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


def test_who_asks_for_a_list_is_told_of_what_must_be_mended(
    signed_in: SignedIn, county: County
) -> None:
    inspection = InspectionFactory()
    ProblemFactory(
        run=inspection, household=county.households[0], village_code=NORTH_1, code="2_01_003"
    )

    asked = signed_in("bureau").get("/lists-out/households/?numbers=full").text

    assert "这份名单有 1 条“必须改”的质检问题" in asked
    assert "list=households&amp;level=must" in asked
