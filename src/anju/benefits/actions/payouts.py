"""Payment batches: drawn up from approved claims, sent to finance, results recorded, money recovered.

A claim is in one batch at a time and paid once (a constraint holds it); who approved does not record
what was paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.rows import summary
from anju.benefits.actions import holding, moving, results
from anju.benefits.actions.results import Result
from anju.benefits.models import (
    Batch,
    BatchState,
    Claim,
    LineResult,
    PayoutLine,
    Recovery,
    Scheme,
)
from anju.benefits.queries import may
from anju.benefits.refusals import BenefitRefused
from anju.benefits.states import State, Step, sources

__all__ = ["Result", "cancel", "draw_up", "record_results", "recover", "send"]

_PAYER = frozenset({Step.PAYER})


@transaction.atomic
def draw_up(
    *, by: Actor, on: date, viewer: Viewer, scheme: Scheme, villages: Iterable[str] | None = None
) -> Batch:
    """Put all approved claims of a scheme (of some villages) that wait for money into a batch.

    What is in a batch already is left there, so that repeating it draws nothing up twice; refused
    where nothing waits.
    """
    held = holding.scheme(viewer, scheme)
    moving.acting(viewer, held, held.county_code, "draw_up")
    claims = _waiting(viewer, held, villages)
    if not claims:
        raise BenefitRefused(
            _("“%(title)s”没有等待发放的申领：都已列入批次，或还没有审定。") % {"title": held.title}
        )
    batch = Batch.objects.create(
        scheme=held,
        number=f"{held.number}-P{Batch.objects.filter(scheme=held).count() + 1:02}",
        claims=len(claims),
        total_fen=sum(claim.amount_fen or 0 for claim in claims),
        digest=summary((claim.number, claim.amount_fen) for claim in claims)["sm3"],
        drawn_on=on,
        drawn_by=by.username,
    )
    PayoutLine.objects.bulk_create(
        (
            PayoutLine(batch=batch, claim=claim, amount_fen=claim.amount_fen or 0)
            for claim in claims
        ),
        batch_size=moving.AT_ONCE,
    )
    moving.move(by=by, on=on, verb="draw_up", steps=_PAYER, claims=claims)
    _record(by, "payout.compile", batch, digest=batch.digest)
    return batch


def _waiting(viewer: Viewer, scheme: Scheme, villages: Iterable[str] | None) -> list[Claim]:
    """The claims to be paid, with their rolls kept before them."""
    rows = Claim.objects.filter(scheme=scheme, state__in=sources("draw_up"))
    if villages is not None:
        rows = rows.filter(village_code__in=list(villages))
    holding.rolls(viewer, dict.fromkeys(rows.values_list("roll", flat=True).distinct().order_by()))
    return list(rows.select_for_update(of=("self",)).order_by("village_code", "pk"))


@transaction.atomic
def send(*, by: Actor, on: date, viewer: Viewer, batch: Batch, seen: int) -> Batch:
    """The list was handed to finance."""
    held = _held(viewer, batch, seen)
    _refuse_unless(held, BatchState.DRAWN, _("这个批次已经送出或取消，请刷新页面。"))
    held.state, held.sent_on, held.sent_by = BatchState.SENT, on, by.username
    _save(held)
    _record(by, "payout.send", held)
    return held


@transaction.atomic
def cancel(*, by: Actor, on: date, viewer: Viewer, batch: Batch, seen: int, reason: str) -> Batch:
    """Give a batch up before anything came back; its claims wait for another one."""
    held = _held(viewer, batch, seen)
    if held.state not in (BatchState.DRAWN, BatchState.SENT):
        raise BenefitRefused(_("这个批次已登记结果或已取消，不能再取消。"))
    said = moving.reason_of(reason, _("财政退回，按乡镇分开重编"))
    claims = _claims(viewer, held)
    moving.move(by=by, on=on, verb="undraw", steps=_PAYER, claims=claims, note=said)
    held.lines.update(result=LineResult.CANCELLED)
    held.state, held.note = BatchState.CANCELLED, said
    _save(held)
    _record(by, "payout.cancel", held, said)
    return held


@transaction.atomic
def record_results(
    *, by: Actor, on: date, viewer: Viewer, batch: Batch, given: Sequence[Result]
) -> Batch:
    """Record what came back for a batch: every line once, sums as they were sent, or nothing at all.

    The same results again change nothing. Refused: `RowsRefused` with each row that does not fit; who
    approved a claim of it; a batch that was not sent, or whose results are recorded otherwise.
    """
    held = _held(viewer, batch, None)
    digest = results.digest(given)
    if held.state == BatchState.DONE and held.result_digest == digest:
        return held
    _refuse_unless(held, BatchState.SENT, _not_sent(held))
    if may.approved_in(held, viewer):
        raise BenefitRefused(_("您审定过这一批次里的申领，发放结果请由另一位同事登记。"))
    lines = {line.claim.number: line for line in held.lines.select_related("claim")}
    results.refuse_misfits(held, lines, given, on)
    claims = {claim.pk: claim for claim in _claims(viewer, held)}
    _take(by, on, lines, claims, given)
    paid = [each for each in given if each.is_paid]
    held.state, held.recorded_on, held.recorded_by = BatchState.DONE, on, by.username
    held.result_digest, held.failed = digest, len(given) - len(paid)
    held.paid_fen = sum(each.amount_fen for each in paid)
    _save(held)
    _record(by, "payout.record", held, paid=len(paid), failed=held.failed, digest=digest)
    return held


def _take(
    by: Actor,
    on: date,
    lines: dict[str, PayoutLine],
    claims: dict[int, Claim],
    given: Sequence[Result],
) -> None:
    """Write each result at its line, and let the claims move."""
    for each in given:
        line = lines[each.number]
        line.result = LineResult.PAID if each.is_paid else LineResult.FAILED
        line.paid_on = each.paid_on if each.is_paid else None
        line.failure = "" if each.is_paid else each.failure
        line.note = each.note.strip()[:200]
    PayoutLine.objects.bulk_update(
        lines.values(), ["result", "paid_on", "failure", "note"], batch_size=200
    )
    paid_days = sorted({line.paid_on for line in lines.values() if line.paid_on is not None})
    for day in paid_days:
        paid = [claims[line.claim_id] for line in lines.values() if line.paid_on == day]
        moving.move(by=by, on=on, verb="pay", steps=_PAYER, claims=paid, values={"paid_on": day})
    failed = [claims[line.claim_id] for line in lines.values() if line.paid_on is None]
    if failed:
        moving.move(by=by, on=on, verb="fail", steps=_PAYER, claims=failed)


@transaction.atomic
def recover(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    number: str,
    amount_fen: int,
    received_on: date,
    voucher: str,
    note: str,
) -> Recovery:
    """Money that was paid wrongly came back, all of it or a part; each voucher counts once."""
    claim = holding.claims(viewer, [number])[0]
    moving.acting(viewer, claim.scheme, claim.scheme.county_code, "recover")
    said = moving.reason_of(note, _("多报蚕种 1 张，退回多领的部分"))
    voucher = voucher.strip()[:60]
    _refuse_recovery(claim, amount_fen, received_on, voucher, on)
    made = Recovery.objects.create(
        claim=claim,
        amount_fen=amount_fen,
        received_on=received_on,
        voucher=voucher,
        note=said,
        recorded_by=by.username,
        recorded_on=on,
    )
    claim.recovered_fen += amount_fen
    claim.save(update_fields=["recovered_fen"])
    if claim.recovered_fen == claim.amount_fen:
        moving.move(by=by, on=on, verb="recover", steps=_PAYER, claims=[claim], note=said)
    else:
        moving.touch([claim.roll_id])
    record(
        by=by,
        action="payout.recover",
        kind="claim",
        ids=[claim.number],
        reason=said,
        detail={"amount": amount_fen, "whole": claim.state == State.RECOVERED},
        place=claim.village_code,
    )
    return made


def _refuse_recovery(
    claim: Claim, amount_fen: int, received_on: date, voucher: str, on: date
) -> None:
    if claim.state != State.PAID:
        raise BenefitRefused(
            _("申领 %(number)s 没有发放，或已全部追回。") % {"number": claim.number}
        )
    left = (claim.amount_fen or 0) - claim.recovered_fen
    if not 0 < amount_fen <= left:
        raise BenefitRefused(
            _("追回金额要大于 0，不超过还没有追回的 %(left)s 元。") % {"left": f"{left / 100:,.2f}"}
        )
    if received_on > on or (claim.paid_on is not None and received_on < claim.paid_on):
        raise BenefitRefused(_("追回日期要在到账日期之后，不晚于今天。"))
    if not voucher:
        raise BenefitRefused(_("请填写退款凭证号。"))
    if claim.recoveries.filter(voucher=voucher).exists():
        raise BenefitRefused(_("凭证号 %(voucher)s 已登记过，请核对。") % {"voucher": voucher})


def _held(viewer: Viewer, batch: Batch, seen: int | None) -> Batch:
    held = holding.batch(viewer, batch, seen)
    moving.acting(viewer, held.scheme, held.scheme.county_code, "pay")
    return held


def _refuse_unless(held: Batch, state: BatchState, message: str) -> None:
    if held.state != state:
        raise BenefitRefused(message)


def _not_sent(held: Batch) -> str:
    if held.state == BatchState.DONE:
        return _("批次 %(number)s 的结果已登记，与这一份不同，请核对是否选错了文件。") % {
            "number": held.number
        }
    return _("批次 %(number)s 还没有送财政，不能登记结果。") % {"number": held.number}


def _claims(viewer: Viewer, held: Batch) -> list[Claim]:
    """The claims of a batch, with their rolls kept before them."""
    rows = Claim.objects.filter(pk__in=held.lines.values("claim"))
    holding.rolls(viewer, dict.fromkeys(rows.values_list("roll", flat=True).distinct().order_by()))
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _save(held: Batch) -> None:
    held.version += 1
    held.save()


def _record(by: Actor, action: str, batch: Batch, reason: str = "", **detail: Any) -> None:
    record(
        by=by,
        action=action,
        kind="payout",
        ids=[batch.number],
        count=batch.claims,
        reason=reason,
        detail={"total": batch.total_fen, **detail},
        place=batch.scheme.county_code.ljust(12, "0"),
    )
