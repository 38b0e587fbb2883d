"""Notices of supervision as official documents: signed off by another person, numbered with reports."""

import io
from datetime import UTC, date, datetime
from typing import Any

import docx
import pytest
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.county import COUNTY, County
from tests.factories.reporting import IssuerFactory
from tests.factories.supervision import FoundProblemFactory, ProblemUnitFactory

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.queries import viewer_of
from anju.accounts.viewer import Viewer
from anju.audit.models import Entry
from anju.duties.queries import unit_of
from anju.papers.official import Table
from anju.reporting.actions import notices
from anju.reporting.actions.elements import Elements
from anju.reporting.attached import LISTS, PROBLEMS, TASKS, Attached
from anju.reporting.queries.notices import (
    composed_notice,
    may_change,
    may_sign,
    to_countersign,
    to_sign,
)
from anju.reporting.refusals import ReportChanged, ReportRefused
from anju.supervision.actions import notices as records
from anju.supervision.models import NoticeKind, SupervisionNotice

pytestmark = pytest.mark.django_db
ON = date(2023, 10, 8)
AT = datetime(2023, 10, 8, 2, tzinfo=UTC)


@pytest.fixture
def unit(county: County) -> Unit:
    return UnitFactory(name="枫溪县乡村振兴局", division_code=COUNTY)


@pytest.fixture
def bureau(unit: Unit) -> Viewer:
    return _somebody("writer", "lead_bureau", unit)


@pytest.fixture
def leader() -> Viewer:
    return _somebody("boss", "county_leader", None)


def _somebody(username: str, role: str, unit: Unit | None) -> Viewer:
    user = UserFactory(username=username, unit=unit)
    PostFactory(user=user, role=role, division_code=COUNTY)
    return viewer_of(user, on=ON)


def _recorded(viewer: Viewer, **given: Any) -> SupervisionNotice:
    town = Unit.objects.filter(kind="town").first() or UnitFactory(
        name="北枫镇人民政府", kind="town"
    )
    return records.issue(
        by=viewer.actor(), on=ON, viewer=viewer, kind=NoticeKind.ORDER, division_code=COUNTY,
        units=[town], title="技能培训进度", words="（一）存在问题\n培训进度落后。", issued_on=ON,
        **given,
    )  # fmt: skip


def _text(content: bytes) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(content)).paragraphs if each.text]


def _made(viewer: Viewer, row: SupervisionNotice, at: Any) -> list[str]:
    return _text(notices.make(by=viewer.actor(), viewer=viewer, at=at, notice=row, as_pdf=False))


def test_a_notice_is_a_draft_until_another_person_signs_it_off_once(
    bureau: Viewer, leader: Viewer, unit: Unit
) -> None:
    problem = FoundProblemFactory(number="WT-1", due_on=date(2023, 10, 20))
    ProblemUnitFactory(problem=problem, unit=unit)
    row = _recorded(bureau, problem=problem)
    assert (row.issuing_unit, composed_notice(bureau, row).draft) == (unit, "草稿")
    assert not may_sign(bureau, row)
    with pytest.raises(ReportRefused, match="发文设置"):
        notices.sign(by=leader.actor(), on=ON, viewer=leader, notice=row, version=row.version)
    IssuerFactory(unit=unit, mark="枫振发", head="枫溪县乡村振兴局文件", signer="枫溪县乡村振兴局")
    with pytest.raises(ReportRefused, match="两个人"):
        notices.sign(by=bureau.actor(), on=ON, viewer=bureau, notice=row, version=row.version)

    signed = notices.sign(by=leader.actor(), on=ON, viewer=leader, notice=row, version=row.version)

    assert signed.document_number == "枫振发〔2023〕1号"
    with pytest.raises(ReportChanged, match="别人签发"):
        notices.sign(by=leader.actor(), on=ON, viewer=leader, notice=row, version=row.version)
    other = _recorded(bureau)
    second = notices.sign(by=leader.actor(), on=ON, viewer=leader, notice=other, version=0)
    assert second.document_number == "枫振发〔2023〕2号"
    actions = Entry.objects.filter(action="supervision_notice.sign").values_list("actor", "detail")
    assert [each[0] for each in actions] == ["boss", "boss"]


