"""The list of projects, which is the project library as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.places import queries as places
from anju.projects.models import FundSource, ProjectKind, Step
from anju.projects.queries import listing, projects_for
from anju.web import lists
from anju.web.access import requires
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import site, town, village
from anju.web.projects import wording


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Projects, filtered by the address."""
    may_add = request.viewer.may(Permission.EDIT_REGISTERS)  # type: ignore[attr-defined]
    return lists.show(
        request, PROJECTS, template="web/projects/list.html", context={"may_add": may_add}
    )


def _rows(ask: Ask) -> Rows:
    return listing.with_money(projects_for(ask.viewer)).select_related("site")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names of the places, in one query; what is late, from the row itself."""
    names = places.names([row.division_code for row in rows])
    for row in rows:
        row.place_name = wording.place(row.division_code, names)
        is_open = row.step not in (*listing.OVER, Step.DROPPED)
        row.is_late = is_open and row.planned_finish is not None and row.planned_finish < ask.on


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(each, each.label) for each in ProjectKind]


def _by_kind(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(kind=value)


def _years(ask: Ask) -> Sequence[Choice]:
    return [Choice(str(year), str(year)) for year in listing.years(ask.viewer)]


def _by_year(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(plan_year=value)


def _steps(ask: Ask) -> Sequence[Choice]:
    return [Choice("kept", _("未退库的")), *(Choice(each, each.label) for each in Step)]


def _by_step(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.exclude(step=Step.DROPPED) if value == "kept" else rows.filter(step=value)


def _yes_no(ask: Ask) -> Sequence[Choice]:
    return [Choice("1", _("是")), Choice("0", _("否"))]


def _by_relief(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(is_work_relief=value == "1")


def _by_key(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(is_key=value == "1")


def _funds(ask: Ask) -> Sequence[Choice]:
    return [Choice("bridging", _("衔接资金")), *(Choice(each, each.label) for each in FundSource)]


def _by_fund(rows: Rows, value: str, ask: Ask) -> Rows:
    funds = listing.BRIDGING if value == "bridging" else (FundSource(value),)
    return rows.filter(listing.of_fund("pk", funds))


def _standing(ask: Ask) -> Sequence[Choice]:
    return [Choice("late", _("逾期未完工")), Choice("overpaid", _("支付超出批复"))]


def _by_standing(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "late":
        return rows.filter(listing.overdue(ask.on))
    return listing.overpaid(rows)


def _units(ask: Ask) -> Sequence[Choice]:
    return [Choice(name, name) for name in listing.units(ask.viewer)]


def _by_unit(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(unit_name=value)


def _plan_year(row: Any) -> str | None:
    return None if row.plan_year is None else str(row.plan_year)


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    return Found(rows.filter(Q(code__startswith=text) | Q(name__contains=text)))


PROJECTS = Register(
    id="projects",
    title=_("项目库"),
    noun=_("个"),
    rows=_rows,
    prepare=_prepare,
    empty=_("请先在“导入”中导入项目库清单，或点“登记项目”。"),
    search=Search(_("项目编号、名称"), _search),
    filters=(
        town("division_code"),
        village("division_code"),
        site(),
        Filter("kind", _("项目类型"), _kinds, _by_kind),
        Filter("year", _("实施年度"), _years, _by_year),
        Filter("step", _("当前环节"), _steps, _by_step),
        Filter("fund", _("资金来源"), _funds, _by_fund),
        Filter("relief", _("以工代赈"), _yes_no, _by_relief),
        Filter("key", _("重点项目"), _yes_no, _by_key),
        Filter("unit", _("责任单位"), _units, _by_unit),
        Filter("standing", _("需要关注"), _standing, _by_standing),
        narrowing.behind("projects"),
    ),
    sorts=(
        Sort("code", _("按项目编号"), ("code", "id")),
        Sort("place", _("按地点"), ("division_code", "code", "id")),
        Sort("latest", _("新登记的在前"), ("-id",)),
    ),
    columns=(
        Column("code", _("项目编号"), lambda row: row.code, Kind.CODE, fixed=True),
        Column("name", _("项目名称"), lambda row: row.name, link=wording.address, fixed=True),
        Column("kind", _("项目类型"), lambda row: row.get_kind_display()),
        Column("place", _("建设地点"), lambda row: row.place_name),
        Column("site", _("安置点"), lambda row: row.site.name if row.site else "", shown=False),
        Column("unit", _("责任单位"), lambda row: row.unit_name),
        Column("builder", _("施工（实施）单位"), lambda row: row.builder, shown=False),
        Column("year", _("实施年度"), _plan_year, shown=False),
        Column("step", _("当前环节"), lambda row: row.get_step_display()),
        Column("reached", _("到达日期"), lambda row: row.reached_on, Kind.DATE, shown=False),
        Column("finish", _("计划完工"), lambda row: row.planned_finish, Kind.DATE),
        Column("late", _("逾期"), lambda row: row.is_late, Kind.YES_NO),
        Column("approved", _("批复资金"), lambda row: row.approved, Kind.MONEY, unit=_("元")),
        Column("paid", _("已支付"), lambda row: row.paid, Kind.MONEY, unit=_("元")),
        Column(
            "share", _("支付进度"), lambda row: wording.share(row.paid, row.approved), shown=False
        ),
        Column("relief", _("以工代赈"), lambda row: row.is_work_relief, Kind.YES_NO),
        Column(
            "labour", _("劳务报酬"), lambda row: row.labour, Kind.MONEY, unit=_("元"), shown=False
        ),
        Column("key", _("重点项目"), lambda row: row.is_key, Kind.YES_NO, shown=False),
        Column(
            "households",
            _("受益户数"),
            lambda row: row.households,
            Kind.NUMBER,
            unit=_("户"),
            shown=False,
        ),
    ),
)
