"""Settling what a decision that was taken back had written: corrected, or found right."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.intake import left_behind
from anju.intake.models import Batch, Decision
from anju.intake.refusals import BatchRefused


@transaction.atomic
def clear(*, by: Actor, at: datetime, batch: Batch, decision: Decision, note: str = "") -> None:
    """Say that nothing is left to correct. While facts still stand, `note` says why they are right."""
    row = Decision.objects.select_for_update().get(pk=decision.pk)
    if row.batch_id != batch.pk or not row.left_behind or row.cleared_at is not None:
        raise BatchRefused(_("这一条已经处理，请刷新页面。"))
    note = " ".join(note.split())[:200]
    standing = len(left_behind.facts(row))
    if standing and not note:
        raise BatchRefused(_("还有写入的内容没有更正。确实无误的，请写明理由。"))
    _settle(row, by.username, at, note)
    record(
        by=by,
        action="intake.correct",
        kind="batch",
        ids=[batch.pk],
        reason=note,
        detail={"row": row.number, "standing": standing},
        place=batch.division_code,
    )


def decided_the_same(*, by: Actor, at: datetime, decision: Decision) -> None:
    """Nothing is wrong any more with what was written where the row is said to be the same person again;
    in the caller's transaction, which leaves the entry."""
    same = Decision.objects.filter(
        key=decision.key, person_id=decision.person_id, left_behind=True, cleared_at__isnull=True
    )
    for row in same:
        _settle(row, by.username, at, _("重新认定为同一人"))


def _settle(row: Decision, username: str, at: datetime, note: str) -> None:
    row.cleared_by, row.cleared_at, row.cleared_note = username, at, note
    row.save(update_fields=["cleared_by", "cleared_at", "cleared_note"])
