"""Signing a notice of supervision off, and making it as a file; numbers follow those of reports."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.papers.official import write
from anju.papers.official.document import number_of
from anju.papers.refusals import PaperRefused
from anju.papers.typesetting import pdf
from anju.reporting.actions.issuing import next_number
from anju.reporting.models import Issuer
from anju.reporting.queries.notices import composed_notice, may_sign
from anju.reporting.refusals import ReportChanged, ReportRefused
from anju.supervision.actions import notices
from anju.supervision.actions.notices import Headed
from anju.supervision.models import SupervisionNotice
from anju.supervision.queries.health import hidden


@transaction.atomic
def sign(*, by: Actor, on: date, viewer: Viewer, notice: SupervisionNotice) -> SupervisionNotice:
    """Sign a notice off: it gets the next number of its unit and year, and this day as its date.

    Refused: who wrote it, who does not issue for its unit, a unit without 发文设置, and a second time.
    """
    rows = SupervisionNotice.objects.select_for_update(of=("self",)).select_related("issuing_unit")
    row = rows.get(pk=notice.pk)
    if row.document_number:
        raise ReportChanged(_("这份通知已由别人签发，请刷新页面查看。"))
    unit = row.issuing_unit
    if unit is None:
        raise ReportRefused(_("登记人当时没有所在单位，这份通知不能套头编号。请重新登记。"))
    if not may_sign(viewer, row):
        raise ReportRefused(_("编写和签发要由两个人办理，请由另一位有签发权限的人办理。"))
    issuer = Issuer.objects.filter(unit=unit).first()
    if issuer is None:
        raise ReportRefused(
            _("还没有设置%(unit)s的机关代字，请先在“发文设置”中填写。") % {"unit": unit.name}
        )
    number = number_of(issuer.mark, on.year, next_number(unit.pk, on.year))
    headed = Headed(number, issuer.head, issuer.signer, issuer.printed_by)
    return notices.sign(by=by, on=on, notice=row, headed=headed)


def make(
    *, by: Actor, viewer: Viewer, at: datetime, notice: SupervisionNotice, as_pdf: bool
) -> bytes:
    """The notice as docx, or the PDF of that docx. Refused where it tells of health to who may not see it."""
    if notice.problem is not None and hidden(viewer, [notice.problem]):
        raise ReportRefused(_("这份通知涉及健康，您的岗位不能下载。"))
    content = write(composed_notice(viewer, notice))
    try:
        content = pdf(content, at=at).content if as_pdf else content
    except PaperRefused as refused:
        raise ReportRefused(str(refused)) from None
    record(
        by=by,
        action="supervision_notice.make",
        kind="supervision_notice",
        ids=[notice.number],
        detail={"format": "pdf" if as_pdf else "docx", "signed": bool(notice.document_number)},
        place=notice.issuing_unit.division_code if notice.issuing_unit else "",
    )
    return content
