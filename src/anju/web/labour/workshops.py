"""就业帮扶车间: the list of workshops, with what each told last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.employment.models import Rating, WorkshopKind
from anju.employment.queries import workshops as queries
from anju.web import lists
from anju.web.access import requires
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import site, town, village


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Workshops in the viewer's places."""
    may_add = request.viewer.may(Permission.EDIT_REGISTERS)  # type: ignore[attr-defined]
    return lists.show(
        request, WORKSHOPS, template="web/labour/workshops.html", context={"may_add": may_add}
    )


def _rows(ask: Ask) -> Rows:
    return queries.workshops_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Places in words, and what each told last; two queries."""
    names = queries.place_names(rows)
    counts = queries.last_counts([row.pk for row in rows], ask.on)
    for row in rows:
        row.place_name = names[row.division_code]
        row.count = counts.get(row.pk)


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(value, label) for value, label in WorkshopKind.choices]


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice("open", _("在营")), Choice("closed", _("已停办"))]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    running = queries.running(ask.on)
    return rows.filter(running) if value == "open" else rows.exclude(running)


def _ratings(ask: Ask) -> Sequence[Choice]:
    known = [Choice(value, label) for value, label in Rating.choices]
    return [*known, Choice("unknown", _("未掌握"))]


def _by_rating(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(rating="" if value == "unknown" else value)


def _told(name: str) -> Any:
    return lambda row: getattr(row.count, name) if row.count else None


def _number(id_: str, title: Any, unit: Any, **more: Any) -> Column:
    return Column(id_, title, _told(id_), Kind.NUMBER, unit=unit, **more)


_PLACE = "division_code"
WORKSHOPS = Register(
    id="workshops",
    title=_("就业帮扶车间"),
    noun=_("个"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="workshop",
    row_id=lambda row: str(row.pk),
    empty=_("请先在“导入”中导入就业帮扶车间台账，或点“登记车间”逐个登记。"),
    search=Search(
        _("车间名称、经营主体、产品"), lambda rows, text, ask: Found(queries.named(rows, text))
    ),
    filters=(
        town(_PLACE),
        village(_PLACE),
        site(),
        Filter("kind", _("类型"), _kinds, lambda rows, value, ask: rows.filter(kind=value)),
        Filter("state", _("状态"), _states, _by_state),
        Filter("rating", _("评定结果"), _ratings, _by_rating),
        narrowing.behind("workshops"),
    ),
    sorts=(Sort("place", _("按所在地"), (_PLACE, "name", "pk")),),
    columns=(
        Column(
            "name",
            _("名称"),
            lambda row: row.name,
            link=lambda row: reverse("web:workshop", args=[row.pk]),
            fixed=True,
        ),
        Column("kind", _("类型"), lambda row: row.get_kind_display()),
        Column("place", _("所在地"), lambda row: row.place_name),
        Column("operator", _("经营主体"), lambda row: row.operator or None),
        _number("posts", _("岗位数"), _("个")),
        _number("workers", _("就业人数"), _("人")),
        _number("lifted_out", _("其中脱贫人口"), _("人")),
        _number("relocated", _("其中搬迁群众"), _("人")),
        Column("told", _("统计日期"), _told("told_on"), Kind.DATE),
        Column("rating", _("评定结果"), lambda row: row.get_rating_display() or None),
        Column("opened", _("开办日期"), lambda row: row.opened_on, Kind.DATE),
        Column("closed", _("停办日期"), lambda row: row.closed_on or "", Kind.DATE),
        Column("products", _("主要产品"), lambda row: row.products or None, shown=False),
        Column("site", _("安置点"), lambda row: row.site.name if row.site else "", shown=False),
        Column(
            "wage", _("月平均工资"), _told("average_wage"), Kind.MONEY, unit=_("元"), shown=False
        ),
        Column("known", _("掌握日期"), lambda row: row.known_on, Kind.DATE, shown=False),
        Column("source", _("来源"), lambda row: row.source, shown=False),
    ),
)
