"""Incoming facts against a ledger: new, changed, the same, or older than what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from anju.intake.columns import SheetColumns
from anju.intake.context import Context
from anju.intake.models import Outcome
from anju.intake.outcomes import Sieve, changes_json
from anju.intake.showing import label_of, shown_value
from anju.registry.actions import ledger as writing
from anju.registry.ledgers import Ledger

_FEW: Final = 12


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a sheet's facts meet a ledger: `key` tells them apart, `values` may change.

    `fields` says which field of the sheet a ledger column came from, where the names differ.
    """

    ledger: Ledger
    key: tuple[str, ...]
    values: tuple[str, ...]
    fields: dict[str, str]


def settle(sieve: Sieve, context: Context, comparison: Comparison) -> None:
    """Give every row that is left its outcome, and write what is new.

    Rows carry the ledger's columns, `household_id`, `village_code`, and `person_id` where the
    ledger has one (NULL: a fact of the household as a whole).
    """
    ledger = comparison.ledger
    key = ["_owner", *comparison.key]
    sieve.rows = sieve.rows.with_columns(_owner=_owner(ledger))
    sieve.catch_repeats(key, list(comparison.values))
    rows = sieve.rows.join(
        _current(ledger, sieve.rows, comparison), on=key, how="left", nulls_equal=True
    )
    # An empty cell says nothing: what the register knows stays.
    rows = rows.with_columns(pl.coalesce(name, f"{name}_now") for name in comparison.values)
    changed = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(f"{name}_now")) for name in comparison.values
    )
    sieve.rows = rows.with_columns(
        _outcome=pl.when(pl.col("id").is_null())
        .then(pl.lit(Outcome.CREATED.value))
        .when(changed)
        .then(pl.lit(Outcome.UPDATED.value))
        .otherwise(pl.lit(Outcome.UNCHANGED.value))
    )
    sieve.conflict(
        (pl.col("_outcome") == Outcome.UPDATED.value) & (pl.col("known_from") > context.known_on),
        "newer_known",
        value="known_from",
        fields={name: comparison.fields.get(name, name) for name in comparison.values},
    )
    _write(sieve, context, ledger)
    _tell(sieve, context.layout, comparison)


def _owner(ledger: Ledger) -> pl.Expr:
    """Whose fact it is, as one text: persons and households count separately."""
    of_household = pl.concat_str(pl.lit("h"), pl.col("household_id"))
    if ledger.owners == ("person_id",):
        return pl.concat_str(pl.lit("p"), pl.col("person_id"))
    if "person_id" not in ledger.owners:
        return of_household
    return pl.coalesce(pl.concat_str(pl.lit("p"), pl.col("person_id")), of_household)


def _current(ledger: Ledger, rows: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """What the register knows now of the owners, one row a key."""
    parts = []
    among = _few(rows, comparison.key)
    if "person_id" in ledger.owners:
        parts.append(ledger.open_rows("person_id", rows["person_id"].drop_nulls(), among))
    if "household_id" in ledger.owners:
        whole = rows
        if "person_id" in ledger.owners:
            whole = rows.filter(pl.col("person_id").is_null())
        parts.append(ledger.open_rows("household_id", whole["household_id"], among))
    known = pl.concat(parts).with_columns(_owner=_owner(ledger))
    return (
        known.select(
            "id",
            "known_from",
            "_owner",
            *comparison.key,
            *(pl.col(name).alias(f"{name}_now") for name in comparison.values),
        )
        .sort("id")
        .unique(["_owner", *comparison.key], keep="last", maintain_order=True)
    )


def _few(rows: pl.DataFrame, key: Sequence[str]) -> dict[str, list[Any]]:
    """The parts of a key of which a list names few values: its kind, its quarter, its day. Facts of
    other quarters are nothing to compare it with."""
    asked = rows.select(key)
    return {
        name: asked[name].unique().to_list()
        for name in key
        if asked[name].null_count() == 0 and asked[name].n_unique() <= _FEW
    }


def _write(sieve: Sieve, context: Context, ledger: Ledger) -> None:
    outcome = pl.col("_outcome")
    writing.write(
        known_on=context.known_on,
        source=context.source,
        ledger=ledger,
        created=sieve.rows.filter(outcome == Outcome.CREATED.value),
        updated=sieve.rows.filter(outcome == Outcome.UPDATED.value),
    )


def _tell(sieve: Sieve, layout: SheetColumns, comparison: Comparison) -> None:
    """The outcomes of what went through."""
    updated = pl.col("_outcome") == Outcome.UPDATED.value
    fields = {name: comparison.fields.get(name, name) for name in comparison.values}
    labels = {name: label_of(layout, field) for name, field in fields.items()}

    def written(name: str, value: Any) -> Any:
        return shown_value(layout, fields[name], value)

    rows = sieve.rows.with_columns(outcome=pl.col("_outcome"))
    sieve.outcomes.add(rows.filter(~updated))
    changed = rows.filter(updated)
    told = changes_json(changed, labels, written)
    sieve.outcomes.add(changed.with_columns(pl.Series("changes", told, dtype=pl.String)))
