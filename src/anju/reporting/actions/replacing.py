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
from anju.reporting.models import Issuer, Replacing, Report, ReportPartner
from anju.reporting.queries import gates
from anju.reporting.queries.partners import rows_of
from anju.reporting.refusals import ReportChanged, ReportRefused
from anju.reporting.replacing import CORRECTED, Sent, is_out, last_that_said

LONGEST_TITLE = 120


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
    there = Report.objects.filter(replaces=row).first()
    if refuse_to_replace(row, there, how) and there is not None:
        return there
    made = _draft(row, how, checked_reason(reason), on)
    made.changed_by = by.username
    made.save()
    copy_partners(row, made)
    note(by, "report.replace", made, reason=reason[:200], how=how, replaces=row.number)
    return made


def refuse_to_replace(row: Sent, there: Sent | None, how: str) -> bool:
    """Refuse what cannot be replaced in this way; whether what is `there` does so already."""
    if not is_out(row):
        raise ReportRefused(_("还没有签发的文件不用更正，请直接修改。"))
    if how not in Replacing.values:
        raise ReportRefused(_("请选择更正还是撤回。"))
    if how == row.replacing == Replacing.WITHDRAWAL:
        raise ReportRefused(_("这份文件本身就是撤回，不能再撤回；需要重新发文的，请选择更正。"))
    if there is not None and there.replacing != how:
        raise ReportChanged(_("这份文件已经在办理更正或撤回，请先办完或删除那份草稿。"))
    return there is not None


def checked_reason(reason: str) -> str:
    """Why a document is replaced, on one line; whoever gets the new one reads it there."""
    reason = " ".join(reason.split())
    if not reason:
        raise ReportRefused(_("请写明更正或撤回的原因，收文单位会在文中看到。"))
    if len(reason) > LONGEST_REASON:
        raise ReportRefused(_("原因请写在 %(most)s 字以内。") % {"most": LONGEST_REASON})
    refuse_secrets(reason)
    if holds_a_number(reason):
        raise ReportRefused(_("原因中不能写身份证号码、手机号和银行账号。请删去，需要时另行报送。"))
    return reason


def copy_partners(old: Sent, new: Sent) -> None:
    """Let the units that issued the old one too sign the new one."""
    of = {"report": new} if isinstance(new, Report) else {"notice": new}
    ReportPartner.objects.bulk_create(
        ReportPartner(**of, unit_id=each.unit_id, position=each.position)
        for each in rows_of(old).order_by("position")
    )


def corrected_title(title: str) -> str:
    """The title of a correction: that of the old one, marked."""
    return title.removesuffix(CORRECTED)[: LONGEST_TITLE - len(CORRECTED)] + CORRECTED


def withdrawing_title(called: str, number: str, kind: str) -> str:
    """The title of a withdrawal names what it takes back; where that is too long, its number."""
    title = f"关于撤回《{called}》的{kind}"
    return title if len(title) <= LONGEST_TITLE else f"关于撤回{number}的{kind}"


def _draft(old: Report, how: str, reason: str, on: date) -> Report:
    """The next edition; of a withdrawal only whom it goes to is the same."""
    corrects = how == Replacing.CORRECTION
    source = last_that_said(old)
    return Report(
        unit=old.unit,
        is_whole=old.is_whole,
        kind=old.kind,
        period=old.period,
        first_day=old.first_day,
        last_day=old.last_day,
        subject=old.subject,
        due_on=on + timedelta(days=due_days(on)),
        title=corrected_title(source.title) if corrects else _withdrawing(old),
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


def _withdrawing(old: Report) -> str:
    issuer = Issuer.objects.filter(unit=old.unit_id).first()
    signer = issuer.signer if issuer else old.unit.name
    whole = f"{signer}{withdrawing_title(old.title, old.number, '报告')}"
    return whole if len(whole) <= LONGEST_TITLE else f"{signer}关于撤回{old.number}的报告"
