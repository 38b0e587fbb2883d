"""Writing many facts at once into a ledger, on the axis of knowledge.

What was not known is added; what is now known otherwise closes the old row and adds a new one. A
row learnt on the same day is set right in place: what the county knew of a day is what it knew at
the end of that day.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from anju.registry.actions import bulk
from anju.registry.ledgers import Ledger


def write(
    *,
    known_on: date,
    source: str,
    ledger: Ledger,
    created: pl.DataFrame | None = None,
    updated: pl.DataFrame | None = None,
) -> int:
    """Write new and changed facts, in the caller's transaction; how many rows are added.

    Both frames have the ledger's columns; `updated` also `id` and `known_from` of the row it
    replaces. Replaced rows must not have become known after `known_on` (`Refusal` is the caller's).
    """
    added = [] if created is None else [stored(ledger, created)]
    if updated is not None:
        same_day = pl.col("known_from") == known_on
        replaced = updated.filter(~same_day)
        bulk.update(ledger.table, stored(ledger, updated.filter(same_day), keep=("id",)))
        bulk.close(ledger.table, replaced["id"].to_list(), known_on)
        added.append(stored(ledger, replaced))
    return sum(
        bulk.insert(
            ledger.table,
            rows.with_columns(
                known_from=pl.lit(known_on), known_to=pl.lit(None, pl.Date), source=pl.lit(source)
            ),
        )
        for rows in added
    )


def stored(ledger: Ledger, rows: pl.DataFrame, keep: tuple[str, ...] = ()) -> pl.DataFrame:
    """The frame with the columns of the table."""
    names = [*keep, *ledger.owners, *ledger.columns]
    return (
        rows.select(names)
        .with_columns(pl.col(name).fill_null("") for name in ledger.texts)
        .rename({name: ledger.column(name) for name in ledger.columns})
    )
