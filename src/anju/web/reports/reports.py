"""The list of reports: by kind, time, unit and state."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.queries import unit_of
from anju.reporting import queries
from anju.reporting.models import OPEN, ReportKind, ReportState
from anju.web import lists
from anju.web.access import requires
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.reports.standing import standing, standings

_PERIODS_SHOWN = 36
_LONG = ("words", "parts", "attachments")


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Reports, filtered by the address."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context = {
        "may_begin": viewer.may(Permission.WRITE_REPORTS) and unit_of(viewer) is not None,
        "may_issue": viewer.may(Permission.ISSUE_REPORTS),
    }
    return lists.show(request, REPORTS, template="web/reports/index.html", context=context)


def left_in_words(report: Any, on: date) -> str:
    """How long until it is due; nothing once it was handed in."""
    if report.state not in OPEN:
        return ""
    days = (report.due_on - on).days
    if days < 0:
        return gettext("已超期 %(days)s 天") % {"days": -days}
    return gettext("还有 %(days)s 天") % {"days": days} if days else gettext("今天到期")


def _rows(ask: Ask) -> Rows:
    rows = queries.reports_for(ask.viewer).select_related("unit", "replacement")
    return rows.defer(*(f"{of}{name}" for of in ("", "replacement__") for name in _LONG))


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    for row in rows:
        row.left = left_in_words(row, ask.on)
        row.standing = standing(row)


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    return Found(rows.filter(title__contains=text) | rows.filter(number__contains=text))


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(kind.value, kind.label) for kind in ReportKind]


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice(state.value, state.label) for state in ReportState]


def _periods(ask: Ask) -> Sequence[Choice]:
    found = queries.reports_for(ask.viewer).exclude(kind=ReportKind.SPECIAL).order_by("-last_day")
    labels = dict.fromkeys(found.values_list("period", flat=True)[: _PERIODS_SHOWN * 20])
    return [Choice(label, label) for label in list(labels)[:_PERIODS_SHOWN]]


def _whose(ask: Ask) -> Sequence[Choice]:
    unit = unit_of(ask.viewer)
    own = [Choice("own", unit.name)] if unit is not None else []
    return [*own, Choice("whole", _("全县")), Choice("units", _("各单位"))]


def _by_whose(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "own":
        return rows.filter(unit=unit_of(ask.viewer))
    return rows.filter(is_whole=value == "whole")


def _by_standing(rows: Rows, value: str, ask: Ask) -> Rows:
    replaced = {"replacement__state": ReportState.ISSUED}
    issued = rows.filter(state=ReportState.ISSUED)
    return issued.filter(**replaced) if value == "replaced" else issued.exclude(**replaced)


def _by(field: str) -> Any:
    def apply(rows: Rows, value: str, ask: Ask) -> Rows:
        return rows.filter(**{field: value})

    return apply


def _page(row: Any) -> str:
    return reverse("web:report", args=[row.pk])


REPORTS = Register(
    id="reports",
    title=_("调度报告"),
    noun=_("份"),
    rows=_rows,
    prepare=_prepare,
    export_permission=Permission.VIEW_DUTIES,
    empty=_("没有报告。月报和季报到期前自动列出，年报和专题报告由编写单位新建。"),
    search=Search(_("标题、发文字号"), _search),
    filters=(
        Filter("state", _("状态"), _states, _by("state")),
        Filter("kind", _("种类"), _kinds, _by("kind")),
        Filter("period", _("期次"), _periods, _by("period")),
        Filter("standing", _("效力"), standings, _by_standing),
        Filter("whose", _("单位"), _whose, _by_whose),
    ),
    sorts=(
        Sort("period", _("按期次（新的在前）"), ("-last_day", "-id")),
        Sort("due", _("按报送期限"), ("due_on", "id")),
    ),
    columns=(
        Column("title", _("标题"), lambda row: row.title, link=_page, fixed=True),
        Column("unit", _("单位"), lambda row: row.unit.name),
        Column(
            "whole",
            _("范围"),
            lambda row: gettext("全县") if row.is_whole else gettext("本单位"),
            shown=False,
        ),
        Column("kind", _("种类"), lambda row: row.get_kind_display(), Kind.CODE),
        Column("period", _("期次"), lambda row: row.period, Kind.CODE),
        Column("due", _("报送期限"), lambda row: row.due_on, Kind.DATE),
        Column("left", _("剩余时间"), lambda row: row.left, Kind.CODE),
        Column("state", _("状态"), lambda row: row.get_state_display(), Kind.CODE),
        Column("number", _("发文字号"), lambda row: row.number, Kind.CODE),
        Column("standing", _("效力"), lambda row: row.standing, Kind.CODE),
        Column("issued", _("成文日期"), lambda row: row.issued_on or "", Kind.DATE, shown=False),
    ),
)
