"""Tables that were copied with wide blanks between their cells: rows as lines of cells between bars.

A head says which columns there are; below it each line has as many cells, or its cells stand below their
heads. A line that stands below one head alone goes on with that cell.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from anju.reader.pages import row_of
from anju.reader.table_heads import columns_of, is_number_head

_CELL = re.compile(r"[^\s\u3000]+(?:[ \u3000][^\s\u3000]+)*")
_WIDE = re.compile(r"[ \t\u3000]{2,}\S|\t\S")
_NUMBER = re.compile(r"\d{1,3}[.、]?")
_GROUP = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]")
_NEAR = 3  # columns that a cell may stand beside its head
_FEWEST = 3
_TWO = re.compile(r"[^\x00-\u2E7F]")


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns of a table: what their heads say and where these stand."""

    names: tuple[str, ...]
    places: tuple[int, ...]
    numbered: bool  # whether the numbers have a head of their own


def with_bars(lines: Sequence[str]) -> list[str]:
    """The lines, with bars between the cells of tables that were told apart by wide blanks."""
    said: list[str] = []
    head: _Head | None = None
    row: list[str] | None = None
    for at, line in enumerate(lines):
        cells = _cells(line) if _WIDE.search(line.strip()) or head else []
        found = _head_of(cells, lines[at + 1 :]) if len(cells) >= _FEWEST else None
        if found is not None and head is not None and not found.numbered:
            found = None  # a row that sounds like a head
        if found is not None:
            head, row = found, None
            said.append(row_of(list(found.names)))
            continue
        if head is None or not line.strip():
            said.append(line)
            continue
        placed = _row_under(head, cells)
        if placed is not None:
            row = placed
            said.append(row_of(row))
        elif _GROUP.match(line.strip()):
            row = None
            said.append(line)
        elif row is not None and (column := _goes_on(head, cells)) is not None:
            row[column] += cells[0][1]
            said[-1] = row_of(row)
        else:
            head, row = None, None
            said.append(line)
    return said


def _cells(line: str) -> list[tuple[int, str]]:
    """The cells of a line with the column at which each is printed."""
    return [(_width(line[: match.start()]), match[0]) for match in _CELL.finditer(line)]


def _width(words: str) -> int:
    return len(words) + len(_TWO.findall(words)) + 7 * words.count("\t")


def _head_of(cells: Sequence[tuple[int, str]], below: Sequence[str]) -> _Head | None:
    """The head of a table, if these cells are one; numbers may stand below without a head of theirs."""
    names = [re.sub(r"\s", "", words) for _, words in cells]
    first = next((line for line in below if line.strip() and not _GROUP.match(line.strip())), "")
    inner = _cells(first)
    if len(inner) < 2 or not columns_of([(name, name) for name in names]):
        return None
    places = [place for place, _ in cells]
    numbered = is_number_head(names[0])
    if not numbered and _NUMBER.fullmatch(inner[0][1]):
        names, places = ["序号", *names], [inner[0][0], *places]
    return _Head(tuple(names), tuple(places), numbered)


def _row_under(head: _Head, cells: Sequence[tuple[int, str]]) -> list[str] | None:
    """The cells of a row below their heads; None where these are no row."""
    words = [each for _, each in cells]
    if len(cells) == len(head.names):
        return words
    if len(cells) < 2 or not _NUMBER.fullmatch(words[0]):
        return None
    row = [""] * len(head.names)
    for place, each in cells:
        column = min(range(len(row)), key=lambda n: abs(head.places[n] - place))
        if row[column] or abs(head.places[column] - place) > _NEAR:
            return None
        row[column] = each
    return row


def _goes_on(head: _Head, cells: Sequence[tuple[int, str]]) -> int | None:
    """The column of a cell that alone stands in its line, below its head."""
    if len(cells) != 1 or "。" in cells[0][1][:-1]:
        return None
    place = cells[0][0]
    column = min(range(1, len(head.places)), key=lambda n: abs(head.places[n] - place))
    return column if abs(head.places[column] - place) <= _NEAR else None
