"""Registers as columns: reading many rows at once into frames, by the ids or codes asked for.

Cost follows the number of keys, not the size of the county. Empty text is read as NULL, so that
frames compare in one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
from django.db import connection

# Below SQLite's limit of parameters (32 766) with room for a few more.
_KEYS_AT_ONCE = 8_000

Schema = dict[str, pl.DataType | type[pl.DataType]]


def fetch_by(
    table: str,
    schema: Schema,
    key: str,
    values: Iterable[Any],
    *,
    where: str = "",
    params: Sequence[Any] = (),
) -> pl.DataFrame:
    """Rows of a table whose `key` is among `values`; `where` is a further condition.

    Names come from code, values are bound. `schema` names the columns to read and their types.
    """
    wanted = list({value for value in values if value is not None})
    columns = _columns(schema)
    rows: list[Any] = []
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), _KEYS_AT_ONCE):
            part = wanted[start : start + _KEYS_AT_ONCE]
            marks = ", ".join(["%s"] * len(part))
            condition = f'"{key}" IN ({marks})' + (f" AND {where}" if where else "")
            sql = f'SELECT {columns} FROM "{table}" WHERE {condition}'  # noqa: S608
            cursor.execute(sql, [*part, *params])
            rows.extend(cursor.fetchall())
    return frame(rows, schema)


def fetch_all(table: str, schema: Schema) -> pl.DataFrame:
    """A whole table: for small ones (divisions, sites, grids)."""
    columns = _columns(schema)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM "{table}"')  # noqa: S608
        return frame(cursor.fetchall(), schema)


def _columns(schema: Schema) -> str:
    """What to select. SQLite keeps days as text: read as such, a frame makes days of them at once."""
    as_text = '"{0}" || \'\' AS "{0}"' if connection.vendor == "sqlite" else '"{0}"'
    return ", ".join(
        (as_text if kind == pl.Date else '"{0}"').format(name) for name, kind in schema.items()
    )


def frame(rows: Sequence[Sequence[Any]], schema: Schema) -> pl.DataFrame:
    """Rows of a cursor as a frame; empty text becomes NULL, days may come as text (ISO)."""
    read = {
        name: pl.String if kind == pl.Date and _is_text(rows, place) else kind
        for place, (name, kind) in enumerate(schema.items())
    }
    made = pl.DataFrame(rows, schema=read, orient="row", infer_schema_length=None)
    return made.with_columns(
        *(
            pl.when(pl.col(name) != "").then(name).alias(name)
            for name, kind in schema.items()
            if kind == pl.String
        ),
        *(
            pl.col(name).str.to_date("%Y-%m-%d")
            for name, kind in schema.items()
            if kind == pl.Date and read[name] == pl.String
        ),
    )


def _is_text(rows: Sequence[Sequence[Any]], place: int) -> bool:
    """Whether what stands at a place of the rows is text."""
    first = next((row[place] for row in rows if row[place] is not None), None)
    return isinstance(first, str)
