"""Cells on a sheet, with what is merged and hidden, and writing them as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date

import xlsxwriter

Value = str | float | date
Place = tuple[int, int]


@dataclass(slots=True)
class Grid:
    """A sheet. Rows and columns count from 0. `data`: the rows that are data, in order."""

    name: str = "名单"
    cells: dict[Place, Value] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    failed: set[Place] = field(default_factory=set)
    data: list[int] = field(default_factory=list)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return 1 + max((row for row, _ in self.cells), default=-1)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return 1 + max((column for _, column in self.cells), default=-1)


def xlsx(*grids: Grid) -> bytes:
    """The sheets as a workbook."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for grid in grids:
        sheet = book.add_worksheet(grid.name)
        for (row, column), value in grid.cells.items():
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            else:
                sheet.write_number(row, column, value)
        for row, column in grid.failed:
            sheet.write_formula(row, column, "=NA()", None, "#N/A")
        for first_row, first, last_row, last in grid.merged:
            value = grid.cells.get((first_row, first), "")
            sheet.merge_range(first_row, first, last_row, last, value)
        for row in grid.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in grid.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
    book.close()
    return file.getvalue()


def text(grid: Grid, *, encoding: str = "utf-8", separator: str = ",") -> bytes:
    """The sheet as delimited text. What is merged stands in its first cell, as Excel saves it."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    for row in range(grid.height):
        writer.writerow(_plain(grid.cells.get((row, column), "")) for column in range(grid.width))
    return stream.getvalue().encode(encoding)


def _plain(value: Value) -> str:
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
