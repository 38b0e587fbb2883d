"""Problems of the rows of a list that is to go out: for the page, and as a workbook."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.exports.cells import plain_text
from anju.inspection.actions.list_checks import ListChecked, ListProblem
from anju.web.quality import reading

_TABS = {"help": Permission.VIEW_CASES, "findings": Permission.VIEW_FINDINGS}


@dataclass(frozen=True)
class Line:
    """One problem as people read it, with where to mend it."""

    sheet: str
    line: int
    household: str
    name: str
    title: str
    found: str
    level: str | Promise
    mend: str | Promise
    code: str
    address: str


def shown(viewer: Viewer, problem: ListProblem) -> Line:
    """A problem in words; the address is that of the tab of the household page, where the viewer
    has it."""
    check = problem.check
    plain = (problem.sheet, problem.line, problem.household_code, problem.name)
    if check is None:
        told = (problem.found, "", reading.LEVELS["must"], "", "", _address(viewer, problem, ""))
        return Line(*plain, *told)
    return Line(
        *plain,
        reading.title(check),
        reading.found(problem.found),
        reading.LEVELS[check.level],
        reading.MENDERS[check.mend],
        check.code,
        _address(viewer, problem, check.tab),
    )


def _address(viewer: Viewer, problem: ListProblem, tab: str) -> str:
    if not problem.household_code or not viewer.may(Permission.VIEW_HOUSEHOLDS):
        return ""
    needed = _TABS.get(tab)
    chosen = tab if tab and (needed is None or viewer.may(needed)) else "people"
    address = reverse("web:household-tab", args=[problem.household_code, chosen])
    is_there = bool(problem.person_code) and chosen == "people"
    return f"{address}#person-{problem.person_code}" if is_there else address


def workbook(viewer: Viewer, title: str, checked: ListChecked, now: datetime) -> io.BytesIO:
    """A sheet with a row a problem; the first line says who took it out and when."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    page = book.add_worksheet(_("逐行检查"))
    bold = book.add_format({"bold": True})
    said = _(
        "%(title)s　%(rows)s 行，必须改 %(must)s 条　导出人：%(name)s（%(username)s）　"
        "时间：%(now)s　仅限工作使用，不得外传"
    ) % {
        "title": title,
        "rows": checked.rows,
        "must": checked.must,
        "name": viewer.name,
        "username": viewer.username,
        "now": f"{timezone.localtime(now):%Y-%m-%d %H:%M}",
    }
    page.write_string(0, 0, plain_text(said))
    heads = (
        _("工作表"), _("行号"), _("户编码"), _("姓名"), _("问题"), _("查到的内容"), _("要求"),
        _("由谁改"), _("检查项编号"),
    )  # fmt: skip
    for place, text in enumerate(heads):
        page.write_string(1, place, text, bold)
    for row, problem in enumerate(checked.problems, start=2):
        line = shown(viewer, problem)
        cells = (
            line.sheet, str(line.line), line.household, line.name, line.title, line.found,
            str(line.level), str(line.mend), line.code,
        )  # fmt: skip
        for place, text in enumerate(cells):
            page.write_string(row, place, plain_text(text))
    page.freeze_panes(2, 0)
    page.set_column(0, len(heads) - 1, 16)
    book.close()
    content.seek(0)
    return content
