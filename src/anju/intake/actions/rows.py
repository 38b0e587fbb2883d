"""Keeping what became of each row of a batch."""

from __future__ import annotations

import polars as pl
from django.db.models import Count

from anju.intake.models import Outcome, Row
from anju.registry.actions import bulk

Ends = list[tuple[str, pl.DataFrame]]
_AT_ONCE = 5_000


def counted(ends: Ends) -> dict[str, int]:
    """How many rows ended in each way; every outcome has its number."""
    counts = {outcome.value: 0 for outcome in Outcome}
    for _, frame in ends:
        for outcome, count in frame["outcome"].value_counts().rows():
            counts[outcome] += count
    return counts


def replace(*, batch_id: int, ends: Ends) -> None:
    """Put the rows of a batch in the place of those of an earlier check."""
    Row.objects.filter(batch_id=batch_id).delete()
    _insert(batch_id, ends)


def replace_some(*, batch_id: int, ends: Ends) -> dict[str, int]:
    """Put rows in the place of those of the same numbers; how many there are now of each kind."""
    for sheet, frame in ends:
        numbers = frame["number"].to_list()
        for start in range(0, len(numbers), _AT_ONCE):
            part = numbers[start : start + _AT_ONCE]
            Row.objects.filter(batch_id=batch_id, sheet=sheet, number__in=part).delete()
    _insert(batch_id, ends)
    found = Row.objects.filter(batch_id=batch_id).order_by().values_list("outcome")
    return {outcome.value: 0 for outcome in Outcome} | dict(found.annotate(Count("id")))


def _insert(batch_id: int, ends: Ends) -> None:
    for sheet, frame in ends:
        texts = ("village_code", "code", "column", "message")
        bulk.insert(
            "intake_row",
            frame.with_columns(
                *(pl.col(name).fill_null("") for name in texts),
                pl.col("changes", "sides").fill_null("{}"),
                pl.col("candidates").fill_null("[]"),
                batch_id=pl.lit(batch_id),
                sheet=pl.lit(sheet),
            ),
        )
