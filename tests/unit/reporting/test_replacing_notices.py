"""Correcting and withdrawing a notice that is out: by a new notice that says which one it replaces."""

from datetime import date

import pytest
from tests.factories.reporting import IssuerFactory
from tests.unit.reporting.test_notices import ON, _recorded, _signed, bureau, leader, unit

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.audit.models import Entry
from anju.papers.official import Paragraph
from anju.reporting.actions import notices
from anju.reporting.actions.elements import Elements, as_said
from anju.reporting.actions.replacing_notices import discard, replace
from anju.reporting.queries.notices import composed_notice, may_change, replacement_of
from anju.reporting.refusals import ReportChanged, ReportRefused
from anju.supervision.models import NoticeKind, SupervisionNotice
from anju.supervision.queries.points import points_of
from anju.supervision.refusals import SupervisionRefused

__all__ = ["bureau", "leader", "unit"]
pytestmark = pytest.mark.django_db
LATER = date(2024, 1, 9)


@pytest.fixture
def old(bureau: Viewer, leader: Viewer, unit: Unit) -> SupervisionNotice:
    IssuerFactory(unit=unit, mark="枫振发", head="枫溪县乡村振兴局文件", signer="枫溪县乡村振兴局")
    row = _recorded(bureau)
    SupervisionNotice.objects.filter(pk=row.pk).update(kind=NoticeKind.CRITICISM)
    row.refresh_from_db()
    return _signed(leader, row)


def _replaced(
    viewer: Viewer, row: SupervisionNotice, how: str, why: str = "写错村名"
) -> SupervisionNotice:
    return replace(by=viewer.actor(), on=LATER, viewer=viewer, notice=row, how=how, reason=why)


def _sent(leader: Viewer, row: SupervisionNotice) -> SupervisionNotice:
    return notices.sign(by=leader.actor(), on=LATER, viewer=leader, notice=row, version=row.version)


def _said(viewer: Viewer, row: SupervisionNotice) -> list[str]:
    body = composed_notice(viewer, row).body
    return [each.text for each in body if isinstance(each, Paragraph)]


def _counted(viewer: Viewer, year: int) -> list[str]:
    found = points_of(viewer, plan=None, year=year, on=LATER)
    lines = [line for each in found for line in each.lines if line.rule.counts == "notices"]
    return [thing.number for line in lines for thing in line.things]


def test_a_correction_names_the_old_one_and_counts_in_its_place(
    bureau: Viewer, leader: Viewer, old: SupervisionNotice
) -> None:
    draft = _replaced(bureau, old, "correction")

    assert (draft.title, draft.words) == ("技能培训进度（更正）", old.words)
    assert [each.unit for each in draft.units.all()] == [each.unit for each in old.units.all()]
    assert _replaced(bureau, old, "correction") == draft  # once, however often it is asked for
    with pytest.raises(ReportChanged, match="已经在办理"):
        _replaced(bureau, old, "withdrawal")
    assert _counted(bureau, 2023) == [old.number]  # a draft changes nothing
    asked = {
        "kind": NoticeKind.CRITICISM, "units": [each.unit for each in old.units.all()],
        "title": draft.title, "words": "进度落后两个月。", "issued_on": LATER, "plan": None,
        "copies": "",
    }  # fmt: skip
    with pytest.raises(SupervisionRefused, match="也要在系统里签发"):
        notices.change(
            by=bureau.actor(), on=LATER, viewer=bureau, notice=draft, version=0,
            carried=as_said(draft), on_paper=True, replacing_reason="误", **asked,
        )  # fmt: skip
    changed = notices.change(
        by=bureau.actor(), on=LATER, viewer=bureau, notice=draft, version=0, carried=Elements(),
        on_paper=None, replacing_reason="村名有误", **asked,
    )  # fmt: skip
    new = _sent(leader, changed)

    assert new.document_number == "枫振发〔2024〕1号"
    document = composed_notice(bureau, new)
    assert document.title == "枫溪县乡村振兴局关于技能培训进度的通报（更正）"
    assert _said(bureau, new) == [
        "本文更正并替代《枫溪县乡村振兴局关于技能培训进度的通报》（枫振发〔2023〕1号），"
        "原文自本文印发之日起作废。更正原因：村名有误。",
        "进度落后两个月。",
        "特此通报。",
    ]
    old.refresh_from_db()
    assert (old.words, old.issued_on) == ("（一）存在问题\n培训进度落后。", ON)
    assert replacement_of(bureau, old) == new
    assert (_counted(bureau, 2023), _counted(bureau, 2024)) == ([new.number], [])
    assert Entry.objects.get(action="supervision_notice.replace").reason == "写错村名"


def test_a_withdrawal_says_so_takes_the_points_back_and_may_be_followed_by_a_new_one(
    bureau: Viewer, leader: Viewer, old: SupervisionNotice
) -> None:
    withdrawal = _sent(leader, _replaced(bureau, old, "withdrawal", "对象有误。"))

    assert composed_notice(bureau, withdrawal).title == (
        "枫溪县乡村振兴局关于撤回《枫溪县乡村振兴局关于技能培训进度的通报》的通知"
    )
    assert _said(bureau, withdrawal) == [
        "2023年10月8日印发的《枫溪县乡村振兴局关于技能培训进度的通报》（枫振发〔2023〕1号），"
        "因对象有误，现予撤回。原文自本文印发之日起作废，其中的要求不再执行。",
        "特此通知。",
    ]
    assert _counted(bureau, 2023) == []
    with pytest.raises(ReportRefused, match="本身就是撤回"):
        _replaced(bureau, withdrawal, "withdrawal")
    again = _sent(leader, _replaced(bureau, withdrawal, "correction"))
    assert again.words == old.words
    assert _counted(bureau, 2023) == [again.number]


def test_only_what_is_out_and_ones_own_is_replaced_and_a_draft_may_be_thrown_away(
    bureau: Viewer, leader: Viewer, old: SupervisionNotice
) -> None:
    with pytest.raises(ReportRefused, match="还没有签发"):
        _replaced(bureau, _recorded(bureau), "correction")
    with pytest.raises(ReportRefused, match="原因"):
        _replaced(bureau, old, "correction", " ")
    with pytest.raises(ReportRefused, match="登记这份通知的单位"):
        _replaced(leader, old, "correction")
    begun = _replaced(bureau, old, "withdrawal")
    discard(by=bureau.actor(), viewer=bureau, notice=begun, version=begun.version)
    assert replacement_of(bureau, old) is None
    with pytest.raises(ReportRefused, match="删除更正或撤回的草稿"):
        discard(by=bureau.actor(), viewer=bureau, notice=_recorded(bureau), version=0)
    paper = _recorded(bureau, on_paper=True)
    assert may_change(bureau, paper)
    _replaced(bureau, paper, "correction")
    assert not may_change(bureau, paper)
