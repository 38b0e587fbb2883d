"""Submitting a report, sending it back, issuing it: then it has a number and never changes."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.papers.official.document import number_of
from anju.reporting import attached
from anju.reporting.actions.countersigning import forget, refuse_unsigned
from anju.reporting.actions.writing import held, note
from anju.reporting.models import Issuer, NumberCount, Report, ReportState
from anju.reporting.queries import gates
from anju.reporting.queries.annexes import with_rows
from anju.reporting.queries.asked import Asked
from anju.reporting.queries.parts import tell
from anju.reporting.refusals import ReportChanged, ReportRefused
from anju.reporting.told import kept

_LONGEST = {
    "head": 40, "mark": 20, "signer": 60, "leader": 20, "recipient": 200, "copies": 300, "printed_by": 60,
}  # fmt: skip


@transaction.atomic
def submit(*, by: Actor, on: date, viewer: Viewer, report: Report, version: int) -> Report:
    """Hand the report in: its figures are kept as they are on this day."""
    row = held(viewer, report, version)
    if on < row.last_day:
        raise ReportRefused(
            _("本期到 %(day)s 结束，数字还会变化，请到那天再提交。") % {"day": row.last_day}
        )
    if not row.recipient:
        raise ReportRefused(_("请先填写主送机关。"))
    asked = Asked.of(viewer, row, on)
    row.parts = kept(tell(asked))
    row.attachments = attached.kept(with_rows(asked, attached.read(row.attachments)))
    row.frozen_on = row.submitted_on = on
    row.submitted_by, row.check_note = by.username, ""
    row.state = ReportState.SUBMITTED
    row.version += 1
    row.save()
    note(by, "report.submit", row)
    return row


@transaction.atomic
def send_back(*, by: Actor, viewer: Viewer, report: Report, version: int, words: str) -> Report:
    """Give the report back to be mended; its figures are those of the day again."""
    row = _submitted(viewer, report, version)
    words = words.strip()
    if not words:
        raise ReportRefused(_("请写明退回意见，编写单位要知道改什么。"))
    row.state, row.check_note, row.checked_by = ReportState.RETURNED, words, by.username
    row.parts, row.frozen_on = [], None
    row.attachments = attached.without_rows(row.attachments)
    forget(row)
    row.version += 1
    row.save()
    note(by, "report.send_back", row, reason=words[:200])
    return row


@transaction.atomic
def issue(
    *, by: Actor, on: date, viewer: Viewer, report: Report, version: int, leader: str
) -> Report:
    """Sign the report off: it gets the next number of its unit and year, and this day as its date.
    Of several issuing organs all others have signed before.

    `leader` is the 签发人, the head of the unit who signed: a report goes to a superior, and what goes
    up names them (GB/T 9704-2012, 7.2.6).
    """
    leader = " ".join(leader.split())
    if not leader or len(leader) > _LONGEST["leader"]:
        raise ReportRefused(_("上行文要写明签发人，请填写本单位签发这份报告的负责人姓名。"))
    row = _submitted(viewer, report, version)
    refuse_unsigned(row)
    issuer = Issuer.objects.filter(unit=row.unit_id).first()
    if issuer is None:
        raise ReportRefused(
            _("还没有设置%(unit)s的机关代字，请先在“发文设置”中填写。") % {"unit": row.unit.name}
        )
    row.number = number_of(issuer.mark, on.year, next_number(row.unit_id, on.year))
    row.head, row.signer, row.printed_by = issuer.head, issuer.signer, issuer.printed_by
    row.leader = leader
    row.state, row.issued_on, row.checked_by = ReportState.ISSUED, on, by.username
    row.version += 1
    row.save()
    note(by, "report.sign", row, number=row.number)
    return row


@transaction.atomic
def set_issuer(*, by: Actor, viewer: Viewer, unit_id: int, values: dict[str, str]) -> Issuer:
    """Say how a unit's documents are headed, numbered and sent. What is issued keeps what it had."""
    unit = gates.units_issued_by(viewer).filter(pk=unit_id).first()
    if unit is None:
        raise ReportRefused(_("请选择单位。"))
    said = {name: " ".join(values.get(name, "").split()) for name in _LONGEST}
    if not (said["head"] and said["mark"] and said["signer"]):
        raise ReportRefused(_("发文机关标志、机关代字和署名都要填写。"))
    if any(len(said[name]) > most for name, most in _LONGEST.items()):
        raise ReportRefused(_("有一项太长，请缩短后再保存。"))
    if Issuer.objects.filter(mark=said["mark"]).exclude(unit=unit).exists():
        raise ReportRefused(_("这个机关代字已由别的单位使用，字号会重复，请换一个。"))
    row, _made = Issuer.objects.update_or_create(unit=unit, defaults=said)
    record(
        by=by,
        action="issuer.set",
        kind="issuer",
        ids=[unit.pk],
        detail={"mark": row.mark},
        place=unit.division_code,
    )
    return row


def _submitted(viewer: Viewer, report: Report, version: int) -> Report:
    row = Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report.pk)
    if row.state != ReportState.SUBMITTED or row.version != version:
        raise ReportChanged(_("这份报告已由别人处理，请刷新页面查看。"))
    if not gates.issues(viewer, row):
        raise ReportRefused(_("编写和签发要由两个人办理，请由另一位有签发权限的人办理。"))
    return row


def next_number(unit_id: int, year: int) -> int:
    """The next number, counted in a row of its own that is held until the transaction ends."""
    NumberCount.objects.get_or_create(unit_id=unit_id, year=year)
    row = NumberCount.objects.select_for_update().get(unit_id=unit_id, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
