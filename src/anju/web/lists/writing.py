"""The rows of a list as a file: a workbook or CSV, with a line that says who answers for the copy."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anju.accounts.viewer import Viewer
from anju.audit.rows import Digest
from anju.exports.cells import plain_text
from anju.web import lights, words
from anju.web.lists.declaration import Column, Kind, Rows
from anju.web.lists.open_formats import write_open
from anju.web.lists.state import State

_CHUNK = 2_000
_HEADER_LENGTH = 200
_SHEET_NAME_LENGTH = 31
Cell = str | int | float | date | datetime


@dataclass(frozen=True)
class Format:
    """A kind of file: its ending, its type, and what writes it."""

    id: str
    content_type: str
    write: Callable[[BinaryIO, State, Rows, str], dict[str, Any]]


def mark(viewer: Viewer, now: datetime, total: int, asked: State) -> str:
    """The line that says who took it out and when."""
    register = asked.register
    return _(
        "%(title)s　共 %(total)s %(noun)s　导出人：%(name)s（%(username)s）　时间：%(now)s　"
        "仅限工作使用，不得外传"
    ) % {
        "title": register.title,
        "total": f"{total:,}",
        "noun": register.noun,
        "name": viewer.name,
        "username": viewer.username,
        "now": f"{now:%Y-%m-%d %H:%M}",
    }


def _sheet_name(asked: State) -> str:
    """What the list is called, without the signs that spreadsheet programs refuse in a sheet's name."""
    title = re.sub(r"[\[\]:*?/\\']", " ", str(asked.register.title)).strip()
    return title[:_SHEET_NAME_LENGTH]


def write_workbook(file: BinaryIO, asked: State, rows: Rows, said: str) -> dict[str, Any]:
    """Write a workbook; the number and digest of its rows. The mark stands in the first line and
    at the head of every printed page."""
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet(_sheet_name(asked))
    formats = {
        Kind.MONEY: book.add_format({"num_format": "#,##0.00"}),
        Kind.NUMBER: book.add_format({"num_format": "#,##0"}),
        Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
        Kind.MOMENT: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    head = book.add_format({"bold": True, "bg_color": "#E9EEF5", "border": 1, "text_wrap": True})
    quiet = book.add_format({"font_color": "#5B6573", "italic": True})
    sheet.set_header("&L" + said.replace("&", "&&")[:_HEADER_LENGTH])
    sheet.set_footer("&R&P / &N")
    sheet.write_string(0, 0, said, quiet)
    for place, column in enumerate(asked.columns):
        sheet.set_column(place, place, 20 if column.kind in (Kind.TEXT, Kind.CODE) else 14)
        sheet.write_string(1, place, heading(column), head)
    sheet.repeat_rows(0, 1)
    sheet.freeze_panes(2, 0)
    digest = Digest()
    for number, values in enumerate(_cells(rows, asked), start=2):
        digest.add(values)
        for place, value in enumerate(values):
            form = formats.get(asked.columns[place].kind)
            if isinstance(value, (date, datetime)):
                sheet.write_datetime(number, place, value, form)
            elif isinstance(value, (int, float)):
                sheet.write_number(number, place, value, form)
            else:
                sheet.write_string(number, place, value)
    book.close()
    return digest.summary()


def write_csv(file: BinaryIO, asked: State, rows: Rows, said: str) -> dict[str, Any]:
    """Write CSV in UTF-8 with its mark, as spreadsheet programs take it; number and digest."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow([plain_text(said)])
    lines.writerow([heading(column) for column in asked.columns])
    digest = Digest()
    for values in _cells(rows, asked):
        digest.add(values)
        lines.writerow(
            [each.isoformat(" ") if isinstance(each, datetime) else each for each in values]
        )
    text.detach()
    return digest.summary()


FORMATS = {
    each.id: each
    for each in (
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write_workbook,
        ),
        Format("csv", "text/csv; charset=utf-8", write_csv),
        Format("zip", "application/zip", write_open),
    )
}


def heading(column: Column) -> str:
    """The title of a column with its unit."""
    return f"{column.title}（{column.unit}）" if column.unit else str(column.title)


def cell(column: Column, row: Any) -> Cell:
    """One value as a file keeps it; text never begins like a formula."""
    value = column.value(row)
    if value is None:
        return str(words.UNKNOWN)
    if column.kind is Kind.MONEY:
        return value / 100
    if column.kind is Kind.YES_NO:
        return pgettext("answer", "是") if value else pgettext("answer", "否")
    if column.kind is Kind.LEVEL:
        return str(words.level(value)) if value else str(words.NONE)
    if column.kind is Kind.LIGHT and value:
        return str(lights.WORDS[value])
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, (int, float, date)) and not isinstance(value, bool):
        return value
    return plain_text(str(value)) if str(value) else str(words.NONE)


def _cells(rows: Rows, asked: State) -> Iterator[list[Cell]]:
    """The values of each row, read in chunks, each with what its columns need."""
    source = rows.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(source, _CHUNK)):
        if asked.register.prepare is not None:
            asked.register.prepare(chunk, asked.ask)
        for row in chunk:
            yield [cell(column, row) for column in asked.columns]
