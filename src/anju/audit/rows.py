"""Many rows in one entry: their number and a digest, so that the rows can be proven later.

The digest is plain SM3, which anybody can compute again from the rows: each row is a line of canonical
JSON (a list of values in the order given), in the order given.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash

from anju.audit.chain import compact


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

    def summary(self) -> dict[str, Any]:
        """What the entry keeps: `{"count": …, "sm3": …}`. May be asked before the last row."""
        return {"count": self.count, "sm3": self._state.copy().finalize().hex()}


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
