"""A list that names a month alone, where the registers know the day: it says nothing else.

National exports write when a household was included and its risk removed as YYYYMM; the registers may
know the day, from a case or another list. Read as the first of the month it would take the day away.
"""

from __future__ import annotations

import polars as pl

_MONTH = r"^[0-9]{6}$|^[0-9]{4}-[0-9]{1,2}$"


def is_alone(text: pl.Expr) -> pl.Expr:
    """Whether the text of a date, as the reader has it, names a month and no day."""
    return text.str.contains(_MONTH)


def flag(field: str) -> str:
    """The column that says of each row whether its cell named a month alone."""
    return f"{field}_month"


def known_days(rows: pl.DataFrame, *fields: str) -> list[pl.Expr]:
    """The fields, each the day of `<field>_now` where the row names only the month of that day."""
    return [_known_day(field) for field in fields if flag(field) in rows.columns]


def _known_day(field: str) -> pl.Expr:
    now = pl.col(f"{field}_now")
    same = pl.col(flag(field)) & (pl.col(field).dt.truncate("1mo") == now.dt.truncate("1mo"))
    return pl.when(same.fill_null(False)).then(now).otherwise(pl.col(field)).alias(field)
