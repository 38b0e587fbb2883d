"""How a request ends: confirmed, not good enough, not to be settled, joined; and begun anew."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.community import book
from anju.community.actions import noting
from anju.community.actions.moving import kind_of
from anju.community.models import EntryKind, FundEntry, Request, StepKind
from anju.community.queries import answers_for, funds_for, is_of_place, request_for
from anju.community.refusals import CommunityRefused
from anju.community.states import Move, Outcome, State
from anju.procedures.calendars import Calendar


@transaction.atomic
def confirm(*, by: Actor, on: date, viewer: Viewer, request: Request, words: str = "") -> Request:
    """Who told it says that it is done."""
    row = _mine(viewer, request, Move.CONFIRM)
    said = noting.without_numbers(words)
    noting.closed(row, on, Outcome.CONFIRMED)
    noting.step(by, on, row, StepKind.CONFIRMED, said)
    noting.note(by, "confirm_done", row)
    return row


@transaction.atomic
def reject(
    *, by: Actor, on: date, viewer: Viewer, calendar: Calendar, request: Request, words: str
) -> Request:
    """Who told it says that it is not done: it goes on, with the days of its kind from today."""
    row = _mine(viewer, request, Move.REJECT)
    said = noting.checked(words, asks=_("请写明反映人觉得哪里没有办好。"))
    return _anew(by, on, row, calendar, StepKind.REJECTED, "reject", said)


@transaction.atomic
def reopen(
    *, by: Actor, on: date, viewer: Viewer, calendar: Calendar, request: Request, words: str
) -> Request:
    """Take a closed request up again, because it came back or something new is known."""
    row = _mine(viewer, request, Move.REOPEN)
    said = noting.checked(words, asks=_("请写明为什么重新办理。"))
    return _anew(by, on, row, calendar, StepKind.REOPENED, "reopen", said)


@transaction.atomic
def explain(
    *, by: Actor, on: date, viewer: Viewer, request: Request, reason: str, words: str
) -> Request:
    """It cannot be settled: a reason of the list, and what the person was told."""
    row = _mine(viewer, request, Move.EXPLAIN)
    if book.own_book().reason(reason) is None:
        raise CommunityRefused(_("请选择不能办理的原因。"))
    said = noting.checked(words, asks=_("请写明怎样向反映人说明的。"))
    noting.closed(row, on, Outcome.EXPLAINED, reason=reason)
    noting.step(by, on, row, StepKind.EXPLAINED, said)
    noting.note(by, "decline", row, reason=reason)
    return row


@transaction.atomic
def join(*, by: Actor, on: date, viewer: Viewer, request: Request, into: str) -> Request:
    """It is the same matter as another one: it goes on there."""
    row = _mine(viewer, request, Move.JOIN)
    try:
        seen = request_for(viewer, into.strip())
    except Request.DoesNotExist:
        raise CommunityRefused(_("没有找到要并入的诉求，请核对编号。")) from None
    target = Request.objects.select_for_update().get(pk=seen.pk)
    if target.pk == row.pk or target.state == State.CLOSED:
        raise CommunityRefused(_("要并入另一件没有办结的诉求。"))
    target.tellings += row.tellings
    target.save(update_fields=["tellings"])
    noting.closed(row, on, Outcome.JOINED, joined_into=target)
    noting.step(by, on, row, StepKind.JOINED, target.number)
    noting.step(by, on, target, StepKind.AGAIN, row.number)
    noting.note(by, "join_into", row, into=target.number)
    return target


@transaction.atomic
def name_payment(
    *, by: Actor, on: date, viewer: Viewer, request: Request, entry_id: int
) -> Request:
    """Say which payment of the site's maintenance fund paid for it."""
    seen = request_for(viewer, request.number)
    row = Request.objects.select_for_update().get(pk=seen.pk)
    if not answers_for(viewer, row):
        raise CommunityRefused(_("这件诉求不由您的单位办理。"))
    funds = funds_for(viewer).filter(site=row.site).values("pk")
    entry = FundEntry.objects.filter(
        pk=entry_id, fund__in=funds, kind=EntryKind.PAYMENT, withdrawn_on__isnull=True
    ).first()
    if row.site is None or entry is None:
        raise CommunityRefused(_("请选择本安置点维修基金的一笔维修支出。"))
    row.payment = entry
    row.save(update_fields=["payment"])
    noting.step(by, on, row, StepKind.PAID, entry.purpose)
    noting.note(by, "name_payment", row, entry=entry.pk)
    return row


@transaction.atomic
def note_lead(*, by: Actor, on: date, viewer: Viewer, request: Request, lead_id: int) -> Request:
    """Note the lead that was raised because the request shows hardship; who raised it wrote its own."""
    seen = request_for(viewer, request.number)
    row = Request.objects.select_for_update().get(pk=seen.pk)
    if row.lead_id is None:
        row.lead_id = lead_id
        row.save(update_fields=["lead_id"])
        noting.step(by, on, row, StepKind.LEAD)
        noting.note(by, "note_lead", row, lead=lead_id)
    return row


@transaction.atomic
def lapse(*, by: Actor, on: date) -> int:
    """Close what was handled and got no word within its days; how many. For the daily job; repeatable."""
    rows = Request.objects.select_for_update().filter(state=State.HANDLED, confirm_by__lt=on)
    numbers = []
    for row in rows.order_by("pk"):
        noting.closed(row, on, Outcome.SILENT)
        noting.step(by, on, row, StepKind.SILENT)
        numbers.append(row.number)
    if numbers:
        record(by=by, action="request.close_silent", kind="request", ids=numbers)
    return len(numbers)


def _anew(
    by: Actor,
    on: date,
    row: Request,
    calendar: Calendar,
    kind: StepKind,
    action: str,
    words: str,
) -> Request:
    settle_by = calendar.add(kind_of(row).settle, on)
    noting.moved(
        row,
        State.TAKEN,
        settle_by=settle_by,
        outcome="",
        reason="",
        closed_on=None,
        handled_on=None,
        confirm_by=None,
        taken_on=row.taken_on or on,
    )
    noting.step(by, on, row, kind, words, until=settle_by)
    noting.note(by, action, row, until=settle_by.isoformat())
    return row


def _mine(viewer: Viewer, request: Request, move: Move) -> Request:
    """The row to change: by who deals with it; what who told it says, also by who is near them."""
    row = noting.held(viewer, request, move)
    is_said = move in (Move.CONFIRM, Move.REJECT, Move.REOPEN)
    if not (answers_for(viewer, row) or (is_said and is_of_place(viewer, row))):
        raise CommunityRefused(_("这件诉求不由您的单位办理。"))
    return row
