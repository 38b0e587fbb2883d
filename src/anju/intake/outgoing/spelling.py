"""Values of the registers as the text of cells, a column at a time, the way a form writes them."""

from __future__ import annotations

import polars as pl

from anju.intake.columns import Column, Kind
from anju.intake.labels import shown
from anju.intake.outgoing import changes
from anju.intake.outgoing.forms import Form


def texts(form: Form, column: Column, values: pl.Series) -> pl.Series:
    """The values of one column; empty where there is none."""
    if values.dtype == pl.Null:
        return pl.repeat("", values.len(), dtype=pl.String, eager=True)
    value = pl.col(values.name)
    match column.kind:
        case Kind.DATE:
            told = value.dt.to_string(_style(form, column))
        case Kind.MONEY:
            told = _amount(value, form.factors.get(column.field, 1))
        case Kind.CHOICE:
            words = {**shown(column.choices or {}), **form.words.get(column.field, {})}
            told = value.cast(pl.String).replace(words)
        case Kind.QUARTER:
            told = pl.format("{}Q{}", value // 10, value % 10)
        case _:
            told = value.cast(pl.String)
    return (
        values.to_frame().select(pl.when(value.is_not_null()).then(told).fill_null("")).to_series()
    )


def _amount(fen: pl.Expr, factor: int) -> pl.Expr:
    """Yuan, or so many of them, without zeros at the end."""
    digits = len(str(factor)) + 1
    unit = 10**digits
    rest = (fen.abs() % unit).cast(pl.String).str.zfill(digits).str.strip_chars_end("0")
    whole = pl.when(fen < 0).then(pl.lit("-")).otherwise(pl.lit("")) + (fen.abs() // unit).cast(
        pl.String
    )
    return pl.when(rest == "").then(whole).otherwise(pl.format("{}.{}", whole, rest))


def _style(form: Form, column: Column) -> str:
    is_month = column.by_month or column.label.endswith("年月")
    style = form.styles.get(column.field) or ("%Y%m" if is_month else "%Y%m%d")
    # The day of a change is never cut to its month.
    return "%Y%m%d" if form.layout.id in changes.SHEETS and "d" not in style else style
