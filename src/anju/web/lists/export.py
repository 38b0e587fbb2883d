"""A filtered list as a workbook: masked, marked with who took it out and when, audited."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anju.audit.actions import record
from anju.web import words
from anju.web.lists.declaration import Column, Kind, Rows
from anju.web.lists.state import State

ROW_LIMIT = 100_000
_CHUNK = 2_000
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def workbook(request: HttpRequest, asked: State) -> HttpResponseBase:
    """What is filtered, with the chosen columns, of the places where the viewer may export."""
    register = asked.register
    viewer = replace(asked.ask.viewer, scope=asked.ask.viewer.scope_for(register.export_permission))
    ask = replace(asked.ask, viewer=viewer)
    asked = replace(asked, ask=ask)
    left = asked.narrowed()
    total = left.counted.order_by()[: ROW_LIMIT + 1].count()
    if total > ROW_LIMIT:
        limit = {"limit": ROW_LIMIT, "back": asked.address()}
        return render(request, "web/lists/too_many.html", limit, status=422)
    now = timezone.localtime()
    file = tempfile.TemporaryFile()
    _write(file, asked, left.rows.order_by(*asked.sort.fields), _mark(viewer, now, total, register))
    record(
        by=viewer.actor(request.META.get("REMOTE_ADDR", "")),
        action="register.export",
        kind=register.audit_kind or register.id,
        count=total,
        detail={
            "register": register.id,
            "columns": [column.id for column in asked.columns],
            "filters": {item.filter.id: item.choice.value for item in asked.filters if item.choice},
            "searched": bool(asked.query),
        },
    )
    file.seek(0)
    name = f"{register.title}-{now:%Y%m%d-%H%M}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=_SPREADSHEET)


def _mark(viewer: Any, now: datetime, total: int, register: Any) -> str:
    """The line that says who answers for this copy."""
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


def _write(file: BinaryIO, asked: State, rows: Rows, mark: str) -> None:
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet()
    formats = {
        Kind.MONEY: book.add_format({"num_format": "#,##0.00"}),
        Kind.NUMBER: book.add_format({"num_format": "#,##0"}),
        Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
        Kind.MOMENT: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    head = book.add_format({"bold": True, "bg_color": "#E9EEF5", "border": 1, "text_wrap": True})
    quiet = book.add_format({"font_color": "#5B6573", "italic": True})
    sheet.set_footer("&L" + mark.replace("&", "&&")[:200] + "&R&P / &N")
    sheet.write_string(0, 0, mark, quiet)
    for place, column in enumerate(asked.columns):
        sheet.set_column(place, place, 20 if column.kind in (Kind.TEXT, Kind.CODE) else 14)
        sheet.write_string(1, place, _heading(column), head)
    sheet.freeze_panes(2, 0)
    for number, row in enumerate(_prepared(rows, asked), start=2):
        for place, column in enumerate(asked.columns):
            value = cell(column, row)
            form = formats.get(column.kind)
            if isinstance(value, (date, datetime)):
                sheet.write_datetime(number, place, value, form)
            elif isinstance(value, (int, float)):
                sheet.write_number(number, place, value, form)
            else:
                sheet.write_string(number, place, value)
    book.close()


def _heading(column: Column) -> str:
    return f"{column.title}（{column.unit}）" if column.unit else str(column.title)


def _prepared(rows: Rows, asked: State) -> Iterator[Any]:
    """The rows in chunks, each with what its columns need."""
    source = rows.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(source, _CHUNK)):
        if asked.register.prepare is not None:
            asked.register.prepare(chunk, asked.ask)
        yield from chunk


def cell(column: Column, row: Any) -> str | int | float | date | datetime:
    """One value as the workbook keeps it; text never begins like a formula."""
    value = column.value(row)
    if value is None:
        return str(words.UNKNOWN)
    if column.kind is Kind.MONEY:
        return value / 100
    if column.kind is Kind.YES_NO:
        return pgettext("answer", "是") if value else pgettext("answer", "否")
    if column.kind is Kind.LEVEL:
        return str(words.level(value)) if value else str(words.NONE)
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, (int, float, date)) and not isinstance(value, bool):
        return value
    return plain_text(str(value)) if str(value) else str(words.NONE)


def plain_text(text: str) -> str:
    """Text that no spreadsheet program takes for a formula, also after a trip through CSV."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