def test_what_it_says_stands_in_the_order_of_the_standard(
    bureau: Viewer, leader: Viewer, unit: Unit
) -> None:
    IssuerFactory(unit=unit, mark="枫振发", head="枫溪县乡村振兴局文件", signer="枫溪县乡村振兴局")
    problem = FoundProblemFactory(number="WT-1", due_on=date(2023, 10, 20))
    row = notices.sign(
        by=leader.actor(), on=ON, viewer=leader, notice=_recorded(bureau, problem=problem),
        version=0,
    )  # fmt: skip

    told = _made(bureau, row, AT)

    assert told[:2] == ["枫溪县乡村振兴局文件", "枫振发〔2023〕1号"]  # goes down: no 签发人
    assert "".join(told[2:4]).startswith("枫溪县乡村振兴局关于技能培训进度的督办通知")
    assert "北枫镇人民政府：" in told
    assert any("问题编号WT-1，整改期限为2023年10月20日" in each for each in told)
    assert told[-3:] == ["特此通知。", "枫溪县乡村振兴局", "2023年10月8日"]
    assert Entry.objects.get(action="supervision_notice.make").detail["signed"] is True


def test_what_tells_of_health_is_no_file_for_who_may_not_see_it(
    bureau: Viewer, leader: Viewer
) -> None:
    row = _recorded(bureau, problem=FoundProblemFactory(about_health=True))
    assert Permission.VIEW_HEALTH not in leader.permissions
    with pytest.raises(ReportRefused, match="健康"):
        _made(leader, row, AT)


def test_a_notice_of_two_organs_is_signed_when_the_other_signed_and_carries_its_list(
    bureau: Viewer, leader: Viewer, unit: Unit
) -> None:
    IssuerFactory(unit=unit, mark="枫振发", head="枫溪县乡村振兴局文件", signer="枫溪县乡村振兴局")
    finance = _somebody("money", "department", UnitFactory(name="枫溪县财政局"))
    town = UnitFactory(name="北枫镇人民政府", kind="town")
    problem = FoundProblemFactory(number="WT-7", title="账目未公开", found_on=ON)
    ProblemUnitFactory(problem=problem, unit=town)
    asked = {
        "kind": NoticeKind.CRITICISM, "units": [town], "title": "账目公开情况", "words": "未公开。",
        "issued_on": ON, "plan": None, "copies": "", "on_paper": None,
    }  # fmt: skip
    carried = Elements(
        handling="internal", numbered=2, partners=[unit_of(finance).pk],
        attachments=[Attached(LISTS[PROBLEMS], source=PROBLEMS), Attached("说明", words="见文。")],
    )  # fmt: skip
    row = notices.draft(
        by=bureau.actor(), on=ON, viewer=bureau, carried=carried, division_code=COUNTY, **asked
    )
    assert row in to_countersign(finance)
    assert row not in to_sign(leader)
    with pytest.raises(ReportRefused, match="还没有会签：枫溪县财政局"):
        _signed(leader, row)
    tasks = Elements(attachments=[Attached(LISTS[TASKS], source=TASKS)])
    with pytest.raises(ReportRefused, match="没有这份清单"):
        notices.change(
            by=bureau.actor(), on=ON, viewer=bureau, notice=row, version=0, carried=tasks, **asked
        )
    signed = notices.countersign(
        by=finance.actor(), on=ON, viewer=finance, notice=row, version=0, leader="赵某"
    )
    changed = notices.change(
        by=bureau.actor(), on=ON, viewer=bureau, notice=signed, version=1, carried=carried,
        **{**asked, "words": "仍未公开。"},
    )  # fmt: skip
    assert row in to_countersign(finance)  # what was changed is signed again
    again = notices.countersign(
        by=finance.actor(), on=ON, viewer=finance, notice=changed, version=2, leader="赵某"
    )
    with pytest.raises(ReportChanged):
        notices.sign(by=leader.actor(), on=ON, viewer=leader, notice=again, version=1)
    assert row in to_sign(leader)

    done = _signed(leader, again)
    problem.title = "后来改的"
    problem.save()

    said = composed_notice(finance, done, copy=2)
    assert said.heads == ["枫溪县乡村振兴局", "枫溪县财政局"]
    assert said.title == "关于账目公开情况的通报"  # the head names both
    assert (said.marks, said.leader) == (["000002", "内部"], "")  # goes down: no 签发人
    table = said.attachments[0].body[0]
    assert isinstance(table, Table)
    assert list(table.rows[1])[:2] == ["WT-7", "账目未公开"]
    assert not may_change(bureau, done)


def _signed(viewer: Viewer, row: SupervisionNotice) -> SupervisionNotice:
    return notices.sign(by=viewer.actor(), on=ON, viewer=viewer, notice=row, version=row.version)
