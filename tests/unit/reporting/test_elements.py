"""What a report carries besides its words: 联合行文 with countersigning, 附件, 紧急程度, 份号, no secrets."""

from datetime import date

import pytest
from tests.factories.duties import TaskDueFactory, TaskFactory, TaskUnitFactory
from tests.factories.reporting import IssuerFactory, ReportFactory
from tests.factories.supervision import FoundProblemFactory, ProblemUnitFactory
from tests.unit.papers.reading import AT, opened
from tests.unit.reporting.test_reports import LINES, ON, Offices, issue, offices, submit

from anju.audit.models import Entry
from anju.papers.official import Document, Paragraph, Table, write
from anju.privacy.state_secrets import carries_mark
from anju.reporting.actions import issuing, papers, writing
from anju.reporting.actions.countersigning import countersign
from anju.reporting.actions.elements import Elements
from anju.reporting.attached import LISTS, PROBLEMS, TASKS, Attached
from anju.reporting.models import Report, ReportPartner
from anju.reporting.queries import composed, parts_of, reports_for, to_countersign
from anju.reporting.refusals import ReportChanged, ReportRefused

__all__ = ["offices"]
pytestmark = pytest.mark.django_db


def carry(offices: Offices, report: Report, **words: str) -> Report:
    """The bureau's report with all that a document may carry."""
    viewer = offices.of("bureau")
    return writing.save(
        by=viewer.actor(), viewer=viewer, report=report, version=report.version, lines=LINES,
        words=words,
        elements=Elements(
            urgency="most", handling="internal", numbered=3, partners=[offices.town.pk],
            attachments=[
                Attached(LISTS[TASKS], source=TASKS),
                Attached(LISTS[PROBLEMS], source=PROBLEMS),
                Attached("水厂名单", words="（一）已建成\n北枫水厂。"),
            ],
        ),
    )  # fmt: skip


def sign(offices: Offices, who: str, report: Report, leader: str = "赵某") -> Report:
    viewer = offices.of(who)
    return countersign(
        by=viewer.actor(), on=ON, viewer=viewer, report=report, version=report.version,
        leader=leader,
    )  # fmt: skip


def document(offices: Offices, report: Report, copy: int = 1) -> Document:
    viewer = offices.of("bureau")
    return composed(viewer, report, parts_of(viewer, report, ON), ON, copy)


def test_a_report_of_two_organs_is_issued_when_the_other_has_signed_and_names_both(
    offices: Offices,
) -> None:
    IssuerFactory(
        unit=offices.bureau, mark="枫水发", head="枫溪县水利局文件", signer="枫溪县水利局"
    )
    report = submit(offices, "bureau", carry(offices, ReportFactory(unit=offices.bureau)))
    assert report in to_countersign(offices.of("town"))
    assert not to_countersign(offices.of("lead")).exists()
    with pytest.raises(ReportRefused, match="还没有会签：北枫镇人民政府"):
        issue(offices, "lead", report)
    with pytest.raises(ReportRefused, match="只有联署机关"):
        sign(offices, "lead", report)
    with pytest.raises(ReportRefused, match="负责人姓名"):
        sign(offices, "town", report, leader=" ")

    signed = sign(offices, "town", report)
    with pytest.raises(ReportChanged):
        issue(offices, "lead", report)  # opened before the town signed
    with pytest.raises(ReportRefused, match="会签一次"):
        sign(offices, "town", signed)
    IssuerFactory(unit=offices.town, mark="北政发", head="后来改的名", signer="后来改的名")
    issued = issue(offices, "lead", signed)

    said = document(offices, issued, copy=2)
    assert said.heads == ["枫溪县水利局", "北枫镇人民政府"]
    assert said.file_said == "文件"
    assert said.leaders == ["林某", "赵某"]
    assert said.signers == ["枫溪县水利局", "北枫镇人民政府"]
    assert said.marks == ["000002", "内部", "特急"]
    texts = [each.text for each in opened(write(said)).paragraphs]
    assert texts[:3] == ["000002", "内部", "特急"]
    assert {"附件1", "附件2", "附件3"} <= set(texts)
    assert [each.action for each in Entry.objects.filter(kind="report").order_by("sequence")] == [
        "report.save", "report.submit", "report.countersign", "report.sign",
    ]  # fmt: skip


