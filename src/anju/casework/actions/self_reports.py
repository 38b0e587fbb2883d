"""自主申报: taken in from the open page; by the village made a lead of, or refused with a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework import phones, receipts
from anju.casework.actions import leads
from anju.casework.models import Channel, Lead, SelfReport
from anju.casework.queries.self_reports import readable
from anju.casework.refusals import CaseRefused
from anju.privacy.masking import masked_text
from anju.registry.models import Household

#: The same words sent again within this time are one report: a button pressed twice, a page reloaded.
_SAME_WITHIN = timedelta(hours=24)


@transaction.atomic
def receive(
    *, by: Actor, at: datetime, village_code: str, name: str, phone: str, risk: str, told: str
) -> SelfReport:
    """Take a report in. Numbers of persons in the text are masked before they are stored."""
    name, told = masked_text(name.strip()), masked_text(told.strip())
    if not (name and risk):
        raise CaseRefused(_("请填写姓名，并选择遇到的困难。"))
    if len(told) < leads.NOTE_LENGTH:
        raise CaseRefused(_("请多写几句困难情况。"))
    same = SelfReport.objects.filter(
        village_code=village_code,
        name=name,
        risk=risk,
        told=told,
        handled_on__isnull=True,
        received_at__gt=at - _SAME_WITHIN,
    ).first()
    if same is not None:
        return same
    report = SelfReport.objects.create(
        village_code=village_code,
        reference=receipts.number(receipts.SELF_REPORT),
        name=name,
        risk=risk,
        told=told,
        received_at=at,
    )
    report.phone_sealed = phones.sealed(report, phone)
    report.save(update_fields=["phone_sealed"])
    _note(by, "self_report.submit", report)
    return report


@transaction.atomic
def take_up(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    report: SelfReport,
    household: Household,
    risk: str,
) -> Lead:
    """The report is of this household: it becomes a source of its lead."""
    _refuse_elsewhere(viewer, report)
    if household.village_code != report.village_code:
        raise CaseRefused(_("这户不住在收到申报的村，请让农户向现住村申报。"))
    _handle(report, handled_on=on, handled_by=by.username)
    lead = leads.report(
        by=by,
        on=on,
        viewer=viewer,
        household=household,
        risk=risk,
        channel=Channel.HOUSEHOLD,
        told=report.told,
        reference=report.reference,
    )
    SelfReport.objects.filter(pk=report.pk).update(lead=lead)
    _note(by, "self_report.accept", report, {"lead": lead.pk, "household": household.code})
    return lead


@transaction.atomic
def refuse(*, by: Actor, on: date, viewer: Viewer, report: SelfReport, reason: str) -> None:
    """The report is not taken up; whoever sent it reads the reason with the receipt number."""
    _refuse_elsewhere(viewer, report)
    reason = masked_text(reason.strip())
    if not reason:
        raise CaseRefused(_("请写明不受理的理由，申报人会看到。"))
    _handle(report, handled_on=on, handled_by=by.username, refused_reason=reason)
    _note(by, "self_report.refuse", report)


@transaction.atomic
def phone_of(*, by: Actor, viewer: Viewer, report: SelfReport) -> str:
    """The number to call back, for one answer and not to be kept."""
    _refuse_elsewhere(viewer, report)
    phone = phones.opened(report)
    _note(by, "self_report.phone", report)
    return phone


def _handle(report: SelfReport, **changes: Any) -> None:
    """Only one person handles a report."""
    waiting = SelfReport.objects.filter(pk=report.pk, handled_on__isnull=True)
    if not waiting.update(**changes):
        raise CaseRefused(_("这条申报已由他人处理，请刷新页面查看。"))


def _refuse_elsewhere(viewer: Viewer, report: SelfReport) -> None:
    if not readable(viewer).covers(report.village_code):
        raise CaseRefused(_("这条申报不在您负责的区域。"))


def _note(
    by: Actor, action: str, report: SelfReport, detail: dict[str, str | int] | None = None
) -> None:
    record(
        by=by,
        action=action,
        kind="self_report",
        ids=[report.reference],
        detail=detail,
        place=report.village_code,
    )
