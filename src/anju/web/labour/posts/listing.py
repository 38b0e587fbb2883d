"""The list of public-welfare posts: what is needed where, how many places are taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.employment.models import PostFund, PostKind
from anju.employment.queries import posts as queries
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import site, town, village


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Posts in the viewer's places."""
    may_add = request.viewer.may(Permission.EDIT_REGISTERS)  # type: ignore[attr-defined]
    return lists.show(
        request, POSTS, template="web/labour/posts/list.html", context={"may_add": may_add}
    )


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    names = places.names(row.division_code for row in rows)
    for row in rows:
        row.place_name = names.village(row.division_code) or row.division_code
        row.free = None if row.places is None else max(row.places - row.taken, 0)


def _by_text(rows: Rows, text: str, ask: Ask) -> Found:
    return Found(rows.filter(Q(name__contains=text) | Q(unit__contains=text)))


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(value, label) for value, label in PostKind.choices]


def _funds(ask: Ask) -> Sequence[Choice]:
    return [*(Choice(value, label) for value, label in PostFund.choices), Choice("-", _("未掌握"))]


def _states(ask: Ask) -> Sequence[Choice]:
    return [
        Choice("open", _("需要的岗位")),
        Choice("free", _("有空缺")),
        Choice("over", _("超核定人数")),
        Choice("unknown", _("核定人数未掌握")),
        Choice("ended", _("已撤岗")),
    ]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    needed = rows.filter(queries.open_on(ask.on))
    if value == "ended":
        return rows.filter(ended_on__lte=ask.on)
    if value == "free":
        return queries.free(needed)
    if value == "over":
        return queries.over_filled(needed)
    return needed.filter(places__isnull=True) if value == "unknown" else needed


POSTS = Register(
    id="welfare-posts",
    title=_("公益性岗位"),
    noun=_("个岗位"),
    rows=lambda ask: queries.posts_for(ask.viewer),
    prepare=_prepare,
    audit_kind="welfare_post",
    empty=_("请先在“导入”中导入公益性岗位花名册，或点“设岗”逐个登记。"),
    search=Search(_("岗位名称、设岗单位"), _by_text),
    filters=(
        town("division_code"),
        village("division_code"),
        site(),
        Filter("kind", _("岗位类型"), _kinds, lambda rows, value, ask: rows.filter(kind=value)),
        Filter("state", _("状态"), _states, _by_state),
        Filter(
            "fund",
            _("资金来源"),
            _funds,
            lambda rows, value, ask: rows.filter(fund="" if value == "-" else value),
        ),
        narrowing.behind("welfare-posts"),
    ),
    sorts=(
        Sort("place", _("按所在地"), ("division_code", "unit", "id")),
        Sort("unit", _("按设岗单位"), ("unit", "id")),
    ),
    columns=(
        Column(
            "name",
            _("岗位"),
            lambda row: row.name,
            link=lambda row: reverse("web:welfare-post", args=[row.pk]),
            fixed=True,
        ),
        Column("kind", _("类型"), lambda row: row.get_kind_display()),
        Column("place", _("所在地"), lambda row: row.place_name),
        Column("unit", _("设岗单位"), lambda row: row.unit),
        Column("places", _("核定"), lambda row: row.places, Kind.NUMBER, unit=_("人")),
        Column("taken", _("在岗"), lambda row: row.taken, Kind.NUMBER, unit=_("人")),
        Column("free", _("空缺"), lambda row: row.free, Kind.NUMBER, unit=_("人")),
        Column("pay", _("月补贴标准"), lambda row: row.monthly_pay, Kind.MONEY, unit=_("元")),
        Column(
            "fund",
            _("资金来源"),
            lambda row: PostFund(row.fund).label if row.fund else None,
        ),
        Column("site", _("安置点"), lambda row: row.site.name if row.site else "", shown=False),
        Column("paper", _("设岗依据"), lambda row: row.paper or None, shown=False),
        Column("started", _("设岗日期"), lambda row: row.started_on, Kind.DATE, shown=False),
        Column("ended", _("撤岗日期"), lambda row: row.ended_on or "", Kind.DATE, shown=False),
        Column("known", _("掌握日期"), lambda row: row.known_on, Kind.DATE, shown=False),
        Column("source", _("来源"), lambda row: row.source, shown=False),
    ),
)
