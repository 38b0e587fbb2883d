"""Everybody who holds or held a post, and whom it must be decided about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.employment.models import EndReason, Insurance, PostKind
from anju.employment.queries import posts as queries
from anju.employment.queries.post_facts import holds_post, leaving_reasons
from anju.web import lists
from anju.web.access import requires
from anju.web.indicators import narrowing
from anju.web.labour import shared
from anju.web.labour.posts import words
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Holders of posts, filtered by the address."""
    return lists.show(request, HOLDERS)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    shared.prepare(rows, ask)
    reasons = leaving_reasons(rows, ask.on)
    for row in rows:
        found = reasons.get(row.pk)
        row.to_decide = "" if found is None else words.reasons(found)


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice("on", _("在岗")), Choice("left", _("已退岗"))]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "on":
        return rows.filter(holds_post(ask.on))
    return rows.filter(ended_on__lte=ask.on)


def _needs(ask: Ask) -> Sequence[Choice]:
    several = Choice("any", _("所有需要处理的"))
    return [several, *(Choice(str(value), label) for value, label in words.TO_LEAVE.items())]


def _by_need(rows: Rows, value: str, ask: Ask) -> Rows:
    standing = rows.filter(holds_post(ask.on))
    conditions = queries.to_leave(ask.on)
    if value != "any":
        return standing.filter(conditions[value])
    found = None
    for each in conditions.values():
        found = each if found is None else found | each
    return standing.filter(found)


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(value, label) for value, label in PostKind.choices]


_PERSON = shared.WHOSE[0]
HOLDERS = Register(
    id="post-holders",
    title=_("公益性岗位人员"),
    noun=_("人次"),
    rows=lambda ask: queries.holdings_for(ask.viewer),
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("请先在“导入”中导入公益性岗位花名册，也可以在岗位页面登记聘用。"),
    search=shared.SEARCH,
    filters=(
        *shared.PLACES,
        Filter("state", _("状态"), _states, _by_state),
        Filter("need", _("需要处理"), _needs, _by_need),
        Filter(
            "kind", _("岗位类型"), _kinds, lambda rows, value, ask: rows.filter(post__kind=value)
        ),
        shared.chosen("insurance", _("参保情况"), Insurance.choices, "insurance"),
        Filter(
            "reason",
            _("退岗原因"),
            lambda ask: [Choice(value, label) for value, label in EndReason.choices],
            lambda rows, value, ask: rows.filter(end_reason=value),
        ),
        *shared.HOMES,
        narrowing.behind("post-holders"),
    ),
    sorts=(
        Sort("place", _("按村"), shared.BY_PLACE),
        Sort("latest", _("按聘用日期，新的在前"), ("-started_on", "-pk")),
    ),
    columns=(
        Column(
            "name",
            _("姓名"),
            lambda row: row.person.name,
            link=lambda row: reverse("web:post-holding", args=[row.pk]),
            fixed=True,
        ),
        *shared.WHOSE[1:],
        Column("post", _("岗位"), lambda row: row.post.name),
        Column("kind", _("类型"), lambda row: row.post.get_kind_display()),
        Column("unit", _("设岗单位"), lambda row: row.post.unit, shown=False),
        Column("started", _("聘用日期"), lambda row: row.started_on, Kind.DATE),
        Column("until", _("协议终止"), lambda row: row.agreed_until, Kind.DATE),
        Column("pay", _("月补贴"), lambda row: row.monthly_pay, Kind.MONEY, unit=_("元")),
        Column("insurance", _("参保情况"), lambda row: row.get_insurance_display()),
        Column("ended", _("退岗日期"), lambda row: row.ended_on or "", Kind.DATE),
        Column("reason", _("退岗原因"), lambda row: row.get_end_reason_display() or ""),
        Column("decide", _("需要处理"), lambda row: row.to_decide),
        Column("part_time", _("非全日制"), lambda row: row.is_part_time, Kind.YES_NO, shown=False),
        *shared.HOME,
    ),
)
