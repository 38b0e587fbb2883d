"""Finding the header of a sheet by its labels, and telling which list a file is.

Real files have title rows, headers of one to three rows with merged cells, columns in any order and
headings that differ a little. A column's heading is its lowest non-empty header cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

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


def normal(label: str) -> str:
    """A heading without spaces, line breaks, stars and colons, half-width."""
    text = unicodedata.normalize("NFKC", label)
    return re.sub(r"[\s*:]+", "", text)


def bare(label: str) -> str:
    """A heading without what stands in brackets (units, hints)."""
    return re.sub(r"[(\[【].*?[)\]】]", "", normal(label))


def find(head: pl.DataFrame, layout: SheetLayout) -> Heading:
    """The best place for the header of a layout among the first rows of a sheet."""
    rows = [[cell or "" for cell in row] for row in head.rows()]
    best = Heading(layout, 0, 1, {}, {}, 0)
    for first in range(len(rows)):
        for depth in range(1, _DEEPEST + 1):
            if first + depth > len(rows):
                break
            found = _match(rows[first : first + depth], first, layout)
            if (len(found.places), -depth) > (len(best.places), best.first - best.end):
                best = found
    return best


def _match(window: Sequence[Sequence[str]], first: int, layout: SheetLayout) -> Heading:
    places: dict[str, int] = {}
    labels: dict[str, str] = {}
    strangers = 0
    known = _known(layout)
    for place in range(len(window[0])):
        above = [row[place] for row in window if row[place].strip()]
        if not above:
            continue
        label = above[-1]
        field = next((known[text] for text in (normal(label), bare(label)) if text in known), None)
        if field is None:
            strangers += 1
        elif field not in places:
            places[field] = place
            labels[field] = label.strip()
    return Heading(layout, first, first + len(window), places, labels, strangers)


def _known(layout: SheetLayout) -> dict[str, str]:
    """Normal and bare headings → field; the first declared column wins a bare one."""
    known: dict[str, str] = {}
    for column in layout.columns:
        for heading in column.headings:
            known.setdefault(normal(heading), column.field)
    for column in layout.columns:
        known.setdefault(bare(column.label), column.field)
    return known
