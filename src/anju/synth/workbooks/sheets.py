"""Writes workbooks: XlsxWriter lays out titles, headers and notes, rows are put in as one text.

XlsxWriter writes some 70 000 cells a second; a county of 20 000 households has four million. So it
writes the frame and the first row of each sheet, and the remaining rows, whose cells are all text in the
style of the first, are built in columns and put into the sheet's XML in the place of that row.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from anju.synth.workbooks.layouts import Layout

MOST_ROWS = 1_000_000
_LINE, _HEADER = 1, 2
_PIECE = 10_000
_STAMP = (1980, 1, 1, 0, 0, 0)
_WIDE = {
    "证件号码": 22,
    "户编号": 19,
    "人编号": 21,
    "残疾人证号": 24,
    "所属网格": 18,
    "网格编码": 18,
}


@dataclass(frozen=True)
class Sheet:
    """A layout with its rows (all text, columns named by the lowest headings) and its second line."""

    layout: Layout
    rows: pa.Table
    line: str
    place: str
    """Name of the county, before the title."""


def write(path: Path, sheets: Sequence[Sheet], created: datetime) -> int:
    """Writes one workbook and returns its number of data rows.

    Raises ValueError when a sheet has more rows than a workbook can hold.
    """
    for sheet in sheets:
        if sheet.rows.num_rows > MOST_ROWS:
            raise ValueError(f"{path.name}: {sheet.rows.num_rows} rows do not fit into one sheet")
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"author": "", "created": created, "company": ""})
    formats = _formats(book)
    for sheet in sheets:
        _frame(book.add_worksheet(sheet.layout.sheet), sheet, formats)
    book.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    _fill(buffer, path, sheets)
    return sum(sheet.rows.num_rows for sheet in sheets)


def _formats(book: xlsxwriter.Workbook) -> dict[str, xlsxwriter.format.Format]:
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "line": book.add_format({"font_size": 10, "align": "left"}),
        "header": book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        ),
        "cell": book.add_format({"num_format": "@", "border": 1}),
        "note": book.add_format({"font_size": 10}),
    }


def _frame(
    page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, formats: dict[str, xlsxwriter.format.Format]
) -> None:
    layout = sheet.layout
    last = len(layout.columns) - 1
    page.merge_range(0, 0, 0, last, sheet.place + layout.title, formats["title"])
    page.merge_range(_LINE, 0, _LINE, last, sheet.line, formats["line"])
    _header(page, layout, formats["header"])
    begin = _HEADER + layout.header_rows
    for column in range(last + 1):
        heading = layout.headings[column]
        page.set_column(column, column, _WIDE.get(heading, 6 if heading == "序号" else 13))
        if sheet.rows.num_rows:
            page.write_string(begin, column, "*", formats["cell"])
    page.freeze_panes(begin, 0)
    foot = begin + sheet.rows.num_rows + 1
    page.write_string(foot, 0, f"注：{layout.note}", formats["note"])
    page.write_string(foot + 1, 0, "填表人：　　　　审核人：", formats["note"])


def _header(
    page: xlsxwriter.worksheet.Worksheet, layout: Layout, style: xlsxwriter.format.Format
) -> None:
    """Groups run over their columns, headings down to the last row of the header."""
    bottom = _HEADER + layout.header_rows - 1
    for level in range(layout.header_rows):
        column = 0
        while column < len(layout.columns):
            path = layout.columns[column]
            end = column
            if level < len(path) - 1:
                while end + 1 < len(layout.columns) and _same(layout.columns[end + 1], path, level):
                    end += 1
                _cells(page, (_HEADER + level, column, _HEADER + level, end), path[level], style)
            elif level == len(path) - 1:
                _cells(page, (_HEADER + level, column, bottom, column), path[level], style)
            column = end + 1


def _same(path: tuple[str, ...], other: tuple[str, ...], level: int) -> bool:
    return len(path) > level + 1 and path[: level + 1] == other[: level + 1]


def _cells(
    page: xlsxwriter.worksheet.Worksheet,
    area: tuple[int, int, int, int],
    text: str,
    style: xlsxwriter.format.Format,
) -> None:
    if area[:2] == area[2:]:
        page.write_string(area[0], area[1], text, style)
    else:
        page.merge_range(*area, text, style)


def _fill(buffer: io.BytesIO, path: Path, sheets: Sequence[Sheet]) -> None:
    """Copies the workbook, putting the rows in the place of each sheet's first one."""
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", compresslevel=1) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            content = source.read(name).decode()
            parts = (
                _parts(content, sheets[int(found[1]) - 1]) if found else iter((content.encode(),))
            )
            with target.open(entry, "w", force_zip64=True) as out:
                for part in parts:
                    out.write(part)


def _parts(xml: str, sheet: Sheet) -> Iterator[bytes]:
    """The XML of a sheet, in pieces small enough to be kept in memory."""
    first = _HEADER + sheet.layout.header_rows + 1
    row = re.search(rf'<row r="{first}"[^>]*>.*?</row>', xml)
    if not sheet.rows.num_rows or row is None:
        yield xml.encode()
        return
    style = re.search(r' s="(\d+)"', row[0])
    yield xml[: row.start()].encode()
    for offset in range(0, sheet.rows.num_rows, _PIECE):
        yield _rows(sheet, offset, first + offset, style[1] if style else "0")
    yield xml[row.end() :].encode()


def _rows(sheet: Sheet, offset: int, first: int, style: str) -> bytes:
    """XML of some rows. Cells that may be blank are put together first, so that blanks vanish."""
    rows = sheet.rows.slice(offset, _PIECE).combine_chunks()
    number = _counted(first, rows.num_rows)
    parts: list[pa.Array | str] = ['<row r="', number, '">']
    for index, heading in enumerate(sheet.layout.headings):
        head = f'<c r="{xl_col_to_name(index)}'
        body = f'" s="{style}" t="inlineStr"><is><t>'
        if heading == "序号":
            value = _counted(offset + 1, rows.num_rows)
        else:
            value = _escaped(rows.column(heading).combine_chunks())
        if value.null_count == rows.num_rows:
            continue
        cell = [head, number, body, value, "</t></is></c>"]
        parts += [pc.binary_join_element_wise(*cell, "")] if value.null_count else cell
    made = pc.binary_join_element_wise(*_merged([*parts, "</row>"]), "", null_handling="skip")
    return bytes(made.buffers()[2])


def _merged(parts: list[pa.Array | str]) -> list[pa.Array | str]:
    """Neighbouring constants as one."""
    made: list[pa.Array | str] = []
    for part in parts:
        if made and isinstance(part, str) and isinstance(made[-1], str):
            made[-1] += part
        else:
            made.append(part)
    return made


def _counted(first: int, size: int) -> pa.Array:
    return pa.array(range(first, first + size), pa.int64()).cast(pa.string())


def _escaped(cells: pa.Array) -> pa.Array:
    if not pc.any(pc.match_substring_regex(cells, "[&<]")).as_py():
        return cells
    plain = pc.replace_substring(cells, "&", "&amp;")
    return pc.replace_substring(plain, "<", "&lt;")
