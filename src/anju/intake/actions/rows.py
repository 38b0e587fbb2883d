"""Keeping what became of each row of a batch."""

from __future__ import annotations

import polars as pl

from anju.intake.models import Outcome, Row
from anju.registry.actions import bulk

Ends = list[tuple[str, pl.DataFrame]]


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
    for sheet, frame in ends:
        texts = ("village_code", "code", "column", "message")
        bulk.insert(
            "intake_row",
            frame.with_columns(
                *(pl.col(name).fill_null("") for name in texts),
                pl.col("changes").fill_null("{}"),
                batch_id=pl.lit(batch_id),
                sheet=pl.lit(sheet),
            ),
        )
