"""Correcting or withdrawing what is issued: by a new document that says which one it replaces.

The old one stays as it was sent; the new one is written, countersigned, issued and numbered like any
other, and holds from the day it is issued.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.privacy.masking import holds_a_number
from anju.reporting import attached
from anju.reporting.actions.elements import refuse_secrets
from anju.reporting.actions.writing import LONGEST_REASON, note
from anju.reporting.limits import due_days
from anju.reporting.models import Issuer, Replacing, Report, ReportPartner, ReportState
from anju.reporting.queries import gates
from anju.reporting.refusals import ReportChanged, ReportRefused

_LONGEST_TITLE = 120
_CORRECTED = "（更正）"


@transaction.atomic
def replace(
    *, by: Actor, on: date, viewer: Viewer, report: Report, how: str, reason: str
) -> Report:
    """Begin the draft that corrects or withdraws an issued report; one that is there is given back.

    A correction has the words, elements and partners of the old one, its figures are those of the day
    it will be handed in. Refused: what is not issued, no reason, to withdraw a withdrawal.
    """
    row = Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report.pk)
    if not gates.writes(viewer, row):
        raise ReportRefused(_("只有编写单位的编写人可以更正或撤回这份报告。"))
    if row.state != ReportState.ISSUED:
        raise ReportRefused(_("还没有签发的报告不用更正，请直接修改，或请签发人退回。"))
    if how not in Replacing.values:
        raise ReportRefused(_("请选择更正还是撤回。"))
    if how == row.replacing == Replacing.WITHDRAWAL:
        raise ReportRefused(_("这份文件本身就是撤回，不能再撤回；需要重新报送的，请选择更正。"))
    there = Report.objects.filter(replaces=row).first()
    if there is not None:
        if there.replacing == how:
            return there
        raise ReportChanged(_("这份报告已经在办理更正或撤回，请先办完或删除那份草稿。"))
    made = _draft(row, how, _checked(reason), on)
    made.changed_by = by.username
    made.save()
    ReportPartner.objects.bulk_create(
        ReportPartner(report=made, unit_id=each.unit_id, position=each.position)
        for each in row.partners.order_by("position")
    )
    note(by, "report.replace", made, reason=reason[:200], how=how, replaces=row.number)
    return made


def _checked(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise ReportRefused(_("请写明更正或撤回的原因，收文单位会在文中看到。"))
    if len(reason) > LONGEST_REASON:
        raise ReportRefused(_("原因请写在 %(most)s 字以内。") % {"most": LONGEST_REASON})
    refuse_secrets(reason)
    if holds_a_number(reason):
        raise ReportRefused(_("报告中不能写身份证号码、手机号和银行账号。请删去，需要时另行报送。"))
    return reason


def _draft(old: Report, how: str, reason: str, on: date) -> Report:
    """The next edition; of a withdrawal only whom it goes to is the same."""
    corrects = how == Replacing.CORRECTION
    source = _last_that_said(old)
    return Report(
        unit=old.unit,
        is_whole=old.is_whole,
        kind=old.kind,
        period=old.period,
        first_day=old.first_day,
        last_day=old.last_day,
        subject=old.subject,
        due_on=on + timedelta(days=due_days(on)),
        title=_title(source, how),
        recipient=old.recipient,
        copies=old.copies,
        urgency=old.urgency,
        handling=old.handling,
        numbered=old.numbered,
        words=source.words if corrects else {},
        attachments=attached.without_rows(source.attachments) if corrects else [],
        replaces=old,
        replacing=how,
        replacing_reason=reason,
        edition=old.edition + 1,
        created_on=on,
    )


def _last_that_said(old: Report) -> Report:
    """The report itself, or what a withdrawal took back."""
    is_withdrawal = old.replacing == Replacing.WITHDRAWAL and old.replaces is not None
    return _last_that_said(old.replaces) if is_withdrawal and old.replaces else old


def _title(old: Report, how: str) -> str:
    """Of a correction that of the old one, marked; a withdrawal names what it takes back."""
    if how == Replacing.CORRECTION:
        bare = old.title.removesuffix(_CORRECTED)
        return bare[: _LONGEST_TITLE - len(_CORRECTED)] + _CORRECTED
    issuer = Issuer.objects.filter(unit=old.unit_id).first()
    signer = issuer.signer if issuer else old.unit.name
    title = f"{signer}关于撤回《{old.title}》的报告"
    return title if len(title) <= _LONGEST_TITLE else f"{signer}关于撤回{old.number}的报告"
