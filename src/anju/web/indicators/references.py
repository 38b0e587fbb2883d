"""Regional figures: what was published of farmers' income, entered once for all comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.reporting.actions import references
from anju.reporting.actions.references import Published
from anju.reporting.models import Area
from anju.reporting.queries.references import references_for
from anju.reporting.refusals import FigureRefused
from anju.web import lists
from anju.web.access import requires
from anju.web.doing import Doing, carry_out, doing
from anju.web.indicators.numbers import number
from anju.web.indicators.values import day
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows

_YEARS = 4


@requires(Permission.VIEW_DUTIES)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponseBase:
    """The figures, and for who sets indicators the form to enter and correct them."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if request.method == "GET":
        return _show(request, {})

    def do(doing: Doing) -> str:
        row = references.put(
            by=doing.by, on=doing.on, viewer=viewer, published=_published(request.POST)
        )
        told = {"area": row.get_area_display(), "quarter": quarter_words(row.quarter)}
        messages.success(request, gettext("已保存：%(area)s，%(quarter)s。") % told)
        return reverse("web:regional-incomes")

    return carry_out(request, do, lambda problem: _show(request, request.POST, problem))


@requires(Permission.MANAGE_PLANS)
@require_POST
def remove(request: HttpRequest, reference_id: int) -> HttpResponse:
    """Take one back."""
    done = doing(request)
    try:
        references.remove(by=done.by, viewer=done.viewer, reference_id=reference_id)
        messages.success(request, gettext("已删除。用它算过的数值保留。"))
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:regional-incomes"))


def quarter_words(quarter: int) -> str:
    """The time from the first of January: 2023年第一季度, 上半年, 前三季度, 全年."""
    year, number_ = divmod(quarter, 10)
    return gettext("%(year)s年%(span)s") % {"year": year, "span": _span(number_)}


def _span(number_: int) -> str:
    spans = (
        pgettext("quarters", "第一季度"),
        pgettext("quarters", "上半年"),
        pgettext("quarters", "前三季度"),
        pgettext("quarters", "全年"),
    )
    return spans[number_ - 1]


def _published(sent: Any) -> Published:
    quarter = sent.get("quarter", "")
    if not (quarter.isascii() and quarter.isdecimal() and len(quarter) == len("20233")):
        raise FigureRefused(gettext("请选择年份和截至的季度。"))
    amount, growth = sent.get("amount", "").strip(), sent.get("growth", "").strip()
    return Published(
        area=sent.get("area", ""),
        quarter=int(quarter),
        amount=int(round(number(amount, "") * 100)) if amount else None,
        growth=round(number(growth, "%"), 2) if growth else None,
        source=sent.get("source", ""),
        published_on=day(sent.get("published_on", "")),
    )


def _show(request: HttpRequest, given: Any, problem: str = "") -> HttpResponseBase:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    answer = lists.show(
        request,
        REGIONAL,
        template="web/indicators/references.html",
        context={
            "may_manage": viewer.may(Permission.MANAGE_PLANS),
            "given": given,
            "problem": problem,
            "regions": Area.choices,
            "quarters": _quarters(viewer),
        },
    )
    if problem:
        answer.status_code = 422
    return answer


def _quarters(viewer: Viewer) -> list[tuple[str, str]]:
    """The quarters that have ended, the latest first."""
    ended = (viewer.on.month - 1) // 3
    found = [
        year * 10 + each
        for year in range(viewer.on.year, viewer.on.year - _YEARS, -1)
        for each in (4, 3, 2, 1)
        if year < viewer.on.year or each <= ended
    ]
    return [(str(each), quarter_words(each)) for each in found]


def _rows(ask: Ask) -> Rows:
    return references_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    for row in rows:
        row.words = quarter_words(row.quarter)


def _areas(ask: Ask) -> list[Choice]:
    return [Choice(each, each.label) for each in Area]


REGIONAL = Register(
    id="regional-incomes",
    title=_("地区参照数"),
    noun=_("条"),
    rows=_rows,
    prepare=_prepare,
    empty=_("还没有地区参照数。统计部门发布后录入一次，所有与全县、全市、全省比较的指标都用它。"),
    filters=(Filter("area", _("地区"), _areas, lambda rows, value, ask: rows.filter(area=value)),),
    sorts=(Sort("latest", _("新的在前"), ("-quarter", "id")),),
    columns=(
        Column("area", _("地区"), lambda row: row.get_area_display(), fixed=True),
        Column("quarter", _("时段"), lambda row: row.words, fixed=True),
        Column(
            "amount",
            _("农村居民人均可支配收入"),
            lambda row: row.amount,
            Kind.MONEY,
            unit=_("元"),
        ),
        Column(
            "growth",
            _("同比增长"),
            lambda row: None if row.growth is None else f"{row.growth.normalize():f}%",
        ),
        Column("source", _("来源"), lambda row: row.source),
        Column("published", _("发布日期"), lambda row: row.published_on, Kind.DATE),
        Column("recorded", _("登记日期"), lambda row: row.recorded_on, Kind.DATE, shown=False),
    ),
)
