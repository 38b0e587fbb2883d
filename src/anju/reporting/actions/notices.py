"""A notice of supervision as a document: written with what it carries, countersigned, signed off, made
as a file; numbers follow those of reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.papers.official import write
from anju.papers.official.document import number_of
from anju.papers.refusals import PaperRefused
from anju.papers.typesetting import pdf
from anju.reporting import attached
from anju.reporting.actions import elements
from anju.reporting.actions.countersigning import forget, put_signature, refuse_unsigned
from anju.reporting.actions.elements import Elements
from anju.reporting.actions.issuing import next_number
from anju.reporting.actions.replacing import checked_reason
from anju.reporting.models import Issuer
from anju.reporting.queries.annexes import of_notice
from anju.reporting.queries.notices import (
    composed_notice,
    may_change,
    may_sign,
    partner_to_sign,
)
from anju.reporting.refusals import ReportChanged, ReportRefused
from anju.supervision.actions import notices
from anju.supervision.actions.notices import Headed
from anju.supervision.models import SupervisionNotice
from anju.supervision.queries.health import hidden


@transaction.atomic
def draft(
    *, by: Actor, on: date, viewer: Viewer, carried: Elements, **said: Any
) -> SupervisionNotice:
    """Put a notice on record (`said`: see `supervision.actions.notices.issue`) with what it carries."""
    row = notices.issue(by=by, on=on, viewer=viewer, **said)
    return _carrying(viewer, row, carried)


@transaction.atomic
def change(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    notice: SupervisionNotice,
    version: int,
    carried: Elements,
    **said: Any,
) -> SupervisionNotice:
    """Write an unsigned notice anew; whoever countersigned it signs again.

    Refused: who is no inspector of its unit, a notice that was changed or signed since it was opened.
    """
    row = held(notice, version)
    if not may_change(viewer, row):
        raise ReportRefused(_("只有登记这份通知的单位可以修改，签发以后不能再改。"))
    if row.replaces is not None:
        said["replacing_reason"] = checked_reason(said.get("replacing_reason", ""))
    forget(row)
    return _carrying(viewer, notices.change(by=by, on=on, notice=row, **said), carried)


@transaction.atomic
def countersign(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    notice: SupervisionNotice,
    version: int,
    leader: str,
) -> SupervisionNotice:
    """Sign for the viewer's unit, which issues the notice too; `leader` is who of it signed."""
    row = held(notice, version)
    partner = partner_to_sign(viewer, row)
    if partner is None:
        raise ReportRefused(_("只有联署机关的报告编写人可以会签，每个机关会签一次。"))
    put_signature(by, on, partner, leader)
    row.version += 1
    row.save(update_fields=["version"])
    _note(by, "supervision_notice.countersign", row, unit=partner.unit_id)
    return row


@transaction.atomic
def sign(
    *, by: Actor, on: date, viewer: Viewer, notice: SupervisionNotice, version: int
) -> SupervisionNotice:
    """Sign a notice off: it gets the next number of its unit and year, and this day as its date; its
    lists stay as they are on it. Of several issuing organs all others have signed before.

    Refused: who wrote it, who does not issue for its unit, a unit without 发文设置, and a second time.
    """
    row = held(notice, version)
    if row.on_paper:
        raise ReportRefused(_("这份通知已在线下发文，不在系统里签发。"))
    unit = row.issuing_unit
    if unit is None:
        raise ReportRefused(_("登记人当时没有所在单位，这份通知不能套头编号。请重新登记。"))
    if not may_sign(viewer, row):
        raise ReportRefused(_("编写和签发要由两个人办理，请由另一位有签发权限的人办理。"))
    refuse_unsigned(row)
    issuer = Issuer.objects.filter(unit=unit).first()
    if issuer is None:
        raise ReportRefused(
            _("还没有设置%(unit)s的机关代字，请先在“发文设置”中填写。") % {"unit": unit.name}
        )
    row.attachments = attached.kept(of_notice(viewer, row, attached.read(row.attachments), on))
    number = number_of(issuer.mark, on.year, next_number(unit.pk, on.year))
    headed = Headed(number, issuer.head, issuer.signer, issuer.printed_by)
    return notices.sign(by=by, on=on, notice=row, headed=headed)


def make(
    *,
    by: Actor,
    viewer: Viewer,
    at: datetime,
    notice: SupervisionNotice,
    as_pdf: bool,
    copy: int = 1,
) -> bytes:
    """The notice as docx, or the PDF of that docx. Refused where it tells of health to who may not see it,
    and for a 份号 beyond those that are numbered."""
    if notice.problem is not None and hidden(viewer, [notice.problem]):
        raise ReportRefused(_("这份通知涉及健康，您的岗位不能下载。"))
    elements.refuse_copy(notice, copy)
    content = write(composed_notice(viewer, notice, copy))
    try:
        content = pdf(content, at=at).content if as_pdf else content
    except PaperRefused as refused:
        raise ReportRefused(str(refused)) from None
    _note(
        by,
        "supervision_notice.make",
        notice,
        format="pdf" if as_pdf else "docx",
        signed=bool(notice.document_number),
        **({"copy": copy} if notice.numbered else {}),
    )
    return content


def held(notice: SupervisionNotice, version: int) -> SupervisionNotice:
    """The row, held against others, as it was when the page was opened."""
    rows = SupervisionNotice.objects.select_for_update(of=("self",)).select_related("issuing_unit")
    row = rows.get(pk=notice.pk)
    if row.document_number:
        raise ReportChanged(_("这份通知已由别人签发，请刷新页面查看。"))
    if row.version != version:
        raise ReportChanged(_("这份通知已由别人处理，请刷新页面查看。"))
    return row


def _carrying(viewer: Viewer, row: SupervisionNotice, carried: Elements) -> SupervisionNotice:
    if elements.put(viewer, row, carried):
        row.save()
    return row


def _note(by: Actor, action: str, row: SupervisionNotice, **detail: Any) -> None:
    record(
        by=by,
        action=action,
        kind="supervision_notice",
        ids=[row.number],
        detail=detail,
        place=row.issuing_unit.division_code if row.issuing_unit else "",
    )