def test_what_is_sent_back_needs_every_signature_again_and_is_not_seen_by_partners(
    offices: Offices,
) -> None:
    report = submit(offices, "bureau", carry(offices, ReportFactory(unit=offices.bureau)))
    signed = sign(offices, "town", report)
    lead, town = offices.of("lead"), offices.of("town")
    assert signed in reports_for(town)

    issuing.send_back(
        by=lead.actor(), viewer=lead, report=signed, version=signed.version, words="请改。"
    )

    assert signed not in reports_for(town)
    assert ReportPartner.objects.get().signed_on is None


def test_lists_behind_a_report_are_those_of_the_day_it_was_handed_in_and_of_no_person(
    offices: Offices,
) -> None:
    task = TaskFactory(number="RW-7", title="修管网")
    TaskUnitFactory(task=task, unit=offices.bureau)
    due = TaskDueFactory(task=task, due_on=date(2023, 9, 20))
    for number, about_health in (("WT-1", False), ("WT-2", True)):
        row = FoundProblemFactory(
            number=number,
            title=f"{number}的事",
            about_health=about_health,
            found_on=date(2023, 9, 4),
        )
        ProblemUnitFactory(problem=row, unit=offices.bureau)
    report = submit(offices, "bureau", carry(offices, ReportFactory(unit=offices.bureau)))
    due.delete()

    tasks, problems, own = (each.body for each in document(offices, report).attachments)

    assert isinstance(tasks[0], Table)
    assert list(tasks[0].rows[1]) == ["RW-7", "修管网", "枫溪县水利局", "2023-09-20", "待报送"]
    assert isinstance(problems[0], Table)
    assert [row[1] for row in problems[0].rows[1:]] == ["WT-1的事", "（涉及个人情况，从略）"]
    assert [each.text for each in own if not isinstance(each, Table)] == [
        "（一）已建成",
        "北枫水厂。",
    ]
    back = issuing.send_back(
        by=offices.of("lead").actor(), viewer=offices.of("lead"), report=report,
        version=report.version, words="请改。",
    )  # fmt: skip
    assert document(offices, back).attachments[0].body == [Paragraph("没有需要列出的事项。")]


def test_the_copy_that_is_taken_is_on_the_record_and_only_those_that_are_numbered(
    offices: Offices,
) -> None:
    report = carry(offices, ReportFactory(unit=offices.bureau))
    viewer = offices.of("bureau")
    asked = {"by": viewer.actor(), "viewer": viewer, "report": report, "as_pdf": False}

    papers.make(**asked, at=AT, copy=3)

    assert Entry.objects.get(action="report.make").detail["copy"] == 3
    with pytest.raises(ReportRefused, match="1 到 3"):
        papers.make(**asked, at=AT, copy=4)


@pytest.mark.parametrize(
    ("elements", "words", "said"),
    [
        (Elements(handling="secret"), "", "不办理涉密公文"),
        (Elements(), "机密★1年\n一、情况", "国家秘密标志"),
        (Elements(attachments=[Attached("名单", words="秘密★")]), "", "国家秘密标志"),
        (Elements(urgency="flash"), "", "加急和特急"),
        (Elements(numbered=-1), "", "1 到 500"),
        (Elements(attachments=[Attached("名单")]), "", "名称和内容"),
        (Elements(attachments=[Attached("甲", words="乙")] * 2), "", "名称相同"),
        (Elements(partners=[0]), "", "其他单位"),
    ],
)
def test_what_a_document_may_not_carry_is_refused_and_nothing_is_kept(
    offices: Offices, elements: Elements, words: str, said: str
) -> None:
    viewer = offices.of("bureau")
    report = ReportFactory(unit=offices.bureau)

    with pytest.raises(ReportRefused, match=said):
        writing.save(
            by=viewer.actor(), viewer=viewer, report=report, version=0, lines=LINES,
            words={"tasks": words}, elements=elements,
        )  # fmt: skip

    assert Report.objects.get().version == 0


@pytest.mark.parametrize(
    ("text", "is_marked"),
    [
        ("机密★3年", True), ("绝 密 ☆", True), ("密级：秘密", True), ("第一行\n机密\n正文", True),
        ("做好机密文件管理", False), ("商业秘密保护", False), ("★重点工作", False),
    ],
)  # fmt: skip
def test_marks_of_state_secrets_are_told_from_words_about_them(text: str, is_marked: bool) -> None:
    assert carries_mark(text) is is_marked
