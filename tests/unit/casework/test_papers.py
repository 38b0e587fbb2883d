"""Papers of a case: everything known is printed, nothing that the viewer may not see."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from tests.factories.casework import (
    AuthorisationFactory,
    CaseFactory,
    CaseRiskFactory,
    HomeCheckFactory,
    LeadFactory,
    LeadSourceFactory,
    MeasureFactory,
    NoticeEntryFactory,
    NoticeFactory,
    ObjectionFactory,
    OpenPageFactory,
    PaperTemplateFactory,
    RemovalCheckFactory,
    ReviewFactory,
)
from tests.factories.county import NORTH_1, Cast, County
from tests.factories.registry import (
    HouseholdFactory,
    IncomeFactory,
    MembershipFactory,
    PersonFactory,
    PersonRecordFactory,
    identity_number,
)
from tests.unit.papers.reading import built, rows_of, text_of, text_of_pdf

from anju.accounts.viewer import Viewer
from anju.audit.models import Entry
from anju.casework.actions import papers
from anju.casework.actions.papers import TemplateRefused
from anju.casework.models import Case, PaperTemplate
from anju.casework.queries import papers as templates
from anju.casework.queries.paper_rows import Words
from anju.casework.refusals import CaseRefused
from anju.papers.catalogue import (
    APPLICATION,
    AUTHORISATION,
    DECISION,
    HELP_PLAN,
    HOME_CHECK,
    MINUTES,
    NOTICE,
    PAPERS,
    REMOVAL,
    TOWN_REPORT,
    Paper,
)
from anju.places.models import Division

pytestmark = pytest.mark.django_db

ON = date(2023, 10, 20)
AT = datetime(2023, 10, 20, 15, 4, tzinfo=UTC)
NUMBER = identity_number(7, date(1977, 3, 2))
WORDS = Words(
    risk=lambda code: {"income": "收入", "medical": "因病"}.get(code, code),
    relation=lambda code: {"head": "户主", "daughter": "之女"}.get(code, code),
    education=lambda code: {"junior": "初中"}.get(code, code),
)


@pytest.fixture
def case(county: County) -> Case:
    """A household of two whose case has reached the publication."""
    household = HouseholdFactory(village_code=NORTH_1, head_name="张三峰", size=2)
    head = PersonFactory(
        name="张三峰", born_on=date(1977, 3, 2), identity=NUMBER, phone="13812345678"
    )
    PersonRecordFactory(person=head, education="junior", labour="ordinary", health="尘肺病")
    MembershipFactory(household=household, person=head, relation="head")
    child = PersonFactory(name="张小", sex="F", born_on=date(2012, 5, 1))
    PersonRecordFactory(person=child, schooling="compulsory", labour="none")
    MembershipFactory(household=household, person=child, relation="daughter")
    for quarter in (20224, 20231, 20232, 20233):
        IncomeFactory(
            household=household, quarter=quarter, wage=250_050, business=0, business_cost=0,
            property=0, transfer=0, source="收入台账",
        )  # fmt: skip
    case = CaseFactory(household=household, monitored_kind="marginal", step="publicity")
    CaseRiskFactory(case=case, risk="income")
    lead = LeadFactory(household=household, case=case, state="case", ended_on=date(2023, 10, 9))
    LeadSourceFactory(lead=lead)
    LeadSourceFactory(lead=lead, channel="grid", run_id=None)
    return case


@pytest.fixture
def village(cast: Cast) -> Viewer:
    return cast.viewer("village", ON)


def made(viewer: Viewer, case: Case, paper: Paper, **changes: object) -> bytes:
    asked = {"as_pdf": False, "words": WORDS, **changes}
    return papers.make(
        by=viewer.actor("127.0.0.1"), viewer=viewer, at=AT, on=ON, case=case, paper=paper, **asked
    ).content


def test_an_authorisation_names_everybody_with_masked_numbers(case: Case, village: Viewer) -> None:
    AuthorisationFactory(case=case, signed_by="张三峰")

    content = made(village, case, AUTHORISATION)

    text = text_of(content)
    masked = f"529901********{NUMBER[-4:]}"
    assert f"本人张三峰（证件号码{masked}），现居枫溪县北枫镇北枫一村" in text
    assert "授权人：张三峰\n2023年10月9日" in text
    assert rows_of(content)[1][:4] == ["1", "张三峰", "户主", masked]
    assert rows_of(content)[2][1] == "张小"


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_no_paper_has_a_whole_number(case: Case, village: Viewer, paper: Paper) -> None:
    text = text_of(made(village, case, paper))

    assert NUMBER not in text
    assert "13812345678" not in text


def test_a_home_check_has_what_the_registers_know_with_its_source(
    case: Case, village: Viewer
) -> None:
    content = made(village, case, HOME_CHECK)

    text = text_of(content)
    assert "线索来源：监测预警、网格员走访" in text
    assert "张三峰|户主|男|46|初中" in text
    assert "尘肺病" in text
    found = {row[0]: row[1:] for row in rows_of(content, 2)}
    assert found["工资性收入"] == ["10,002元", "收入台账，2023年1月1日", ""]
    assert found["人均纯收入"][0] == "5,001元"
    assert found["家庭人口"][0] == "2人"
    assert found["住房安全"] == ["", "", ""]
    assert "138****5678" in text


def test_a_home_check_that_was_made_is_printed_as_it_was_found(case: Case, village: Viewer) -> None:
    HomeCheckFactory(
        case=case,
        guarantees={"education": True, "medical": False},
        values={"housing": True, "wage": 900_000},
    )

    content = made(village, case, HOME_CHECK)

    text = text_of(content)
    assert "人均纯收入|5,000元|刚性支出|20,000元" in text
    assert "义务教育有保障|☑是　☐否|基本医疗有保障|☐是　☑否" in text
    assert "住房安全有保障|☐是　☐否" in text
    assert "无存款，亲友难以相助" in text
    found = {row[0]: row[3] for row in rows_of(content, 2)}
    assert (found["住房安全"], found["工资性收入"]) == ("是", "9,000元")
    assert (found["适龄儿童义务教育有保障"], found["全家参加基本医疗保险"]) == ("是", "否")
    assert (found["人均纯收入"], found["刚性支出"]) == ("5,000元", "20,000元")


def test_health_is_blank_for_who_may_not_see_it(case: Case, cast: Cast, county: County) -> None:
    case.household.grid = county.site_grid
    case.household.save()
    CaseRiskFactory(case=case, risk="medical")
    HomeCheckFactory(case=case, own_means="尘肺病三期，不能做工", note="住院两次")
    ReviewFactory(case=case, minutes="大家都知道他病重")
    MeasureFactory(case=case, kind="health", risk="medical", content="大病救助")
    grid = cast.viewer("grid", ON)

    every = "".join(text_of(made(grid, case, paper)) for paper in PAPERS.values())

    for told in ("尘肺病", "因病", "住院", "病重", "大病救助", "合规自付支出"):
        assert told not in every
    assert "风险类别：收入" in every


def test_minutes_say_who_came_and_how_they_voted(case: Case, village: Viewer) -> None:
    ReviewFactory(case=case, chair="赵六", place="村委会")

    rows = rows_of(made(village, case, MINUTES))

    assert rows[0] == ["评议日期", "2023年10月12日", "评议地点", "村委会"]
    assert rows[3] == ["应到人数", "30", "实到人数", "25"]
    assert rows[4] == ["同意票数", "24", "反对票数", "1"]


def test_the_notice_shows_what_was_published_and_nothing_else(case: Case, village: Viewer) -> None:
    CaseRiskFactory(case=case, risk="medical")
    ReviewFactory(case=case)
    other = CaseFactory(household=HouseholdFactory(village_code=NORTH_1, head_name="李四海"))
    notice = NoticeFactory(village_code=NORTH_1, contact="北枫一村村委会 0000-0000000")
    NoticeEntryFactory(notice=notice, case=case, masked_name="张*", members=2)
    NoticeEntryFactory(notice=notice, case=other, masked_name="李*", members=5)

    content = made(village, case, NOTICE)

    text = text_of(content)
    assert text.startswith("北枫一村民主评议结果公示")
    assert "公示期为5天，自2023年10月13日起至2023年10月17日止" in text
    assert "受理方式：北枫一村村委会 0000-0000000" in text
    assert rows_of(content)[1:] == [
        ["1", "张*", "2", "边缘易致贫户"],
        ["2", "李*", "5", "边缘易致贫户"],
    ]
    secrets = ("张三峰", "李四海", "尘肺病", "因病", "收入", "138", "529901", "村干部", case.number)
    assert [each for each in secrets if each in text] == []
    assert "2023-10-20 15:04生成" in text


def test_a_notice_not_yet_posted_is_a_draft_with_a_masked_name(case: Case, village: Viewer) -> None:
    OpenPageFactory(village=Division.objects.get(code=NORTH_1), contact="村委会 0000-0000000")

    content = made(village, case, NOTICE)

    assert rows_of(content)[1] == ["1", "张*", "2", "边缘易致贫户"]
    assert "自____年__月__日起" in text_of(content)
    assert "受理方式：村委会 0000-0000000。" in text_of(content)


def test_the_report_tells_the_vote_and_the_objections(case: Case, village: Viewer) -> None:
    ReviewFactory(case=case)
    notice = NoticeFactory(village_code=NORTH_1)
    NoticeEntryFactory(notice=notice, case=case)

    before = text_of(made(village, case, TOWN_REPORT))
    ObjectionFactory(notice=notice)

    assert "应到30人，实到25人，同意24票，反对1票" in before
    assert "公示期内没有收到异议" in before
    assert "收到异议1件，已核实答复0件" in text_of(made(village, case, TOWN_REPORT))


def test_the_decision_says_what_was_decided(case: Case, cast: Cast) -> None:
    case.state, case.step, case.holder = "included", "", ""
    case.included_on = case.decided_on = date(2023, 10, 19)

    text = text_of(made(cast.viewer("bureau", ON), case, DECISION))

    assert "经县级审定，结果为：纳入监测。" in text
    assert "监测对象类别：边缘易致贫户。风险类别：收入。纳入日期：2023年10月19日。" in text


def test_the_plan_lists_measures_but_none_that_was_cancelled(case: Case, village: Viewer) -> None:
    MeasureFactory(case=case, amount=80_000, ends_on=date(2024, 10, 31))
    MeasureFactory(case=case, kind="industry", content="养蜂", state="cancelled")

    rows = rows_of(made(village, case, HELP_PLAN), 1)

    assert rows[1:] == [
        [
            *("employment", "公益岗位：保洁员公益性岗位", "县人社局"),
            *("2023年11月1日至2024年10月31日", "800", "每月增收 800 元", ""),
        ]
    ]


def test_the_acknowledgement_has_the_thirteen_indicators(case: Case, village: Viewer) -> None:
    RemovalCheckFactory(case=case, values={"water": True, "claims": 0}, acknowledged_by="张三峰")
    case.removal_kind = "helped"

    content = made(village, case, REMOVAL)

    found = {row[0]: row[3] for row in rows_of(content, 1)[1:]}
    assert len(found) == 13
    assert (found["饮水安全"], found["理赔收入"]) == ("是", "0元")
    assert "风险消除方式：帮扶消除" in text_of(content)
    assert "认可人（签字或按印）：张三峰" in text_of(content)


def test_a_blank_form_names_the_place_and_nobody(case: Case, village: Viewer) -> None:
    text = text_of(made(village, case, APPLICATION, is_blank=True))

    assert "枫溪县北枫镇北枫一村" in text
    assert "张三峰" not in text


def test_pdf_and_docx_say_the_same(case: Case, village: Viewer) -> None:
    shown = text_of_pdf(made(village, case, HOME_CHECK, as_pdf=True))

    for part in ("张三峰", "10,002元", "收入台账，2023年1月1日", "尘肺病", "15:04生成"):
        assert part in shown


def test_papers_are_chinese_whatever_the_viewer_reads(case: Case, village: Viewer) -> None:
    with translation.override("en"):
        text = text_of(made(village, case, HOME_CHECK))

    assert "线索来源：监测预警" in text
    assert "工资性收入" in text


def test_who_made_a_paper_is_on_it_and_on_record(case: Case, village: Viewer) -> None:
    text = text_of(made(village, case, MINUTES))

    assert f"北枫一村干部（village）于2023-10-20 15:04生成　案件{case.number}" in text
    entry = Entry.objects.get(action="paper.make")
    assert entry.ids == [case.household.code]
    assert entry.detail == {
        "case": case.number, "paper": "minutes", "version": 0, "format": "docx", "blank": False
    }  # fmt: skip
    assert entry.place == NORTH_1


def put(
    cast: Cast, content: bytes, paper: Paper = AUTHORISATION, note: str = "县里样式"
) -> PaperTemplate:
    by = cast.viewer("bureau", ON).actor()
    row, _notices = papers.replace(
        by=by, at=AT, paper=paper, content=content, file_name="样式.docx", note=note
    )
    return row


def test_a_county_s_own_template_is_used_from_then_on(
    case: Case, cast: Cast, village: Viewer
) -> None:
    row = put(cast, built("县里的：{{户主姓名}}"))

    text = text_of(made(village, case, AUTHORISATION))

    assert text.startswith("县里的：张三峰")
    assert row.version == 1
    assert text_of_pdf(made(village, case, AUTHORISATION, as_pdf=True)).startswith("县里的：张三峰")
    assert Entry.objects.get(action="paper_template.put").reason == "县里样式"


def test_a_template_that_is_wrong_changes_nothing_and_says_everything(cast: Cast) -> None:
    with pytest.raises(TemplateRefused) as refused:
        put(cast, built("{{张三}} {{联系电话}}"), NOTICE)

    assert len(refused.value.problems) == 2
    assert not PaperTemplate.objects.exists()


def test_an_earlier_version_can_be_put_back(case: Case, cast: Cast, village: Viewer) -> None:
    by = cast.viewer("bureau", ON).actor()
    put(cast, built("甲{{村}}"))
    put(cast, built("乙{{村}}"))

    papers.restore(by=by, at=AT, paper=AUTHORISATION, version=1, note="乙版有误")
    first = text_of(made(village, case, AUTHORISATION))
    papers.restore(by=by, at=AT, paper=AUTHORISATION, version=0, note="用回自带")
    own = text_of(made(village, case, AUTHORISATION))

    assert first.startswith("甲北枫一村")
    assert own.startswith("防止返贫监测承诺授权书")
    assert [row.version for row in templates.versions_of("authorisation")] == [4, 3, 2, 1]
    with pytest.raises(CaseRefused, match="没有这个版本"):
        papers.restore(by=by, at=AT, paper=AUTHORISATION, version=9, note="x")
    with pytest.raises(CaseRefused, match="修改说明"):
        papers.restore(by=by, at=AT, paper=AUTHORISATION, version=1, note=" ")


def test_a_template_kept_from_a_time_with_other_placeholders_is_refused_with_its_name(
    case: Case, village: Viewer
) -> None:
    PaperTemplateFactory(paper="minutes", content=built("{{旧的名称}}"))

    with pytest.raises(CaseRefused, match="旧的名称"):
        made(village, case, MINUTES)
