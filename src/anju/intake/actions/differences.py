"""What changed from list to list, kept beside the batch; contradictions settled by who decides them."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.intake import queries
from anju.intake.columns import SheetColumns
from anju.intake.feeds import BY_ID
from anju.intake.models import (
    Batch,
    BatchState,
    Difference,
    DifferenceKind,
    Outcome,
    Row,
    Settlement,
)
from anju.intake.month_to_month import Found, compared, earlier, lines_of
from anju.intake.refusals import BatchRefused, FileRefused
from anju.intake.touching import rules_over, touched
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
    if batch.state != BatchState.DONE or batch.feed == "places":
        progress.complete({})
        return {}
    before = earlier(batch)
    found, problem = _found(progress, batch, before)
    contradicting = _contradicting(batch)
    with transaction.atomic():
        Difference.objects.filter(batch=batch).delete()
        counts = _insert(batch, [*found.parts, *contradicting])
        batch.differences = {
            "earlier": before.pk if before else None,
            **{kind.value: counts[kind.value] for kind in DifferenceKind},
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


def _found(progress: Progress, batch: Batch, before: Batch | None) -> tuple[Found, str]:
    """What is different from the list before, or why it cannot be told."""
    if before is None:
        return Found(), ""
    try:
        earlier_sheets = lines_of(before, progress.step)
        return compared(batch, lines_of(batch, progress.step), earlier_sheets), ""
    except (BatchRefused, FileRefused) as refused:
        return Found(), refused.zh


def _contradicting(batch: Batch) -> list[pl.DataFrame]:
    """Rows on which two departments, or the list and the register, disagree on a field."""
    # As text: asked as JSON, SQLite takes every row apart.
    said = batch.lines.annotate(said=Cast("sides", TextField())).exclude(said="{}")
    rows = list(said.exclude(outcome=Outcome.WAITING))
    layouts = {sheet.name: sheet for sheet in BY_ID[batch.feed].sheets}
    told = [row for row in rows if row.sides.get("fields")]
    settled = _settled_before([row.person_id for row in told if row.person_id])
    made = []
    for row in told:
        fields = {label: pair[::-1] for label, pair in row.sides["fields"].items()}
        same = settled.get((row.person_id, json.dumps(fields, sort_keys=True)))
        if same is None:
            made.append(_contradiction(batch, row, fields, layouts.get(row.sheet)))
    return [pl.DataFrame(made, infer_schema_length=None)] if made else []


def _contradiction(
    batch: Batch, row: Row, fields: dict[str, Any], layout: SheetColumns | None
) -> dict[str, Any]:
    sheet = next(
        (each for each in BY_ID[batch.feed].sheets if layout is not None and each.id == layout.id),
        BY_ID[batch.feed].sheets[0],
    )
    names = [column.field for column in sheet.columns if column.label in fields]
    tokens = touched(sheet, None, names)
    return {
        "kind": DifferenceKind.CONTRADICTING.value,
        "sheet": row.sheet,
        "number": row.number,
        "outcome": row.outcome,
        "household_id": row.household_id,
        "person_id": row.person_id,
        "village_code": row.village_code or batch.division_code,
        "fields": json.dumps(fields, ensure_ascii=False),
        "rules": json.dumps(rules_over(tokens, batch.known_on)),
        "decides": row.sides.get("decides", ""),
        "sources": json.dumps(row.sides.get("kept", {}), ensure_ascii=False),
    }


def _settled_before(persons: list[int]) -> dict[tuple[int | None, str], Difference]:
    """Contradictions that somebody settled, by person and values: they are not asked again."""
    found = Difference.objects.filter(person_id__in=persons, settlement=Settlement.STANDS)
    return {
        (each.person_id, json.dumps(each.fields, sort_keys=True)): each for each in found.iterator()
    }


def _insert(batch: Batch, parts: list[pl.DataFrame]) -> Counter[str]:
    """Write them; how many of each kind."""
    counts: Counter[str] = Counter()
    for rows in parts:
        empty = {"decides": "", "sources": "{}", "settlement": "", "note": "", "settled_by": ""}
        absent = (pl.lit(text).alias(name) for name, text in empty.items() if name not in rows)
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
    if settlement not in Settlement.values:
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
