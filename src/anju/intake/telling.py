"""Outcomes of rows that were compared one by one: what became of each, and its changes from → to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from anju.intake.columns import SheetColumns
from anju.intake.models import Outcome
from anju.intake.outcomes import Sieve
from anju.intake.showing import shown_value


def with_present(rows: pl.DataFrame, present: Mapping[int, str]) -> pl.DataFrame:
    """The rows with `_now`: what the register has, by the numbers of rows."""
    return rows.with_columns(
        _now=pl.col("number").replace_strict(present, default=None, return_dtype=pl.String)
    )


def outcome(is_new: bool, is_changed: bool) -> str:
    """What became of a row in which nothing is wrong."""
    if is_new:
        return Outcome.CREATED.value
    return Outcome.UPDATED.value if is_changed else Outcome.UNCHANGED.value


def shown(layout: SheetColumns, field: str, value: Any) -> Any:
    """A value of a row or of the register as people write it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return None if value == "" else shown_value(layout, field, value)


def tell(sieve: Sieve, told: Mapping[int, tuple[str, str | None]]) -> None:
    """The outcomes of what went through."""
    numbers = sieve.rows["number"].to_list()
    sieve.outcomes.add(
        sieve.rows.with_columns(
            pl.Series("outcome", [told[number][0] for number in numbers], dtype=pl.String),
            pl.Series("changes", [told[number][1] for number in numbers], dtype=pl.String),
            village_code="division_code",
        ).drop("code")
    )
