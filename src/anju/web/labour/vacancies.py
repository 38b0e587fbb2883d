"""岗位需求: the list of vacancies, near and far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.employment import elsewhere
from anju.employment.models import Keep
from anju.employment.queries import vacancies as queries
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village

_PLACE = "division_code"


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Vacancies, those that are open first asked for."""
    may_add = request.viewer.may(Permission.EDIT_REGISTERS)  # type: ignore[attr-defined]
    return lists.show(
        request, VACANCIES, template="web/labour/vacancies.html", context={"may_add": may_add}
    )


def _rows(ask: Ask) -> Rows:
    return queries.vacancies_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Where the work is, in words; one query."""
    names = places.names(row.division_code for row in rows)
    for row in rows:
        row.place_name = place_name(row.division_code, names)


def place_name(code: str, names: places.Names) -> str | None:
    """Where the work is: a place of the tree, else the province; None where nobody knows."""
    return names.village(code) or elsewhere.name_of(code) or None


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice("open", _("正在招聘")), Choice("over", _("已招满或已截止"))]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    is_open = queries.open_on(ask.on)
    return rows.filter(is_open) if value == "open" else rows.exclude(is_open)


def _wheres(ask: Ask) -> Sequence[Choice]:
    return [
        Choice("here", _("县内")),
        Choice("workshop", _("就业帮扶车间")),
        Choice("away", _("县外")),
    ]


def _by_where(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "workshop":
        return rows.filter(workshop__isnull=False)
    return queries.here(rows) if value == "here" else queries.away(rows)


def _keeps(ask: Ask) -> Sequence[Choice]:
    return [Choice(value, label) for value, label in Keep.choices]


def wages(row: Any) -> str | None:
    """The wage from … to …, in yuan a month; None where nobody knows."""
    low, high = (None if fen is None else fen // 100 for fen in (row.wage_from, row.wage_to))
    return ends(low, high)


def ages(row: Any) -> str | None:
    """The ages asked for; None where the employer says nothing."""
    return ends(row.age_from, row.age_to)


def ends(low: int | None, high: int | None) -> str | None:
    """Two ends in words."""
    if low is None and high is None:
        return None
    if low is None:
        return gettext("%(number)s 以下") % {"number": f"{high:,}"}
    if high is None:
        return gettext("%(number)s 以上") % {"number": f"{low:,}"}
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


VACANCIES = Register(
    id="vacancies",
    title=_("岗位需求"),
    noun=_("条"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="vacancy",
    row_id=lambda row: str(row.pk),
    empty=_("请先在“导入”中导入岗位需求表，或点“登记岗位”逐条登记。"),
    search=Search(
        _("用人单位、岗位、工作地点"), lambda rows, text, ask: Found(queries.named(rows, text))
    ),
    filters=(
        town(_PLACE),
        village(_PLACE),
        Filter("state", _("状态"), _states, _by_state),
        Filter("where", _("工作地"), _wheres, _by_where),
        Filter("keep", _("食宿"), _keeps, lambda rows, value, ask: rows.filter(keep=value)),
    ),
    sorts=(
        Sort("latest", _("按发布日期，新的在前"), ("-opened_on", "-pk")),
        Sort("place", _("按工作地"), (_PLACE, "pk")),
    ),
    columns=(
        Column(
            "trade",
            _("岗位"),
            lambda row: row.trade,
            link=lambda row: reverse("web:vacancy", args=[row.pk]),
            fixed=True,
        ),
        Column("employer", _("用人单位"), lambda row: row.employer),
        Column("place", _("工作地"), lambda row: row.place_name),
        Column("wage", _("月工资"), wages, unit=_("元")),
        Column("wanted", _("招聘"), lambda row: row.wanted, Kind.NUMBER, unit=_("人")),
        Column("gone", _("已招"), lambda row: row.gone, Kind.NUMBER, unit=_("人")),
        Column("opened", _("发布日期"), lambda row: row.opened_on, Kind.DATE),
        Column("closes", _("截止日期"), lambda row: row.closes_on, Kind.DATE),
        Column("ages", _("年龄要求"), ages, shown=False),
        Column("skill", _("要求技能"), lambda row: row.needs_skill, Kind.YES_NO, shown=False),
        Column("keep", _("食宿"), lambda row: row.get_keep_display() or None, shown=False),
        Column("address", _("工作地点"), lambda row: row.address or None, shown=False),
        Column("requirements", _("其他要求"), lambda row: row.requirements, shown=False),
        Column("taken", _("经推荐录用"), lambda row: row.taken, Kind.NUMBER, unit=_("人"), shown=False),
        Column("known", _("掌握日期"), lambda row: row.known_on, Kind.DATE, shown=False),
        Column("source", _("来源"), lambda row: row.source, shown=False),
    ),
)  # fmt: skip
