"""补贴项目: what is paid for which period, and how far each is in the viewer's places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.benefits.models import SchemeState
from anju.benefits.queries import listing, schemes_for
from anju.benefits.states import State, Step
from anju.web import lists
from anju.web.access import requires
from anju.web.benefits import lights, words
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows


@requires(Permission.VIEW_BENEFITS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Schemes of the county, with what stands where of them in the viewer's places."""
    may_open = request.viewer.may(Permission.APPROVE_BENEFITS)  # type: ignore[attr-defined]
    context = {"may_open": may_open}
    return lists.show(request, SCHEMES, template="web/benefits/schemes.html", context=context)


def _rows(ask: Ask) -> Rows:
    return schemes_for(ask.viewer).select_related("unit")


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """What stands where: one query."""
    tallies = listing.of_schemes(ask.viewer, [row.pk for row in rows])
    for row in rows:
        row.tally = tallies.get(row.pk, listing.NOTHING)
        row.light = lights.of(row, row.tally, ask.on)


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice(each, each.label) for each in SchemeState]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(state=value)


def _years(ask: Ask) -> Sequence[Choice]:
    days = schemes_for(ask.viewer).order_by().values_list("starts_on", flat=True).distinct()
    return [
        Choice(str(year), str(year)) for year in sorted({day.year for day in days}, reverse=True)
    ]


def _by_year(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(starts_on__year=int(value))


def _units(ask: Ask) -> Sequence[Choice]:
    rows = schemes_for(ask.viewer).filter(unit__isnull=False).order_by("unit__name")
    return [Choice(str(pk), name) for pk, name in rows.values_list("unit", "unit__name").distinct()]


def _by_unit(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(unit=int(value))


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    return Found(rows.filter(Q(number__startswith=text) | Q(title__contains=text)))


def _paid(row: Any) -> int:
    amount: int = row.tally.of([State.PAID, State.RECOVERED]).amount
    return amount


SCHEMES = Register(
    id="benefits",
    title=_("补贴"),
    noun=_("项"),
    rows=_rows,
    prepare=_prepare,
    empty=_("还没有补贴项目。县级责任单位点“设立补贴项目”，标准从方案带出。"),
    search=Search(_("项目编号、名称"), _search),
    filters=(
        Filter("state", _("状态"), _states, _by_state),
        Filter("year", _("年度"), _years, _by_year),
        Filter("unit", _("责任单位"), _units, _by_unit),
    ),
    sorts=(
        Sort("latest", _("新设立的在前"), ("-id",)),
        Sort("closes", _("按申领截止日期"), ("closes_on", "id")),
    ),
    columns=(
        Column("number", _("项目编号"), lambda row: row.number, Kind.CODE, fixed=True),
        Column("title", _("项目名称"), lambda row: row.title, link=words.scheme_address, fixed=True),
        Column("period", _("所属期"), words.period),
        Column("recipient", _("发放对象"), lambda row: row.get_recipient_display(), shown=False),
        Column("unit", _("责任单位"), lambda row: row.unit.name if row.unit else ""),
        Column("state", _("状态"), lambda row: row.get_state_display()),
        Column("closes", _("申领截止日期"), lambda row: row.closes_on, Kind.DATE),
        Column("pay_by", _("应发放到位日期"), lambda row: row.pay_by or "", Kind.DATE),
        Column("light", _("灯况"), lambda row: row.light, Kind.LIGHT),
        Column("claims", _("申领"), lambda row: row.tally.count, Kind.NUMBER, unit=_("笔")),
        Column("amount", _("金额"), lambda row: row.tally.amount, Kind.MONEY, unit=_("元")),
        Column("paid", _("已发放"), _paid, Kind.MONEY, unit=_("元")),
        Column("village", _("待村级"), lambda row: row.tally.at(Step.VILLAGE).count, Kind.NUMBER,
               unit=_("笔"), shown=False),
        Column("town", _("待乡镇"), lambda row: row.tally.at(Step.TOWN).count, Kind.NUMBER,
               unit=_("笔"), shown=False),
        Column("county", _("待县级"), lambda row: row.tally.at(Step.COUNTY).count, Kind.NUMBER,
               unit=_("笔"), shown=False),
        Column("document", _("依据文件"), lambda row: row.document_title, shown=False),
    ),
)  # fmt: skip
