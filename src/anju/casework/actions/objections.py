"""异议: taken in from the board or written down by the village, and answered."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework import phones, receipts
from anju.casework.models import Notice, NoticeEntry, Objection
from anju.casework.queries.notices import answerable
from anju.casework.refusals import CaseRefused
from anju.privacy.masking import masked_text

Channel = Objection.Channel


@transaction.atomic
def receive(
    *,
    by: Actor,
    at: datetime,
    notice: Notice,
    entry: NoticeEntry | None,
    name: str,
    phone: str,
    told: str,
) -> Objection:
    """Take in what somebody says on the board, while the notice hangs; they need not say who."""
    day = localdate(at)
    if not notice.posted_on <= day <= notice.ends_on or notice.taken_down_on is not None:
        raise CaseRefused(_("这次公示已经结束，请直接向村委会反映。"))
    return _add(by, at, notice, entry, name, phone, told, Channel.BOARD)


@transaction.atomic
def write_down(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    notice: Notice,
    entry: NoticeEntry | None,
    name: str,
    phone: str,
    told: str,
    channel: str,
) -> Objection:
    """Write down what came on paper or was said to somebody of the village."""
    _refuse_elsewhere(viewer, notice)
    if channel not in (Channel.PAPER, Channel.SPOKEN):
        raise CaseRefused(_("请选择异议是怎么收到的。"))
    return _add(by, at, notice, entry, name, phone, told, channel)


@transaction.atomic
def answer(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    objection: Objection,
    entry: NoticeEntry | None,
    is_upheld: bool,
    answer: str,
) -> None:
    """Say what was found out. Upheld, it holds the household back until the village decides anew.

    What was said of the whole notice may be found to be about one household: `entry`.
    """
    notice = objection.notice
    _refuse_elsewhere(viewer, notice)
    answer = masked_text(answer.strip())
    if not answer:
        raise CaseRefused(_("请写明核实情况和答复。"))
    _refuse_other_notice(notice, entry)
    waiting = Objection.objects.filter(pk=objection.pk, answered_on__isnull=True)
    if not waiting.update(
        answered_on=on,
        answered_by=by.username,
        answer=answer,
        is_upheld=is_upheld,
        entry=entry or objection.entry,
    ):
        raise CaseRefused(_("这条异议已由他人答复，请刷新页面查看。"))
    _note(by, "objection.answer", objection, {"upheld": is_upheld})


@transaction.atomic
def phone_of(*, by: Actor, viewer: Viewer, objection: Objection) -> str:
    """The number to call back, for one answer and not to be kept."""
    _refuse_elsewhere(viewer, objection.notice)
    phone = phones.opened(objection)
    _note(by, "objection.phone", objection)
    return phone


def _add(
    by: Actor,
    at: datetime,
    notice: Notice,
    entry: NoticeEntry | None,
    name: str,
    phone: str,
    told: str,
    channel: str,
) -> Objection:
    _refuse_other_notice(notice, entry)
    told = masked_text(told.strip())
    if not told:
        raise CaseRefused(_("请填写反映的情况。"))
    objection = Objection.objects.create(
        notice=notice,
        entry=entry,
        reference=receipts.number(receipts.OBJECTION),
        channel=channel,
        received_at=at,
        name=masked_text(name.strip()),
        told=told,
        recorded_by="" if channel == Channel.BOARD else by.username,
    )
    objection.phone_sealed = phones.sealed(objection, phone)
    objection.save(update_fields=["phone_sealed"])
    _note(by, "objection.submit", objection, {"channel": channel})
    return objection


def _refuse_elsewhere(viewer: Viewer, notice: Notice) -> None:
    if not answerable(viewer).covers(notice.village_code):
        raise CaseRefused(_("这个村不在您负责的区域。"))


def _refuse_other_notice(notice: Notice, entry: NoticeEntry | None) -> None:
    if entry is not None and entry.notice_id != notice.pk:
        raise CaseRefused(_("这一户不在这次公示中。"))


def _note(
    by: Actor, action: str, objection: Objection, detail: dict[str, str | bool] | None = None
) -> None:
    record(
        by=by,
        action=action,
        kind="objection",
        ids=[objection.reference],
        detail={"notice": objection.notice_id, **(detail or {})},
        place=objection.notice.village_code,
    )
