"""A report from the day it comes due to the day it is issued, and what it says for ever."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.casework import LeadFactory
from tests.factories.county import COUNTY, NORTH, County
from tests.factories.duties import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    TaskDueFactory,
    TaskFactory,
    TaskUnitFactory,
)
from tests.factories.reporting import IssuerFactory, ReportFactory
from tests.factories.supervision import FoundProblemFactory, ProblemUnitFactory

from anju.accounts.models import Unit, UnitKind
from anju.accounts.queries import viewer_of
from anju.accounts.viewer import Viewer
from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.duties.models import DueState
from anju.reporting.actions import issuing, opening, writing
from anju.reporting.models import Report, ReportKind, ReportState
from anju.reporting.queries import composed, parts_of, reports_for, words_of_units
from anju.reporting.refusals import ReportChanged, ReportRefused
from anju.reporting.spans import free, period_on

ON = date(2023, 10, 2)
LINES = {"title": "关于2023年9月工作情况的报告", "recipient": "枫溪县乡村振兴局"}


@dataclass
class Offices:
    """A bureau, a town and the lead bureau, each with somebody; and a county leader."""

    bureau: Unit
    town: Unit
    lead: Unit
    viewers: dict[str, Viewer]

    def of(self, who: str) -> Viewer:
        return self.viewers[who]


@pytest.fixture
def offices(county: County) -> Offices:
    bureau = UnitFactory(name="枫溪县水利局")
    town = UnitFactory(name="北枫镇人民政府", kind=UnitKind.TOWN, division_code=NORTH)
    lead = UnitFactory(name="枫溪县乡村振兴局")
    posts = {
        "bureau": ("department", COUNTY, bureau),
        "town": ("town", NORTH, town),
        "lead": ("lead_bureau", COUNTY, lead),
        "leader": ("county_leader", COUNTY, None),
    }
    viewers = {}
    for who, (role, place, unit) in posts.items():
        user = UserFactory(username=who, unit=unit)
        PostFactory(user=user, role=role, division_code=place)
        viewers[who] = viewer_of(user, on=ON)
    return Offices(bureau, town, lead, viewers)


def write(offices: Offices, who: str, report: Report, **words: str) -> Report:
    viewer = offices.of(who)
    return writing.save(
        by=viewer.actor(),
        viewer=viewer,
        report=report,
        version=report.version,
        lines=LINES,
        words=words,
    )


def submit(offices: Offices, who: str, report: Report, on: date = ON) -> Report:
    viewer = offices.of(who)
    return issuing.submit(
        by=viewer.actor(), on=on, viewer=viewer, report=report, version=report.version
    )


def issue(offices: Offices, who: str, report: Report, on: date = ON) -> Report:
    viewer = offices.of(who)
    return issuing.issue(
        by=viewer.actor(),
        on=on,
        viewer=viewer,
        report=report,
        version=report.version,
        leader="林某",
    )


def test_the_daily_job_begins_what_comes_due_once_for_each_unit_and_the_county(
    offices: Offices,
) -> None:
    assert opening.open_due(by=SYSTEM, on=date(2023, 9, 27)) == 4  # August, which was missed

    made = opening.open_due(by=SYSTEM, on=date(2023, 9, 28))

    assert made == 8  # a month and a quarter end: three units and the county, twice
    assert opening.open_due(by=SYSTEM, on=date(2023, 9, 29)) == 0
    monthly = Report.objects.filter(kind=ReportKind.MONTHLY, period="2023-09")
    assert monthly.count() == 4
    assert {each.due_on for each in monthly} == {date(2023, 10, 5)}
    whole = monthly.get(is_whole=True)
    assert whole.unit == offices.lead
    assert whole.recipient == "县委，县人民政府"
    theirs = monthly.get(unit=offices.bureau)
    assert theirs.title == ("枫溪县水利局关于2023年9月防止返贫监测帮扶和后续扶持工作情况的报告")
    assert theirs.recipient == "枫溪县乡村振兴局"


def test_a_report_missed_while_nothing_ran_is_begun_within_a_month(offices: Offices) -> None:
    opening.open_due(by=SYSTEM, on=date(2023, 11, 20))

    assert set(Report.objects.values_list("period", flat=True)) == {"2023-10"}


def test_only_the_unit_writes_its_report_and_nobody_overwrites_another(offices: Offices) -> None:
    report = ReportFactory(unit=offices.bureau)
    first = write(offices, "bureau", report, tasks="已完成。")

    assert first.version == report.version + 1
    assert write(offices, "bureau", first, tasks="已完成。").version == first.version
    with pytest.raises(ReportChanged, match="您在另一个窗口改过"):
        write(offices, "bureau", report, tasks="另一份文字。")
    with pytest.raises(ReportRefused, match="只有编写单位"):
        write(offices, "lead", first, tasks="代写。")
    assert Report.objects.get().words == {"tasks": "已完成。"}


@pytest.mark.parametrize(
    ("words", "said"),
    [("身份证529901199001011234", "不能写身份证号码"), ("字" * 8001, "太长")],
)
def test_words_hold_no_numbers_of_persons_and_no_books(
    offices: Offices, words: str, said: str
) -> None:
    report = ReportFactory(unit=offices.bureau)

    with pytest.raises(ReportRefused, match=said):
        write(offices, "bureau", report, tasks=words)


def test_a_number_follows_the_last_without_gaps_whatever_is_refused_between(
    offices: Offices,
) -> None:
    IssuerFactory(unit=offices.bureau, mark="枫水发")
    reports = [
        submit(offices, "bureau", ReportFactory(unit=offices.bureau, period=f"2023-0{month}"))
        for month in (6, 7, 8)
    ]
    first = issue(offices, "lead", reports[0])
    with pytest.raises(ReportChanged):
        issue(offices, "leader", reports[0])
    second = issue(offices, "leader", reports[1])
    third = issue(offices, "lead", reports[2], on=date(2024, 1, 2))

    assert [each.number for each in (first, second, third)] == [
        "枫水发〔2023〕1号",
        "枫水发〔2023〕2号",
        "枫水发〔2024〕1号",
    ]
    assert (first.head, first.issued_on) == ("枫溪县农业农村局文件", ON)


def test_who_submitted_does_not_issue_and_without_a_mark_nobody_does(offices: Offices) -> None:
    own = submit(offices, "lead", ReportFactory(unit=offices.lead))

    with pytest.raises(ReportRefused, match="两个人"):
        issue(offices, "lead", own)
    with pytest.raises(ReportRefused, match="机关代字"):
        issue(offices, "leader", own)
    with pytest.raises(ReportRefused, match="两个人"):
        issue(offices, "town", own)


def test_what_is_sent_back_says_why_and_has_the_figures_of_the_day_again(
    offices: Offices,
) -> None:
    task = TaskFactory()
    TaskUnitFactory(task=task, unit=offices.bureau)
    due = TaskDueFactory(task=task, due_on=date(2023, 9, 20))
    report = submit(offices, "bureau", ReportFactory(unit=offices.bureau))
    lead = offices.of("lead")
    assert report.parts
    with pytest.raises(ReportRefused, match="退回意见"):
        issuing.send_back(
            by=lead.actor(), viewer=lead, report=report, version=report.version, words=" "
        )

    back = issuing.send_back(
        by=lead.actor(), viewer=lead, report=report, version=report.version, words="请补充原因。"
    )
    due.state, due.settled_on = DueState.ACCEPTED, date(2023, 9, 25)
    due.save()

    assert (back.state, back.check_note, back.parts) == (
        ReportState.RETURNED,
        "请补充原因。",
        [],
    )
    told = {each.id: each for each in parts_of(offices.of("bureau"), back, ON)}
    assert told["tasks"].figure("tasks.late") == 0
    assert told["tasks"].figure("tasks.accepted_of_due") == 1


def test_a_report_of_a_past_time_says_the_same_for_ever(offices: Offices) -> None:
    task = TaskFactory()
    TaskUnitFactory(task=task, unit=offices.bureau)
    due = TaskDueFactory(task=task, due_on=date(2023, 9, 20))
    problem = FoundProblemFactory(found_on=date(2023, 9, 4), due_on=date(2023, 9, 25))
    ProblemUnitFactory(problem=problem, unit=offices.bureau)
    report = submit(offices, "bureau", ReportFactory(unit=offices.bureau))
    due.delete()
    problem.delete()

    told = {each.id: each for each in parts_of(offices.of("lead"), report, date(2024, 5, 1))}

    assert told["tasks"].figure("tasks.late") == 1
    assert told["problems"].sentences == [
        "本期发现问题1个，销号0个。截至9月30日，未销号1个，其中超过整改期限1个。"
    ]
    written = composed(offices.of("lead"), report, list(told.values()), ON)
    assert written.draft == "草稿"
    assert "截至2023年10月2日的登记情况" in written.body[0].text  # type: ignore[union-attr]


def test_a_time_that_still_goes_on_is_not_handed_in(offices: Offices) -> None:
    report = ReportFactory(unit=offices.bureau)

    with pytest.raises(ReportRefused, match="2023-09-30"):
        submit(offices, "bureau", report, on=date(2023, 9, 29))


def test_standings_are_those_of_the_last_day_of_the_time(offices: Offices) -> None:
    task = TaskFactory(starts_on=date(2023, 1, 1))
    TaskUnitFactory(task=task, unit=offices.bureau)
    late_then = TaskDueFactory(task=task, due_on=date(2023, 9, 10))
    late_then.state, late_then.settled_on = DueState.ACCEPTED, date(2023, 10, 1)
    late_then.save()
    TaskDueFactory(task=task, due_on=date(2023, 10, 4))
    TaskDueFactory(task=task, due_on=date(2023, 9, 12), state=DueState.LAPSED)
    report = ReportFactory(unit=offices.bureau)

    (tasks,) = (each for each in parts_of(offices.of("bureau"), report, ON) if each.id == "tasks")

    assert tasks.figure("tasks.late") == 1
    assert tasks.figure("tasks.accepted_of_due") == 0
    assert tasks.figure("tasks.near") == 1
    assert tasks.figure("tasks.due") == 1


def test_an_indicator_stands_against_the_target_it_goes_towards(offices: Offices) -> None:
    indicator = IndicatorFactory(reporting_unit=offices.bureau)
    IndicatorTargetFactory(indicator=indicator, due_on=date(2022, 12, 31), value=100)
    IndicatorTargetFactory(indicator=indicator, due_on=date(2023, 12, 31), value=300)
    IndicatorValueFactory(indicator=indicator, as_of=date(2023, 8, 31), value=200)
    IndicatorValueFactory(indicator=indicator, as_of=date(2023, 10, 31), value=400)
    IndicatorFactory(name="别的单位的指标")
    report = ReportFactory(unit=offices.bureau)

    told = {each.id: each for each in parts_of(offices.of("bureau"), report, ON)}

    grid = told["indicators"].grid
    assert grid is not None
    assert grid.rows[1:] == [("培训人数", "≥300人", "200人", "2023.8.31", "推进中")]


def test_households_are_told_of_a_town_and_the_county_but_not_of_a_bureau(
    offices: Offices, county: County
) -> None:
    for household in county.households:
        LeadFactory(
            household=household, village_code=household.village_code, first_on=date(2023, 9, 5)
        )
    reports = {
        "bureau": ReportFactory(unit=offices.bureau),
        "town": ReportFactory(unit=offices.town),
        "lead": ReportFactory(unit=offices.lead, is_whole=True),
    }

    told = {
        who: {part.id: part for part in parts_of(offices.of(who), report, ON)}
        for who, report in reports.items()
    }

    assert "warnings" not in told["bureau"]
    assert told["town"]["warnings"].figure("leads.total") == 4
    assert told["lead"]["warnings"].figure("leads.total") == 8


def test_the_county_adds_up_what_units_handed_in_and_names_who_did_not(offices: Offices) -> None:
    task = TaskFactory()
    TaskUnitFactory(task=task, unit=offices.bureau)
    TaskDueFactory(task=task, due_on=date(2023, 9, 20))
    theirs = write(offices, "bureau", ReportFactory(unit=offices.bureau), difficulties="缺少资金。")
    submit(offices, "bureau", theirs)
    ReportFactory(unit=offices.town)
    whole = ReportFactory(unit=offices.lead, is_whole=True)

    told = {each.id: each for each in parts_of(offices.of("lead"), whole, ON)}

    grid = told["units"].grid
    assert grid is not None
    assert grid.rows[1:] == [
        ("枫溪县乡村振兴局", "未报", "", "", "", ""),
        ("枫溪县水利局", "已报", "1", "0", "1", "0"),
        ("北枫镇人民政府", "未报", "", "", "", ""),
        ("合计", "1/3", "1", "0", "1", "0"),
    ]
    assert "未报送：枫溪县乡村振兴局、北枫镇人民政府。" in told["units"].sentences[0]
    assert words_of_units(whole) == {"difficulties": [("枫溪县水利局", "缺少资金。")]}
    assert words_of_units(theirs) == {}


def test_drafts_are_seen_by_their_unit_and_by_who_issues_issued_ones_by_who_sees_the_place(
    offices: Offices,
) -> None:
    draft = ReportFactory(unit=offices.bureau)
    IssuerFactory(unit=offices.town, mark="北政发")
    issued = issue(offices, "lead", submit(offices, "town", ReportFactory(unit=offices.town)))

    seen = {who: set(reports_for(viewer)) for who, viewer in offices.viewers.items()}

    assert seen["bureau"] == {draft, issued}
    assert seen["town"] == {issued}
    assert seen["lead"] == seen["leader"] == {draft, issued}


def test_reports_begun_by_hand_are_found_again_and_thrown_away_while_drafts(
    offices: Offices,
) -> None:
    viewer = offices.of("bureau")
    asked = {"by": viewer.actor(), "on": ON, "viewer": viewer, "is_whole": False}
    period = free(date(2023, 7, 1), ON - timedelta(days=1))
    with pytest.raises(ReportRefused, match="专题名称"):
        opening.begin(**asked, kind=ReportKind.SPECIAL, period=period)
    with pytest.raises(ReportRefused, match="还没有开始"):
        opening.begin(
            **asked, kind=ReportKind.MONTHLY, period=period_on("monthly", date(2024, 1, 1))
        )
    with pytest.raises(ReportRefused, match="牵头部门"):
        opening.begin(
            **{**asked, "is_whole": True}, kind=ReportKind.YEARLY, period=period_on("yearly", ON)
        )

    made = opening.begin(**asked, kind=ReportKind.SPECIAL, period=period, subject="饮水安全")

    assert made == opening.begin(
        **asked, kind=ReportKind.SPECIAL, period=period, subject=" 饮水安全"
    )
    assert made.period == "20230701-20231001"
    writing.discard(by=viewer.actor(), viewer=viewer, report=made, version=made.version)
    assert not Report.objects.exists()
    monthly = ReportFactory(unit=offices.bureau)
    with pytest.raises(ReportRefused, match="不能删除"):
        writing.discard(by=viewer.actor(), viewer=viewer, report=monthly, version=0)


def test_every_change_is_on_the_record(offices: Offices) -> None:
    IssuerFactory(unit=offices.bureau, mark="枫水发")
    report = write(offices, "bureau", ReportFactory(unit=offices.bureau), next="继续。")
    issue(offices, "lead", submit(offices, "bureau", report))

    kept = Entry.objects.filter(kind="report").order_by("sequence")

    assert [(each.action, each.actor) for each in kept] == [
        ("report.save", "bureau"),
        ("report.submit", "bureau"),
        ("report.sign", "lead"),
    ]
    assert kept[0].detail == {"fields": ["words.next"]}
