"""Finding the header of a sheet by its labels, and telling which list a file is.

Real files have title rows, headers of one to three rows with merged cells, columns in any order and
headings that differ a little. A column's heading is its lowest non-empty header cell; where several
columns have the same, the one above it tells them apart (收入›金额, 支出›金额).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from anju.intake.columns import Column
from anju.intake.layout import SheetLayout

SEARCHED_ROWS = 15
_DEEPEST = 3
ABOVE = "›"


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the header of a layout lies in a sheet. Row numbers count from 0, exclusive end.

    `names`: every heading there is, by column; `places`, `labels`: those of the layout, by field.
    """

    layout: SheetLayout
    first: int
    end: int
    places: dict[str, int]
    labels: dict[str, str]
    names: dict[int, str]

    @property
    def strangers(self) -> int:
        """How many headings are none of the layout's."""
        return len(self.names) - len(self.places)

    @property
    def missing(self) -> tuple[Column, ...]:
        """Columns without which the sheet is not this list."""
        return self.layout.lacking(self.places)

    @property
    def fit(self) -> float:
        """How well the header fits: needed columns weigh double, foreign ones count against."""
        own = [column.field for column in self.layout.columns if not column.witness]
        needed = len(self.layout.needed) - len(self.missing)
        there = sum(field in self.places for field in own)
        absent = len(own) - there
        return needed + there - 0.3 * (len(self.names) - there) - 0.1 * absent


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
    found = {known[label][0] for label in labels & known.keys()}
    return not layout.lacking(found)


def find(head: pl.DataFrame, layout: SheetLayout) -> Heading:
    """The best place for the header of a layout among the first rows of a sheet."""
    rows = texts(head)
    best = Heading(layout, 0, 1, {}, {}, {})
    for first, depth in windows(rows):
        found = match(names(rows, first, first + depth), (first, first + depth), layout)
        if (len(found.places), -depth) > (len(best.places), best.first - best.end):
            best = found
    return best


def texts(head: pl.DataFrame) -> list[list[str]]:
    """The first rows of a sheet, trimmed; empty text where there is nothing."""
    return [[cell.strip() if cell else "" for cell in row] for row in head.rows()]


def windows(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Where a header may lie: its first row, and how many rows it has."""
    filled = [len({cell for cell in row if cell}) > 1 for row in rows]
    for first in range(len(rows)):
        for depth in range(1, min(_DEEPEST, len(rows) - first) + 1):
            if filled[first] and filled[first + depth - 1]:
                yield first, depth


def names(rows: Sequence[Sequence[str]], first: int, end: int) -> dict[int, str]:
    """The heading of every column if the header lies there, told apart by what stands above."""
    lowest = {
        place: label
        for place in range(len(rows[first]) if rows else 0)
        if (label := next((row[place] for row in reversed(rows[first:end]) if row[place]), ""))
    }
    count = Counter(lowest.values())
    return {
        place: label if count[label] == 1 else _told_apart(rows[:end], place, label)
        for place, label in lowest.items()
    }


def _told_apart(rows: Sequence[Sequence[str]], place: int, label: str) -> str:
    """The heading with the one above it, where there is one of fewer columns than the sheet."""
    for row in reversed(rows):
        above = row[place]
        if above and above != label and row.count(above) < len(row):
            return f"{above}{ABOVE}{label}"
    return label


def match(
    named: dict[int, str],
    rows: tuple[int, int],
    layout: SheetLayout,
    said: Mapping[str, str] | None = None,
) -> Heading:
    """Which columns of the layout stand where, if these are the headings in those rows.

    Of several columns for one field the one counts whose heading is declared first: beside 人联系电话
    the 户联系电话 is not the person's own. `said`: field → heading, by a person: then nothing else is
    read.
    """
    if said is None:
        known = _known(layout)
    else:
        known = {normal(heading): (field, 0) for field, heading in said.items()}
    places: dict[str, int] = {}
    labels: dict[str, str] = {}
    ranks: dict[str, int] = {}
    for place, label in named.items():
        last = label.rsplit(ABOVE, 1)[-1]
        found = known.get(normal(label))
        if found is None and said is None:
            found = known.get(normal(last)) or known.get(bare(last))
        if found is None:
            continue
        field, rank = found
        if field not in ranks or rank < ranks[field]:
            places[field], labels[field], ranks[field] = place, last, rank
    return Heading(layout, *rows, places, labels, named)


def _known(layout: SheetLayout) -> dict[str, tuple[str, int]]:
    """Normal and bare headings → field, and as which of its headings; an exact heading wins over a
    bare one."""
    return _headings(tuple((column.field, column.headings) for column in layout.columns))


@lru_cache(maxsize=256)
def _headings(columns: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, tuple[str, int]]:
    known: dict[str, tuple[str, int]] = {}
    for field, headings in columns:
        for rank, heading in enumerate(headings):
            known.setdefault(normal(heading), (field, rank))
    for field, headings in columns:
        known.setdefault(bare(headings[0]), (field, len(headings)))
    return known
