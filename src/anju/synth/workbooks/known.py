"""When the county learns what: before the first month, or in one of the months.

A row becomes known on the day it begins; that it has ended becomes known on the day it ends. A row
that ends in a later folder than it began in is therefore listed twice, the second time with its end.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from anju.synth.columns import NO_DATE, Array
from anju.synth.periods import Period

BASE = "base"


class Folders:
    """The folders of a period, in the order they become known."""

    def __init__(self, period: Period) -> None:
        self.names = [BASE, *(str(month) for month in period.months)]
        self._firsts = np.array([month.first_day for month in period.months])

    def of(self, days: Array) -> Array:
        """Number of the folder in which something of that day is known (0: base)."""
        return np.searchsorted(self._firsts, days, side="right")

    def once(self, days: Array) -> Iterator[tuple[str, Array]]:
        """Rows by folder, for what has no end."""
        at = self.of(days)
        for number, name in enumerate(self.names):
            yield name, np.flatnonzero(at == number)

    def lasting(self, start: Array, end: Array) -> Iterator[tuple[str, Array, Array]]:
        """Rows by folder with the ends as they are known there: none before the row itself."""
        begun = self.of(start)
        over = np.where(end == NO_DATE, -1, np.maximum(self.of(end), begun))
        for number, name in enumerate(self.names):
            rows = np.flatnonzero((begun == number) | (over == number))
            yield name, rows, np.where(over[rows] <= number, end[rows], NO_DATE)
