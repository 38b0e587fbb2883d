"""What holders of posts were due and paid for a month: a whole list at once, put right one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.employment.actions.posts import PostRefused
from anju.employment.models import PostHolding, PostPay
from anju.registry.actions.corrections import REASON_LENGTH
from anju.registry.actions.superseding import supersede
from anju.rules.months import Month

TOLD: Final = ("due", "amount", "paid_on", "days")
_DAYS: Final = 31


@dataclass(frozen=True, slots=True)
class Line:
    """What one holder was due for a month, and what was paid when (fen); None: not paid, not told."""

    holding: PostHolding
    due: int | None
    amount: int | None = None
    paid_on: date | None = None
    days: int | None = None


@transaction.atomic
def record_month(*, by: Actor, on: date, month: Month, lines: Sequence[Line], source: str) -> int:
    """Pay of a month for many holders; how many rows. One entry names their households.

    Refused as a whole: a month to come, somebody who was not on the post then, one that is known
    already, amounts that cannot be.
    """
    if month.first_day > on:
        raise PostRefused(_("%(month)s 还没有到，请核对月份。") % {"month": month})
    people = [line.holding.person_id for line in lines]
    held = PostPay.objects.filter(month=str(month), person__in=people, known_to__isnull=True)
    known = set(held.values_list("person", "post"))
    for line in lines:
        _check_line(line, month, on)
        if (line.holding.person_id, line.holding.post_id) in known:
            raise PostRefused(
                _("%(name)s %(month)s 的补贴已经登记过，请更正那一条。")
                % {"name": line.holding.person.name, "month": month}
            )
    PostPay.objects.bulk_create(_row(line, month, on, source) for line in lines)
    codes = sorted({line.holding.household.code for line in lines})
    if codes:
        record(
            by=by,
            action="post_pay.record",
            kind="household",
            ids=codes,
            count=len(lines),
            detail={"month": str(month)},
        )
    return len(lines)


@transaction.atomic
def correct(
    *, by: Actor, on: date, pay: PostPay, changes: Mapping[str, Any], source: str
) -> PostPay:
    """Set one month right, or note that it was paid meanwhile."""
    _check({name: getattr(pay, name) for name in TOLD} | dict(changes), Month.parse(pay.month), on)
    before = state(pay, list(changes))
    row = supersede(pay, on=on, source=source, changes=changes)
    _audit(by, "correct", row, {"changes": between(PostPay, before, changes)})
    return row


@transaction.atomic
def withdraw(*, by: Actor, on: date, pay: PostPay, reason: str) -> None:
    """Take a month back that was never so."""
    if pay.known_to is not None:
        raise PostRefused(_("这一条已被后来的情况取代，请刷新页面。"))
    said = reason.strip()[:200]
    if len(said) < REASON_LENGTH:
        raise PostRefused(
            _("请写明撤销理由，至少 %(length)s 个字。") % {"length": REASON_LENGTH}, "reason"
        )
    pay.known_to = max(on, pay.known_from)
    pay.save(update_fields=["known_to"])
    _audit(by, "withdraw", pay, {"row": pay.pk}, said)


def _check_line(line: Line, month: Month, on: date) -> None:
    row = line.holding
    was_there = row.started_on <= month.last_day and (
        row.ended_on is None or row.ended_on > month.first_day
    )
    if not was_there:
        raise PostRefused(
            _("%(name)s %(month)s 不在岗，请核对名单。") % {"name": row.person.name, "month": month}
        )
    _check({name: getattr(line, name) for name in TOLD}, month, on)


def _check(said: Mapping[str, Any], month: Month, on: date) -> None:
    """What no month's pay may say."""
    amount, paid_on = said["amount"], said["paid_on"]
    if (amount is None) != (paid_on is None):
        raise PostRefused(_("实发金额和发放日期要么都填，要么都不填。"), "amount")
    if min(amount or 0, said["due"] or 0) < 0:
        raise PostRefused(_("金额填正数，请核对。"), "amount")
    if paid_on is not None and paid_on > on:
        raise PostRefused(_("发放日期还没有到，请核对。"), "paid_on")
    if paid_on is not None and paid_on < month.first_day:
        raise PostRefused(_("发放日期早于补贴月份，请核对。"), "paid_on")
    if said["days"] is not None and said["days"] > _DAYS:
        raise PostRefused(_("一个月最多 31 天，请核对计发天数。"), "days")


def _row(line: Line, month: Month, on: date, source: str) -> PostPay:
    said = {name: getattr(line, name) for name in TOLD}
    holding = line.holding
    return PostPay(
        household_id=holding.household_id,
        person_id=holding.person_id,
        post_id=holding.post_id,
        month=str(month),
        known_from=on,
        source=source,
        **said,
    )


def _audit(by: Actor, verb: str, row: PostPay, detail: Mapping[str, Any], reason: str = "") -> None:
    record(
        by=by,
        action=f"post_pay.{verb}",
        kind="household",
        ids=[row.household.code],
        reason=reason,
        detail={"month": row.month, **detail},
        place=row.household.village_code,
    )
