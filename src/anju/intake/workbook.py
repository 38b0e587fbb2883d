"""Opening a workbook safely: every cell as text, with the sheet's own row numbers.

Types are never inferred: inference turns late text into nothing without a word. A merged cell is
what its first cell says: over the whole range in headers, downwards below them. A formula that
failed is text, so that it is refused and not taken for an empty cell.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import fastexcel
import polars as pl
from python_calamine import CalamineWorkbook

from anju.intake import delimited, packing
from anju.intake.packing import Inspected, Marks, Range

FAILED_FORMULA = "#公式错误"
_HEADER_ROWS = 15
_TEXT_SHEET = "文本"
_MOST_FILLED = 3_000_000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class SheetText:
    """A sheet: column `i` is `c<i>`; the row number of line `n` is `n + 1`."""

    name: str
    cells: pl.DataFrame


class Workbook:
    """A workbook, or a csv file as one of a single sheet, that could be opened."""

    def __init__(self, content: bytes, file_name: str, *, largest: int) -> None:
        """Refused with `FileRefused`: too large, no list, protected, with macros, damaged."""
        self.file_name = file_name
        self._sheets: dict[str, SheetText] = {}
        self._inspected = packing.inspect(content, file_name, largest=largest)
        if self._inspected.is_text:
            cells = delimited.read(content, file_name)
            self._sheets[_TEXT_SHEET] = SheetText(_TEXT_SHEET, cells)
            return
        self._reader = self._guarded(lambda: fastexcel.read_excel(content))
        if self._inspected.is_old:
            self._guarded(lambda: _add_old_merges(content, self._inspected))

    @property
    def sheet_names(self) -> list[str]:
        """Every sheet, in the order of the file."""
        if self._inspected.is_text:
            return list(self._sheets)
        return list(self._reader.sheet_names)

    def sheet(self, name: str) -> SheetText:
        """A sheet, read once: unpacking it is most of the work, also for the first rows."""
        if name not in self._sheets:
            cells = self._guarded(lambda: self._load(name, "string"))
            marks = self._inspected.marks.get(name, Marks())
            self._sheets[name] = SheetText(name, _filled(cells, marks))
        return self._sheets[name]

    def merged(self, name: str) -> list[Range]:
        """The merged ranges of a sheet: first row, first column, last row, last column, from 0."""
        return self._inspected.marks.get(name, Marks()).merged

    def number_cells(self, name: str, column: str) -> pl.Series:
        """For each row, whether the cell is a number and not text (column as in `SheetText`)."""
        rows = self.sheet(name).cells
        if not self._inspected.has_long_numbers or column not in rows.columns:
            return pl.repeat(False, rows.height, dtype=pl.Boolean, eager=True)
        # Asked for as yes or no, a number gives an answer and a text gives none.
        flags = self._guarded(lambda: self._load(name, "boolean", int(column[1:])))
        return flags[column].is_not_null()

    def _load(self, name: str, dtype: str, only: int | None = None) -> pl.DataFrame:
        sheet = self._reader.load_sheet(
            name,
            header_row=None,
            skip_rows=0,
            dtypes=dtype,
            use_columns=None if only is None else [only],
        )
        frame = sheet.to_polars()
        places = range(frame.width) if only is None else [only]
        return frame.rename(
            {old: f"c{place}" for place, old in zip(places, frame.columns, strict=True)}
        )

    def _guarded(self, read: Callable[[], _T]) -> _T:
        """A reader meets bytes that nobody thought of: whatever goes wrong is a damaged file."""
        try:
            return read()
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:  # a panic of the reader is no Exception
            if "password" in str(error).lower():
                raise packing.protected(self.file_name) from None
            raise packing.broken(self.file_name) from None


def _add_old_merges(content: bytes, inspected: Inspected) -> None:
    """The merged ranges of an old workbook, which only its reader can find."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        ranges = book.get_sheet_by_name(name).merged_cell_ranges or []
        merged = [(*start, *end) for start, end in ranges]
        inspected.marks[name] = Marks(merged=merged)


def _filled(cells: pl.DataFrame, marks: Marks) -> pl.DataFrame:
    """The sheet with merged cells filled and failed formulas marked."""
    changes: dict[int, list[tuple[int, str]]] = {}
    filled = 0
    for first_row, first, last_row, last in marks.merged:
        if first >= cells.width or first_row >= cells.height or filled > _MOST_FILLED:
            continue
        text = cells[first_row, first]
        if text:
            covered = _covered((first_row, first, last_row, last), cells)
            filled += len(covered)
            for row, column in covered:
                changes.setdefault(column, []).append((row, text))
    for row, column in marks.failed:
        if row < cells.height and column < cells.width:
            changes.setdefault(column, []).append((row, FAILED_FORMULA))
    changed = []
    for column, values in changes.items():
        texts = cells[f"c{column}"].to_list()
        for row, text in values:
            texts[row] = text
        changed.append(pl.Series(f"c{column}", texts, dtype=pl.String))
    return cells.with_columns(changed)


def _covered(merged: Range, cells: pl.DataFrame) -> list[tuple[int, int]]:
    """The cells that say what the first cell of a merged range says."""
    first_row, first, last_row, last = merged
    last_row = min(last_row, cells.height - 1)
    last = min(last, cells.width - 1) if first_row < _HEADER_ROWS else first
    return [
        (row, column) for row in range(first_row, last_row + 1) for column in range(first, last + 1)
    ]
