"""Where the cells of a docx table stand, once joined ones are counted as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from anju.papers.typesetting.styles import is_on, points, value

_TR, _TC, _TBL = qn("w:tr"), qn("w:tc"), qn("w:tbl")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and how many columns and rows it covers."""

    element: Any
    row: int
    column: int
    colspan: int
    rowspan: int


def rows_of(table: Any) -> list[Any]:
    """The rows of a table, not those of tables in its cells."""
    return [row for row in table.iter(_TR) if next(row.iterancestors(_TBL)) is table]


def cells_of(table: Any) -> Iterator[Cell]:
    """The cells from the left, row by row; what is covered from above is left out."""
    placed = [_placed(row) for row in rows_of(table)]
    for number, cells in enumerate(placed):
        for column, (element, colspan) in cells.items():
            if _merge(element) == "continue" and number:
                continue
            below = placed[number + 1 :]
            yield Cell(element, number, column, colspan, 1 + _covered(below, column))


def column_widths(table: Any) -> list[float]:
    """The widths of the columns in points; equal ones where the grid says none."""
    columns = table.find(qn("w:tblGrid"))
    widths = [] if columns is None else [points(each, "w:w") or 0 for each in columns]
    counted = max(
        (sum(span for _, span in _placed(row).values()) for row in rows_of(table)), default=1
    )
    if len(widths) != counted or not all(width > 0 for width in widths):
        return [1.0] * counted
    return widths


def height_of(row: Any) -> float:
    """The least height of a row in points; 0 where it is as high as its text."""
    properties = row.find(qn("w:trPr"))
    return 0.0 if properties is None else points(properties.find(qn("w:trHeight")), "w:val") or 0.0


def heads_of(table: Any) -> int:
    """How many rows at the top are repeated on every page."""
    counted = 0
    for row in rows_of(table):
        properties = row.find(qn("w:trPr"))
        if properties is None or not is_on(properties.find(qn("w:tblHeader"))):
            break
        counted += 1
    return counted


def is_kept_together(table: Any) -> bool:
    """Whether every row says that it stays with what follows, as Word keeps a table on one page."""
    kept = [row.find(f".//{qn('w:keepNext')}") for row in rows_of(table)]
    return bool(kept) and all(is_on(each) for each in kept)


def _placed(row: Any) -> dict[int, tuple[Any, int]]:
    """Column → cell and how many columns it covers."""
    properties = row.find(qn("w:trPr"))
    before = None if properties is None else properties.find(qn("w:gridBefore"))
    column = int(value(before) or 0)
    placed = {}
    for cell in row.iter(_TC):
        if next(cell.iterancestors(_TR)) is not row:
            continue
        said = cell.find(qn("w:tcPr"))
        span = int(value(None if said is None else said.find(qn("w:gridSpan"))) or 1)
        placed[column] = (cell, span)
        column += span
    return placed


def _merge(cell: Any) -> str:
    """`restart` begins a cell over several rows, `continue` is covered by it."""
    properties = cell.find(qn("w:tcPr"))
    merge = None if properties is None else properties.find(qn("w:vMerge"))
    return "" if merge is None else value(merge) or "continue"


def _covered(below: list[dict[int, tuple[Any, int]]], column: int) -> int:
    """How many of the next rows go on with the cell above."""
    counted = 0
    for cells in below:
        if column not in cells or _merge(cells[column][0]) != "continue":
            break
        counted += 1
    return counted
