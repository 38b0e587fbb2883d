"""Numbers, dates and positions as the text of cells. Null is a blank cell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from anju.synth.columns import NO_DATE, NULL, Array

D8, DASH, SLASH, DOT, ZH, M6 = (
    "%Y%m%d", "%Y-%m-%d", "%Y/%-m/%-d", "%Y.%m.%d", "%Y年%-m月%-d日", "%Y%m",
)  # fmt: skip


def dates(days: Array, style: str) -> pl.Series:
    """Dates in one of the styles of this module."""
    known = days != NO_DATE
    made = pl.Series(np.where(known, days, 0).astype(np.int32)).cast(pl.Date).dt.strftime(style)
    return blanked(made, known)


def yuan(fen: Array) -> pl.Series:
    """Yuan with as many decimals as are needed."""
    known = fen != NULL
    value = np.where(known, fen, 0)
    rest = pl.Series(value % 100)
    whole = pl.Series(value // 100).cast(pl.String)
    cents = "." + rest.cast(pl.String).str.zfill(2).str.strip_chars_end("0")
    frame = pl.DataFrame({"whole": whole, "cents": cents, "rest": rest})
    made = frame.select(
        pl.when(pl.col("rest") == 0)
        .then(pl.col("whole"))
        .otherwise(pl.col("whole") + pl.col("cents"))
    ).to_series()
    return blanked(made, known)


def integers(values: Array) -> pl.Series:
    """Whole numbers."""
    return blanked(pl.Series(np.where(values == NULL, 0, values)).cast(pl.String), values != NULL)


def words(labels: Sequence[str], at: Array) -> pl.Series:
    """Labels by position; negative positions are blank."""
    series = pl.Series(list(labels), dtype=pl.String)
    return blanked(series.gather(np.maximum(at, 0).astype(np.uint32)), at >= 0)


def varied(labels: Sequence[str], key: Array, salt: int) -> pl.Series:
    """Labels that mean nothing for the facts, spread over the rows by a key."""
    mixed = (key.astype(np.int64) * 2_654_435_761 + salt * 40_503) % 2_147_483_647
    return words(labels, mixed // 7 % len(labels))


def strings(values: Array) -> pl.Series:
    """Text that is there already."""
    return pl.Series(values.tolist(), dtype=pl.String)


def blanked(series: pl.Series, known: Array) -> pl.Series:
    """The series with null where it is not known."""
    frame = pl.DataFrame({"value": series, "known": pl.Series(known)})
    return frame.select(pl.when(pl.col("known")).then(pl.col("value"))).to_series()
