"""Many rows in one entry: their number and a digest, so that the rows can be proven later.

The digest is plain SM3, which anybody can compute again from the rows: each row is a line of canonical
JSON (a list of values in the order given), in the order given.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl
from cryptography.hazmat.primitives.hashes import SM3, Hash

from anju.audit.chain import compact

_NEEDS_ESCAPE = r'["\\\x00-\x1f]'


class Digest:
    """Rows as they are written, one after the other."""

    def __init__(self) -> None:
        self._state = Hash(SM3())
        self.count = 0

    def add(self, row: Sequence[Any]) -> None:
        """One row more."""
        line = compact([_plain(value) for value in row])
        self._state.update(line.encode() + b"\n")
        self.count += 1

    def add_lines(self, lines: str, count: int) -> None:
        """So many rows more, in the spelling of `canonical`."""
        self._state.update(lines.encode())
        self.count += count

    def summary(self) -> dict[str, Any]:
        """What the entry keeps: `{"count": …, "sm3": …}`. May be asked before the last row."""
        return {"count": self.count, "sm3": self._state.copy().finalize().hex()}


def canonical(frame: pl.DataFrame, names: Sequence[str]) -> str:
    """The rows of a frame in the spelling that is digested, a line each: as `Digest.add` writes them.

    The columns named are texts and whole numbers. In columns, as a list may have a million rows.
    """
    spelt = [_spelt(frame[name]) for name in names]
    lines = pl.DataFrame(spelt).select(
        pl.concat_str(pl.lit("["), pl.concat_str(names, separator=","), pl.lit("]\n")).str.join("")
    )
    return str(lines.item())


def _spelt(values: pl.Series) -> pl.Series:
    """A column as JSON; texts are looked at one by one only where a character needs it."""
    if values.dtype != pl.String:
        return values.cast(pl.String).fill_null("null")
    if values.str.contains(_NEEDS_ESCAPE).any():
        escaped = [None if each is None else compact(each) for each in values.to_list()]
        return pl.Series(values.name, escaped, dtype=pl.String).fill_null("null")
    return (
        values.to_frame()
        .select(pl.concat_str(pl.lit('"'), pl.col(values.name), pl.lit('"')).alias(values.name))[
            values.name
        ]
        .fill_null("null")
    )


def summary(rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """The number and digest of rows that are all there."""
    digest = Digest()
    for row in rows:
        digest.add(row)
    return digest.summary()


def _plain(value: Any) -> Any:
    """Values every program spells alike; other numbers and moments as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
