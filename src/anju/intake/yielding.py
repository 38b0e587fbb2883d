"""What a list says of a person gives way to what the office that decides the field said before.

The other columns of such a row are taken; the register keeps the deciding office's value, and the row
tells both values, both sources and who decides.
"""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from anju.intake.context import Context
from anju.intake.outcomes import Sieve
from anju.intake.showing import label_of, shown_value
from anju.registry.columns import Schema, fetch_by

_RECORD: Schema = {
    "id": pl.Int64,
    "person_id": pl.Int64,
    "known_from": pl.Date,
    "known_to": pl.Date,
    "source": pl.String,
}


def yield_to_deciding(sieve: Sieve, context: Context, fields: tuple[str, ...]) -> None:
    """Put the register's value back where it counts more; `sides` tells of it.

    Rows have `person_id`, and of each of the fields the new value and `<field>_now`.
    """
    ranked = [name for name in fields if context.authority.decides(name)]
    rows = sieve.rows
    differing = rows.filter(pl.any_horizontal(_differs(name) for name in ranked))
    kept: dict[str, list[int]] = {name: [] for name in ranked}
    sides: dict[int, str] = {}
    origins = _origins(differing["person_id"].to_list(), ranked)
    for row in differing.iter_rows(named=True):
        stronger = {
            name: source
            for name, source in origins.get(row["person_id"], {}).items()
            if row[f"{name}_now"] is not None
            and row[name] != row[f"{name}_now"]
            and context.authority.yields(name, context.office, context.office_of(source))
        }
        for name in stronger:
            kept[name].append(row["number"])
        if stronger:
            sides[row["number"]] = _told(row, stronger, context)
    if sides:
        _put_back(sieve, kept, sides)


def _differs(name: str) -> pl.Expr:
    return pl.col(f"{name}_now").is_not_null() & (pl.col(name) != pl.col(f"{name}_now"))


def _put_back(sieve: Sieve, kept: dict[str, list[int]], sides: dict[int, str]) -> None:
    told = pl.DataFrame(
        {"number": list(sides), "sides": list(sides.values())},
        schema={"number": pl.Int64, "sides": pl.String},
    )
    sieve.rows = sieve.rows.with_columns(
        pl.when(pl.col("number").is_in(numbers)).then(f"{name}_now").otherwise(name).alias(name)
        for name, numbers in kept.items()
    ).join(told, on="number", how="left")


def _told(row: dict[str, Any], stronger: dict[str, str], context: Context) -> str:
    layout = context.layout
    pairs = {
        label_of(layout, name): [
            shown_value(layout, name, row[name]),
            shown_value(layout, name, row[f"{name}_now"]),
        ]
        for name in stronger
    }
    sources = {label_of(layout, name): source for name, source in stronger.items()}
    told = {"fields": pairs, "names": list(stronger), "decides": "", "kept": sources}
    return json.dumps(told, ensure_ascii=False)


def _origins(persons: list[int | None], fields: list[str]) -> dict[int, dict[str, str]]:
    """Person → field → the source that first said the present value."""
    types = {name: pl.Date if name == "born_on" else pl.String for name in fields}
    records = fetch_by("registry_personrecord", {**_RECORD, **types}, "person_id", persons)
    chains: dict[int, list[dict[str, Any]]] = {}
    in_order = records.sort(pl.col("known_to").is_null(), "known_from", "id")
    for record in in_order.iter_rows(named=True):
        chains.setdefault(record["person_id"], []).append(record)
    return {
        person: {name: _first_said(chain, name) for name in fields}
        for person, chain in chains.items()
    }


def _first_said(chain: list[dict[str, Any]], name: str) -> str:
    """As `anju.registry.queries.provenance` tells it of one person, for many at once."""
    source = ""
    for record in reversed(chain):
        if record[name] != chain[-1][name]:
            break
        source = record["source"] or ""
    return source
