"""Tables of tasks: a head that says which column holds the offices, and rows below it.

A row stands in one line, its cells between bars, or in as many lines as it has cells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from anju.reader.numbered_cells import head_over_words, rows_below
from anju.reader.shadow import Line
from anju.reader.stacked import stacked_head, stacked_rows
from anju.reader.table_heads import Column, head_of, with_sums
from anju.reader.zones import Zone

_MOST_HEADS = 3
_UNIT_IN_WORDS = re.compile(r"\(([^()\d]{1,6})\)$")
_UNIT_ABOVE = re.compile(r"(?:^|[( ])(?:金额|资金|计量)?单位: *([万亿]?元)\)?$")
_LONGEST_NUMBER = 14
_SAID = re.compile(r"[0-9A-Za-z一-鿿]")


#: A number whose unit stands elsewhere: ≥95, 1,200以上.
BARE_NUMBER = re.compile(
    r"(?:[≥≤><＞＜约] *|不[低少]于|不[超高]过?于?)?(\d[\d,]*(?:\.\d+)?) *(?:及?以[上内下])?$"
)


def is_bare_number(text: str) -> bool:
    """Whether a cell holds a number and no unit."""
    return bool(BARE_NUMBER.match(text))


@dataclass(frozen=True, slots=True)
class Value:
    """A cell that holds a number: its year and unit where the head or another column says them."""

    start: int
    end: int
    unit: str
    year: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number, where its words begin and it ends, its offices and its time."""

    number: str
    start: int
    words: int
    end: int
    zones: tuple[Zone, ...]
    when: tuple[tuple[int, int], ...]
    idle: tuple[tuple[int, int], ...]
    values: tuple[Value, ...] = ()  # what is to be reached
    sums: tuple[Value, ...] = ()  # what is paid


def rows_of(lines: Sequence[Line]) -> dict[int, tuple[Row, int]]:
    """Rows by the place of their first line, each with the place of the line after it."""
    found: dict[int, tuple[Row, int]] = {}
    columns: list[Column] = []
    number = ""
    at = row_before = 0
    while at < len(lines):
        if "|" in lines[at].text:
            head, count = _head_at(lines, at)
            if head:
                head = with_sums(head, unit) if (unit := _unit_above(lines, at)) else head
                number = number if head == columns and row_before == at else ""
                columns, at = head, at + count
                continue
            cells = list(_between_bars(lines[at]))
            if columns and sum(bool(_SAID.search(text)) for _, _, text in cells) > 1:
                row = _row(lines[at].start, cells, columns, number)
                if row is not None:
                    number = row.number
                    found[at] = (row, at + 1)
                    row_before = at + 1
            at += 1
            continue
        stacked = stacked_head(lines, at)
        if stacked is not None:
            columns_of_lines, begin = stacked
            for first, last, cells in stacked_rows(lines, begin, columns_of_lines):
                row = _row(lines[first].start, cells, columns_of_lines, "")
                if row is not None:
                    found[first] = (row, last)
                at = max(at, last)
            at = max(at, begin)
            continue
        over = head_over_words(lines, at)
        if over is not None:
            columns_of_words, begin = over
            for first, last, cells in rows_below(lines, begin, columns_of_words):
                row = _row(lines[first].start, cells, columns_of_words, "")
                if row is not None:
                    found[first] = (row, last)
                at = max(at, last)
            at = max(at, begin)
            continue
        at += 1
    return found


def _unit_above(lines: Sequence[Line], at: int) -> str:
    """(单位:万元) in one of the two lines above the head of a table."""
    for line in lines[max(0, at - 2) : at]:
        found = _UNIT_ABOVE.search(line.text)
        if found:
            return found[1]
    return ""


def _head_at(lines: Sequence[Line], at: int) -> tuple[list[Column], int]:
    """The head of a table that begins with this line, and how many lines it takes."""
    rows = []
    for line in lines[at : at + _MOST_HEADS]:
        if "|" not in line.text:
            break
        rows.append([cell.strip() for cell in line.text.split("|")])
    return head_of(rows)


def _between_bars(line: Line) -> Iterator[tuple[int, int, str]]:
    """The cells of a line, with their places."""
    at = 0
    for piece in line.text.split("|"):
        text = piece.strip()
        start = line.start + at + (piece.index(text[0]) if text else 0)
        yield start, start + len(text), text
        at += len(piece) + 1


def _row(
    start: int, cells: Sequence[tuple[int, int, str]], columns: Sequence[Column], before: str
) -> Row | None:
    """A row of cells under their heads; None where no cell holds words.

    `before` is the number of the row before; where the number reaches down, it is that of this one.
    """
    number, zones, when, idle = "", [], [], []
    values: list[Value] = []
    sums: list[Value] = []
    words, unit = 0, ""
    for (first, last, text), column in zip(cells, columns, strict=False):
        if not text:
            continue
        match column.kind:
            case "number":
                number = text.strip(".、() ")[:_LONGEST_NUMBER]
                idle.append((first, last))
            case "offices" if column.role is not None:
                zones.append(Zone(column.role, first, last))
            case "when":
                when.append((first, last))
            case "value" if column.year or is_bare_number(text):
                values.append(Value(first, last, column.unit, column.year))
            case "money":
                sums.append(Value(first, last, column.unit, what=column.head))
            case "unit":
                unit = text
                idle.append((first, last))
            case "idle":
                idle.append((first, last))
            case _:
                words = words or first
                bracket = _UNIT_IN_WORDS.search(text)
                unit = unit or (bracket[1] if bracket else "")
    if not words or not (zones or when):
        return None  # a line between the rows that names their kind
    if not number:
        counted = any(column.kind == "number" for column in columns)
        number = before if counted and before else str(int(before or 0) + 1)
    told = tuple(each if each.unit else replace(each, unit=unit) for each in values)
    apart = (tuple(zones), tuple(when), tuple(idle), told, tuple(sums))
    return Row(number, start, words, cells[-1][1], *apart)
