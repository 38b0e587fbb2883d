"""The tables of the figures as a workbook, a sheet each."""

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from anju.web.casework.figure_tables import Table, Unit, Value

_FORMATS: Mapping[Unit, str] = {
    Unit.COUNT: "#,##0",
    Unit.DAYS: "#,##0",
    Unit.SHARE: "0.0%",
    Unit.MONEY: "#,##0.00",
}


def write(file: BinaryIO, tables: Sequence[Table], said: str) -> None:
    """Write all tables; `said` (who made it, of what time) heads each sheet and printed page."""
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "bg_color": "#E9EEF5", "border": 1, "text_wrap": True})
    quiet = book.add_format({"font_color": "#5B6573", "italic": True})
    formats = {unit: book.add_format({"num_format": text}) for unit, text in _FORMATS.items()}
    for table in tables:
        sheet = book.add_worksheet(table.title)
        sheet.set_header("&L" + said.replace("&", "&&"))
        sheet.set_footer("&R&P / &N")
        sheet.write_string(0, 0, said, quiet)
        sheet.write_string(1, 0, table.note, quiet)
        for place, heading in enumerate(table.headings):
            sheet.set_column(place, place, 28 if heading.unit == Unit.TEXT else 14)
            sheet.write_string(2, place, heading.with_unit, head)
        for number, row in enumerate(table.values, start=3):
            for place, value in enumerate(row):
                _write(sheet, number, place, value, table.headings[place].unit, formats)
        sheet.freeze_panes(3, 1)
    book.close()


def _write(
    sheet: Any, row: int, place: int, value: Value, unit: Unit, formats: Mapping[Unit, Any]
) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif value is not None:
        number = value / 100 if unit == Unit.MONEY else value
        sheet.write_number(row, place, number, formats[unit])
