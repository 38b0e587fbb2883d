"""Floor areas that come with the grading of homes: of a household's own home, where it is known otherwise."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from anju.intake.context import Context
from anju.intake.models import Outcome
from anju.intake.outcomes import Sieve
from anju.intake.showing import label_of, shown_value
from anju.registry.actions import ledger
from anju.registry.ledgers import HOUSING

FIELD = "area"


def write(sieve: Sieve, context: Context) -> None:
    """Write the areas of rows that went through, and tell rows that changed nothing else of it.

    1 m² with two decimals is 100 dm²: read like money. A flat at a site keeps the area that the
    relocation list gave it; an older list changes nothing.
    """
    told = sieve.rows.filter(pl.col(FIELD).is_not_null()).unique("household_id", keep="last")
    known = HOUSING.open_rows("household_id", told["household_id"]).sort(
        "started_on", "id", nulls_last=False
    )
    rows = told.select("number", "household_id", area_now=FIELD).join(
        known.unique("household_id", keep="last"), on="household_id", how="left"
    )
    is_own = pl.col("building_id").is_null() & (pl.col("known_from") <= context.known_on)
    differs = pl.col("area_dm2").is_null() | (is_own & (pl.col("area_dm2") != pl.col("area_now")))
    is_ours = pl.col("id").is_null() | (
        pl.col("ended_on").is_null() & (pl.col("known_from") <= context.known_on)
    )
    rows = rows.filter(is_ours & differs)
    before = dict(rows.select("number", "area_dm2").iter_rows())
    rows = rows.with_columns(area_dm2=pl.col("area_now"))
    ledger.write(
        known_on=context.known_on,
        source=context.source,
        ledger=HOUSING,
        created=rows.filter(pl.col("id").is_null()),
        updated=rows.filter(pl.col("id").is_not_null()),
    )
    _tell(sieve, context, before, dict(rows.select("number", "area_dm2").iter_rows()))


def _tell(
    sieve: Sieve, context: Context, before: dict[int, int | None], now: dict[int, int]
) -> None:
    layout = context.layout
    label = label_of(layout, FIELD)
    changes: dict[int, Any] = {
        number: json.dumps(
            {label: [shown_value(layout, FIELD, value) for value in (before[number], area)]},
            ensure_ascii=False,
        )
        for number, area in now.items()
    }
    unchanged = (pl.col("outcome") == Outcome.UNCHANGED.value) & pl.col("number").is_in(list(now))
    sieve.outcomes.parts[:] = [
        part.with_columns(
            outcome=pl.when(unchanged)
            .then(pl.lit(Outcome.UPDATED.value))
            .otherwise(pl.col("outcome")),
            changes=pl.when(unchanged)
            .then(pl.col("number").replace_strict(changes, default=None, return_dtype=pl.String))
            .otherwise(pl.col("changes")),
        )
        for part in sieve.outcomes.parts
    ]
