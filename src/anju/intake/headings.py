"""Finding the header of a sheet by its labels, and telling which list a file is.

Real files have title rows, headers of one to three rows with merged cells, columns in any order and
headings that differ a little. A column's heading is its lowest non-empty header cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from anju.intake.layout import Column, SheetLayout

SEARCHED_ROWS = 15
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the header of a layout lies in a sheet. Row numbers count from 0, exclusive end."""

    layout: SheetLayout
    first: int
    end: int
    places: dict[str, int]
    labels: dict[str, str]
    strangers: int

    @property
    def missing(self) -> tuple[Column, ...]:
        """Columns without which the sheet is not this list."""
        return tuple(column for column in self.layout.needed if column.field not in self.places)

    @property
    def fit(self) -> float:
        """How well the header fits: needed columns weigh double, foreign ones count against."""
        needed = len(self.layout.needed) - len(self.missing)
        absent = len(self.layout.columns) - len(self.places)
        return needed + len(self.places) - 0.3 * self.strangers - 0.1 * absent


@lru_cache(maxsize=20_000)
def normal(label: str) -> str:
    """A heading without spaces, line breaks, stars and colons, half-width."""
    text = unicodedata.normalize("NFKC", label)
    return re.sub(r"[\s*:]+", "", text)


@lru_cache(maxsize=20_000)
def bare(label: str) -> str:
    """A heading without what stands in brackets (units, hints)."""
    return re.sub(r"[(\[【].*?[)\]】]", "", normal(label))


def labels_in(head: pl.DataFrame) -> frozenset[str]:
    """Every text among the first rows of a sheet, as headings are compared."""
    cells = {cell for row in head.rows() for cell in row if cell}
    return frozenset({*map(normal, cells), *map(bare, cells)})


def may_fit(labels: frozenset[str], layout: SheetLayout) -> bool:
    """Whether every needed column has a heading among the labels: a quick no for most lists."""
    known = _known(layout)
    found = {known[label] for label in labels & known.keys()}
    return all(column.field in found for column in layout.needed)


def find(head: pl.DataFrame, layout: SheetLayout) -> Heading:
    """The best place for the header of a layout among the first rows of a sheet."""
    rows = [[cell.strip() if cell else "" for cell in row] for row in head.rows()]
    known = _known(layout)
    best = Heading(layout, 0, 1, {}, {}, 0)
    for first, depth in _windows(rows):
        found = _match(rows[first : first + depth], first, layout, known)
        if (len(found.places), -depth) > (len(best.places), best.first - best.end):
            best = found
    return best


def _windows(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Where a header may lie: its first row, and how many rows it has."""
    filled = [sum(map(bool, row)) > 1 for row in rows]
    for first in range(len(rows)):
        for depth in range(1, min(_DEEPEST, len(rows) - first) + 1):
            if filled[first] and filled[first + depth - 1]:
                yield first, depth


def _match(
    window: Sequence[Sequence[str]], first: int, layout: SheetLayout, known: dict[str, str]
) -> Heading:
    """Which columns of the layout stand where, if the window is the header."""
    places: dict[str, int] = {}
    labels: dict[str, str] = {}
    strangers = 0
    for place in range(len(window[0])):
        label = next((row[place] for row in reversed(window) if row[place]), None)
        if label is None:
            continue
        field = known.get(normal(label)) or known.get(bare(label))
        if field is None:
            strangers += 1
        elif field not in places:
            places[field] = place
            labels[field] = label
    return Heading(layout, first, first + len(window), places, labels, strangers)


def _known(layout: SheetLayout) -> dict[str, str]:
    """Normal and bare headings → field; an exact heading wins over a bare one."""
    return _headings(tuple((column.field, column.headings) for column in layout.columns))


@lru_cache(maxsize=256)
def _headings(columns: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for field, headings in columns:
        for heading in headings:
            known.setdefault(normal(heading), field)
    for field, headings in columns:
        known.setdefault(bare(headings[0]), field)
    return known
