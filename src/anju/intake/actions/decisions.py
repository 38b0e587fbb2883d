"""Whose row it is: a person says so once, and it holds for every row typed like that."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.intake.decided import decided
from anju.intake.models import Batch, BatchState, Decision, Outcome, Row
from anju.intake.refusals import BatchRefused

_DECIDABLE = (BatchState.CHECKED, BatchState.DONE)


@transaction.atomic
def decide(
    *, by: Actor, at: datetime, batch: Batch, row_id: int, person_id: int | None, reason: str = ""
) -> Decision:
    """Say who the row is: one of its candidates, or (None) nobody of the registers.

    Refused: a row that does not wait, somebody who is no candidate, a row already decided.
    """
    row = _waiting_row(batch, row_id)
    likely = {each["person_id"]: each for each in row.candidates}
    if person_id is not None and person_id not in likely:
        raise BatchRefused("所选的人不在这一行的候选人中，请刷新页面后重新选择。")
    key = row.sides["key"]
    if decided([key]):
        raise BatchRefused("这一行已经有人认定。要更改，请先撤回原来的认定。")
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                key=key,
                person_id=person_id,
                score=likely[person_id]["score"] if person_id is not None else 0,
                reason=reason.strip()[:200],
                batch_id=batch.pk,
                sheet=row.sheet,
                number=row.number,
                made_by=by.username,
                made_at=at,
            )
    except IntegrityError:
        raise BatchRefused("这一行刚刚由别人认定。") from None
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
