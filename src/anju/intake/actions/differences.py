"""What changed from list to list, kept beside the batch; contradictions settled by who decides them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import polars as pl
from django.db import transaction

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.intake import queries
from anju.intake.actions import contradictions
from anju.intake.feeds import BY_ID
from anju.intake.models import DECIDED, Batch, BatchState, Difference, DifferenceKind
from anju.intake.month_to_month import Found, compared, earlier, lines_of
from anju.intake.refusals import BatchRefused, FileRefused
from anju.queue.progress import Progress, Unattended
from anju.registry.actions import bulk

_LONGEST_NOTE = 200


def perform(*, progress: Progress, batch_id: int) -> dict[str, Any]:
    """The job that follows an import. Safe to repeat; returns the counts."""
    return _compare(progress, Batch.objects.get(pk=batch_id))


def compare_now(*, batch_id: int) -> Batch:
    """The same at once, in this process, for commands and tests: the batch as it is then."""
    batch = Batch.objects.get(pk=batch_id)
    _compare(Unattended(), batch)
    return batch


def _compare(progress: Progress, batch: Batch) -> dict[str, Any]:
    if batch.state != BatchState.DONE or _is_of_things(batch.feed):
        progress.complete({})
        return {}
    before = earlier(batch)
    found, problem = _found(progress, batch, before)
    with transaction.atomic():
        Difference.objects.filter(batch=batch).exclude(kind=DifferenceKind.CONTRADICTING).delete()
        said = contradictions.raised(batch)
        counts = _insert(batch, [*found.parts, *said.frames])
        counts[DifferenceKind.CONTRADICTING.value] += said.continued
        batch.differences = {
            "earlier": before.pk if before else None,
            **{kind.value: counts[kind.value] for kind in DifferenceKind},
            "continued": said.continued,
            "decided": said.decided,
            "passed": said.passed,
            "same": found.same,
            "changes_only": found.names_changes_only,
            "problem": problem,
        }
        batch.save(update_fields=["differences"])
        record(
            by=SYSTEM,
            action="intake.differences",
            kind="batch",
            ids=[batch.pk],
            detail={"feed": batch.feed, "counts": dict(counts)},
            place=batch.division_code,
        )
        progress.complete(dict(counts))
    return dict(counts)


def _is_of_things(feed: str) -> bool:
    """Whether the lines are of no household: what changed is told by the pages of what they write."""
    return all(sheet.key for sheet in BY_ID[feed].sheets)


def _found(progress: Progress, batch: Batch, before: Batch | None) -> tuple[Found, str]:
    """What is different from the list before, or why it cannot be told."""
    if before is None:
        return Found(), ""
    try:
        earlier_sheets = lines_of(before, progress.step)
        return compared(batch, lines_of(batch, progress.step), earlier_sheets), ""
    except (BatchRefused, FileRefused) as refused:
        return Found(), refused.zh


def _insert(batch: Batch, parts: list[pl.DataFrame]) -> Counter[str]:
    """Write them; how many of each kind."""
    counts: Counter[str] = Counter()
    for rows in parts:
        empty = {"decides": "", "sources": "{}", "settlement": "", "note": "", "settled_by": ""}
        absent = [pl.lit(text).alias(name) for name, text in empty.items() if name not in rows]
        if "since" not in rows.columns:
            absent.append(pl.lit(None, pl.Date).alias("since"))
        bulk.insert(
            "intake_difference",
            rows.with_columns(
                pl.col("household_id", "person_id").cast(pl.Int64),
                *absent,
                settled_at=pl.lit(None, pl.Datetime),
                batch_id=pl.lit(batch.pk),
            ),
        )
        counts.update(rows["kind"].to_list())
    return counts


@transaction.atomic
def settle(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    difference_id: int,
    settlement: str,
    note: str,
) -> Difference:
    """Say how a contradiction ended. Refused: not this person's to decide, or settled already."""
    found = queries.contradictions_for(viewer).select_for_update(of=("self",))
    difference = found.filter(pk=difference_id).first()
    if difference is None:
        raise BatchRefused("这一条不归您的单位认定，或已不在您的辖区。")
    if difference.settlement:
        raise BatchRefused("这一条已经认定过了，请刷新页面查看。")
    if settlement not in DECIDED:
        raise BatchRefused("请选择“底册正确”或“底册已更正”。")
    difference.settlement = settlement
    difference.note = note.strip()[:_LONGEST_NOTE]
    difference.settled_by, difference.settled_at = by.username, at
    difference.save(update_fields=["settlement", "note", "settled_by", "settled_at"])
    record(
        by=by,
        action="intake.settle",
        kind="difference",
        ids=[difference.pk],
        detail={"settlement": settlement, "batch": difference.batch_id},
        reason=difference.note,
        place=difference.village_code,
    )
    return difference
