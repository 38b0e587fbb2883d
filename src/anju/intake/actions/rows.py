"""Keeping what became of each row of a batch."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.db.models import Count

from anju.audit.rows import Digest, canonical
from anju.intake import queries
from anju.intake.models import Batch, Outcome, Row
from anju.intake.queries import PROVEN
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


def replace(*, batch: Batch, ends: Ends) -> dict[str, Any]:
    """Put the rows of a batch in the place of those of an earlier check; how to prove them.

    The number and digest are those of `queries.rows_summary`, taken of what is written and not of
    what was read back: a row that the database kept otherwise does not fit them.
    """
    Row.objects.filter(batch=batch).delete()
    written = _insert(batch.pk, ends)
    digest = Digest()
    for sheet in _in_order(batch, list(written)):
        digest.add_lines(canonical(written[sheet], PROVEN), written[sheet].height)
    return digest.summary()


def replace_some(*, batch: Batch, ends: Ends) -> tuple[dict[str, int], dict[str, Any]]:
    """Put rows in the place of those of the same numbers; how many there are now of each kind, and
    how to prove them."""
    for sheet, frame in ends:
        numbers = frame["number"].to_list()
        for start in range(0, len(numbers), _AT_ONCE):
            part = numbers[start : start + _AT_ONCE]
            Row.objects.filter(batch=batch, sheet=sheet, number__in=part).delete()
    _insert(batch.pk, ends)
    found = Row.objects.filter(batch=batch).order_by().values_list("outcome")
    counts = {outcome.value: 0 for outcome in Outcome} | dict(found.annotate(Count("id")))
    return counts, queries.rows_summary(batch)


def _in_order(batch: Batch, sheets: list[str]) -> list[str]:
    """The sheets as the database puts them in order: on PostgreSQL by the rules of a language."""
    if len(sheets) < 2:
        return sheets
    named = Row.objects.filter(batch=batch).order_by("sheet").values_list("sheet", flat=True)
    return list(named.distinct())


def _insert(batch_id: int, ends: Ends) -> dict[str, pl.DataFrame]:
    """Write the rows; what was written, by sheet."""
    written = {}
    for sheet, frame in ends:
        texts = ("village_code", "code", "column", "message")
        rows = frame.with_columns(
            *(pl.col(name).fill_null("") for name in texts),
            pl.col("changes", "sides").fill_null("{}"),
            pl.col("candidates").fill_null("[]"),
            batch_id=pl.lit(batch_id),
            sheet=pl.lit(sheet),
        )
        bulk.insert("intake_row", rows)
        written[sheet] = rows
    return written
