"""Numbers, dates and positions as the text of cells, in Arrow columns. Null is a blank cell.

What repeats is written once: a column of seventy thousand dates has a few thousand different ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anju.synth.columns import NO_DATE, NULL, Array
from anju.synth.periods import as_date

Style = Callable[[int], str]


def _d8(days: int) -> str:
    return as_date(days).isoformat().replace("-", "")


def _dash(days: int) -> str:
    return as_date(days).isoformat()


def _slash(days: int) -> str:
    on = as_date(days)
    return f"{on.year}/{on.month}/{on.day}"


def _dot(days: int) -> str:
    return as_date(days).isoformat().replace("-", ".")


def _zh(days: int) -> str:
    on = as_date(days)
    return f"{on.year}年{on.month}月{on.day}日"


def _m6(days: int) -> str:
    return _d8(days)[:6]


D8, DASH, SLASH, DOT, ZH, M6 = _d8, _dash, _slash, _dot, _zh, _m6


def dates(days: Array, style: Style) -> pa.Array:
    """Dates in one of the styles of this module."""
    return _each(days, days != NO_DATE, style)


def yuan(fen: Array) -> pa.Array:
    """Yuan with as many decimals as are needed."""
    return _each(fen, fen != NULL, _yuan)


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def _each(values: Array, known: Array, write: Callable[[int], str]) -> pa.Array:
    different, at = np.unique(np.where(known, values, 0), return_inverse=True)
    written = pa.array([write(value) for value in different.tolist()], pa.string())
    return written.take(pa.array(at, mask=~known))


def integers(values: Array) -> pa.Array:
    """Whole numbers."""
    return pa.array(values, pa.int64(), mask=values == NULL).cast(pa.string())


def words(labels: Sequence[str], at: Array) -> pa.Array:
    """Labels by position; negative positions are blank."""
    return pa.array(list(labels), pa.string()).take(pa.array(at, mask=at < 0))


def varied(labels: Sequence[str], key: Array, salt: int) -> pa.Array:
    """Labels that mean nothing for the facts, spread over the rows by a key."""
    return words(labels, spread(len(labels), key, salt))


def spread(count: int, key: Array, salt: int) -> Array:
    """Positions below `count`, scattered but the same for the same key."""
    mixed = (key.astype(np.int64) * 2_654_435_761 + salt * 40_503) % 2_147_483_647
    return np.asarray(mixed // 7 % count)


def strings(values: Array | Sequence[str]) -> pa.Array:
    """Text that is there already."""
    return pa.array(values.tolist() if isinstance(values, np.ndarray) else values, pa.string())


def pick(cells: pa.Array, at: Array) -> pa.Array:
    """The cells at the given positions."""
    return cells.take(pa.array(at))


def joined(*parts: pa.Array | str) -> pa.Array:
    """Texts one after the other; blank where one of them is."""
    return pc.binary_join_element_wise(*parts, "")


def blanked(cells: pa.Array, known: Array) -> pa.Array:
    """The cells, blank where not known."""
    return pc.if_else(pa.array(known), cells, pa.scalar(None, pa.string()))
