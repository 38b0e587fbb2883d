"""Whose row it is: a person says so once, and it holds for every row typed like that."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.intake import newcomers
from anju.intake.actions.clearing import decided_the_same
from anju.intake.decided import decided
from anju.intake.models import Batch, BatchState, Decision, Outcome, Row
from anju.intake.refusals import BatchRefused
from anju.registry.models import Membership

_DECIDABLE = (BatchState.CHECKED, BatchState.DONE)


@transaction.atomic
def decide(
    *, by: Actor, at: datetime, batch: Batch, row_id: int, person_id: int | None, reason: str = ""
) -> Decision:
    """Say who the row is: one of its candidates, or (None) nobody of the registers.

    Refused: a row that does not wait, somebody who is no candidate, a row already decided; and to
    turn somebody away from a household that is known without a reason.
    """
    row = _waiting_row(batch, row_id)
    if person_id is not None and person_id not in [each["person_id"] for each in row.candidates]:
        raise BatchRefused("所选的人不在这一行的候选人中，请刷新页面后重新选择。")
    if person_id is None and row.code == newcomers.PROBLEM and not reason.strip():
        raise BatchRefused("请写明退回的理由：名单的报送单位会在结果表中看到。")
    return _keep(by, at, batch, row, person_id, reason)


@transaction.atomic
def joined(*, by: Actor, at: datetime, batch: Batch, row_id: int, person_id: int) -> Decision:
    """Say that the row is somebody who has just been added to the household it names.

    Refused: a row that does not wait for that, somebody who is no member of the household.
    """
    row = _waiting_row(batch, row_id)
    members = Membership.objects.filter(
        household_id=row.household_id, person_id=person_id, known_to__isnull=True
    )
    if row.code != newcomers.PROBLEM or not members.exists():
        raise BatchRefused("此人不是这一行所写的户的成员，请刷新页面后重新认定。")
    return _keep(by, at, batch, row, person_id, "新登记的成员")


def _keep(
    by: Actor, at: datetime, batch: Batch, row: Row, person_id: int | None, reason: str
) -> Decision:
    """Write the decision, once for all rows typed like that."""
    likely = {each["person_id"]: each for each in row.candidates}
    key = row.sides["key"]
    if decided([key]):
        raise BatchRefused("这一行已经有人认定。要更改，请先撤回原来的认定。")
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                key=key,
                person_id=person_id,
                score=likely[person_id]["score"] if person_id in likely else 0,
                reason=reason.strip()[:200],
                batch_id=batch.pk,
                sheet=row.sheet,
                number=row.number,
                made_by=by.username,
                made_at=at,
            )
    except IntegrityError:
        raise BatchRefused("这一行刚刚由别人认定。") from None
    decided_the_same(by=by, at=at, decision=decision)
    record(
        by=by,
        action="intake.decide",
        kind="batch",
        ids=[batch.pk],
        detail={
            "row": row.number,
            "person": person_id,
            "candidates": list(likely),
            "score": decision.score,
        },
        place=batch.division_code,
    )
    return decision


@transaction.atomic
def undo(*, by: Actor, at: datetime, batch: Batch, row_id: int) -> None:
    """Take back what was decided about a row that is not written yet."""
    row = _waiting_row(batch, row_id)
    valid = Decision.objects.filter(key=row.sides["key"], revoked_at__isnull=True)
    if not valid.update(revoked_by=by.username, revoked_at=at):
        raise BatchRefused("这一行没有认定，不必撤回。")
    record(
        by=by,
        action="intake.undecide",
        kind="batch",
        ids=[batch.pk],
        detail={"row": row.number},
        place=batch.division_code,
    )


def take_back(*, by: Actor, at: datetime, batch: Batch, decision: Decision) -> None:
    """Take back what was decided about a row that is written; the caller leaves the entry."""
    valid = Decision.objects.filter(pk=decision.pk, batch_id=batch.pk, revoked_at__isnull=True)
    if not valid.update(revoked_by=by.username, revoked_at=at):
        raise BatchRefused("这一认定已经撤回。")


@transaction.atomic
def compared(*, by: Actor, batch: Batch, row: Row) -> None:
    """The candidates of a row were looked at: names, birth dates and homes of these persons."""
    record(
        by=by,
        action="intake.compare",
        kind="person",
        ids=[each["person_id"] for each in row.candidates],
        detail={"batch": batch.pk, "row": row.number},
        place=batch.division_code,
    )


def _waiting_row(batch: Batch, row_id: int) -> Row:
    row = batch.lines.filter(pk=row_id, outcome=Outcome.WAITING).first()
    if batch.state not in _DECIDABLE or row is None or not row.sides.get("key"):
        raise BatchRefused("这一行不在等待认定，可能已经写入。")
    return row
