"""The indicators of a unit as a workbook: taken out with what is known, filled in, read in again.

Reading keeps nothing: what was read stands in the page of many values, is looked at, gets its proofs
there, and is sent like what was typed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Final

import xlsxwriter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.attachments import MOST_BYTES
from anju.audit.refusal import Refusal
from anju.duties.models import Indicator
from anju.duties.queries import indicators as queries
from anju.duties.queries import unit_of
from anju.duties.queries.indicators import Standing
from anju.duties.refusals import DutyRefused
from anju.exports.cells import plain_text
from anju.intake.workbook import Workbook
from anju.reporting.figures.model import SHARE
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.indicators import many, wording
from anju.web.indicators.workbook_lines import COLUMNS, FILLED_IN, Asked, Line, Outcome, read
from anju.web.lists.writing import FORMATS
from anju.web.uploads import uploaded

_WIDTHS: Final = {"name": 30, "definition": 40, "target": 18, "words": 40}
_MOST_ROWS: Final = 2_000


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The workbook of a day; sent back, the page of many values with what it says."""
    if request.method == "GET":
        return _download(request)
    try:
        lines = _read(request)
    except Refusal as refused:
        return many.show(request, "", refused.zh)
    if any(each.outcome is Outcome.WRONG for each in lines):
        count = sum(each.outcome is Outcome.WRONG for each in lines)
        problem = _("表格中有 %(count)s 行要改，全部没有读入。请改正后重新上传。") % {
            "count": count
        }
        return many.show(request, "", problem, lines=lines)
    new = [each for each in lines if each.outcome is Outcome.NEW]
    typed = {f"value-{each.pk}": each.value for each in new}
    typed |= {f"words-{each.pk}": each.words for each in new}
    as_of = new[0].as_of.isoformat() if new and new[0].as_of else ""
    return many.show(request, as_of, lines=lines, typed=typed)


def _download(request: HttpRequest) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    every = many.all_open(viewer)
    as_of = many.chosen_day(every, request.GET.get("as_of", ""))
    rows = [(row, standing) for row, standing, days in every if as_of in days]
    if as_of is None:
        messages.error(request, _("本单位没有待填报的指标，没有可下载的表格。"))
        return HttpResponseRedirect(reverse("web:indicators-report"))
    record(
        by=viewer.actor(address_of(request)),
        action="indicator.export",
        kind="indicator",
        ids=[row.code for row, _standing in rows],
        detail={"as_of": as_of.isoformat()},
    )
    name = _("填报指标%(day)s.xlsx") % {"day": as_of.isoformat()}
    answer = HttpResponse(_written(viewer, rows, as_of), content_type=FORMATS["xlsx"].content_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _written(viewer: Viewer, rows: Sequence[tuple[Indicator, Standing]], as_of: date) -> bytes:
    """A sheet in which only the value and the words may be filled in."""
    file = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {"in_memory": True, **plain})
    sheet = book.add_worksheet(_("填报指标"))
    head = book.add_format({"bold": True, "bg_color": "#E9EEF5", "border": 1, "text_wrap": True})
    fixed = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    free = book.add_format(
        {"border": 1, "text_wrap": True, "valign": "top", "num_format": "@", "locked": False,
         "bg_color": "#FFF9E5"}
    )  # fmt: skip
    unit = unit_of(viewer)
    sheet.write_string(0, 0, plain_text(f"{unit.name if unit else ''}　{as_of.isoformat()}"))
    sheet.write_string(
        1, 0, _("只填黄色的两列；没有数的留空。比例写 85% 或 0.85。填好后在下载的页面上传。")
    )
    for place, (column, title) in enumerate(COLUMNS.items()):
        sheet.set_column(place, place, _WIDTHS.get(column, 14))
        sheet.write_string(2, place, str(title), head)
    for number, (row, standing) in enumerate(rows, start=3):
        for place, (column, text) in enumerate(_texts(row, standing, as_of).items()):
            form = free if column in FILLED_IN else fixed
            sheet.write_string(number, place, plain_text(text), form)
    sheet.freeze_panes(3, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    book.close()
    return file.getvalue()


def _texts(row: Indicator, standing: Standing, as_of: date) -> dict[str, str]:
    latest = standing.waiting or standing.latest
    said = {
        "code": row.code,
        "name": row.name,
        "unit": "%" if row.unit == SHARE else row.unit,
        "definition": wording.definition_of(row),
        "target": wording.target_words(standing.target, row),
        "last": str(wording.number(latest.value, row.unit)) if latest else "",
        "last_on": latest.as_of.isoformat() if latest else "",
        "as_of": as_of.isoformat(),
    }
    return {column: said.get(column, "") for column in COLUMNS}


def _read(request: HttpRequest) -> list[Line]:
    """Every line of the file; refused as a whole where it is no such workbook."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    files = uploaded(request, "workbook", place="indicator", most=1)
    if not files:
        raise DutyRefused(_("请选择填好的表格。"))
    book = Workbook(files[0].content, files[0].file_name, largest=MOST_BYTES)
    cells = book.sheet(book.sheet_names[0]).cells
    if cells.height > _MOST_ROWS:
        raise DutyRefused(_("表格超过 %(most)s 行。请用本页下载的表。") % {"most": _MOST_ROWS})
    texts = [[each or "" for each in line] for line in cells.rows()]
    return read(texts, _asked(viewer))


def _asked(viewer: Viewer) -> dict[str, Asked]:
    """What the viewer's unit reports, by number."""
    rows = many.all_open(viewer)
    said = queries.said_of([row for row, _standing, _days in rows])
    return {
        row.code: Asked(row.pk, row.code, row.name, row.unit, frozenset(days), said.get(row.pk, {}))
        for row, _standing, days in rows
    }
