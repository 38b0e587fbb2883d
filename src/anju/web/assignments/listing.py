"""The list of assignments, by place."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.duties.models import AssignedLevel, OwedKind
from anju.duties.queries import assignments as queries
from anju.duties.queries.limits import warning_days
from anju.web import lists
from anju.web.access import requires
from anju.web.assignments import wording
from anju.web.indicators import narrowing
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import site, town, village


@requires(Permission.VIEW_DUTIES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Assignments, filtered by the address; without more those in force."""
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {"may_assign": viewer.may(Permission.MANAGE_PLANS)}
    return lists.show(request, ASSIGNMENTS, template="web/assignments/list.html", context=context)


def _rows(ask: Ask) -> Rows:
    rows = queries.assignments_for(ask.viewer)
    standing = ask.chosen("standing")
    if standing == "ended":
        return rows.filter(valid_to__lte=ask.on)
    return (
        rows
        if standing == "all"
        else rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=ask.on))
    )


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Places and what is owed: three queries."""
    names = wording.names_for(list(rows))
    standing = queries.standings(rows)
    for row in rows:
        row.place_name = wording.place_of(row, names)
        row.leader_name = wording.leader_of(row)
        row.of_kind = {
            kind: (wording.rhythm_word(row, kind, ask.on), standing[row.pk, kind.value])
            for kind in OwedKind
        }
        row.lights = {
            kind: wording.light_of(stand.due_on, False, ask.on) if stand.due_on else ""
            for kind, (_word, stand) in row.of_kind.items()
        }


def _standings(ask: Ask) -> Sequence[Choice]:
    return [Choice("ended", _("已结束")), Choice("all", _("全部"))]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it


def _dues(ask: Ask) -> Sequence[Choice]:
    return [Choice("late", _("有逾期未登记的")), Choice("soon", _("有临近到期的"))]


def _by_due(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "late":
        return queries.with_open_owed(rows, late_on=ask.on)
    return queries.with_open_owed(
        rows, soon=(ask.on, ask.on + timedelta(days=warning_days(ask.on)))
    )


def _levels(ask: Ask) -> Sequence[Choice]:
    return [*(Choice(each, each.label) for each in AssignedLevel), Choice("none", _("没有登记"))]


def _by_level(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(level="" if value == "none" else value)


def _whose(ask: Ask) -> Sequence[Choice]:
    return [Choice("mine", _("我和本单位的"))]


def _mine(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(queries.own(ask.viewer))


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    named = Q(leader__name__contains=text) | Q(leader_post__contains=text)
    return Found(rows.filter(named | Q(unit__name__contains=text) | Q(site__name__contains=text)))


def _page(row: Any) -> str:
    return reverse("web:assignment", args=[row.pk])


def _rhythm(kind: OwedKind) -> Callable[[Any], str]:
    return lambda row: row.of_kind[kind][0]


def _last(kind: OwedKind) -> Callable[[Any], Any]:
    return lambda row: row.of_kind[kind][1].last_on or ""


def _due(kind: OwedKind) -> Callable[[Any], Any]:
    return lambda row: row.of_kind[kind][1].due_on or ""


def _light(kind: OwedKind) -> Callable[[Any], Any]:
    return lambda row: row.lights[kind]


ASSIGNMENTS = Register(
    id="assignments",
    title=_("包点"),
    noun=_("项"),
    rows=_rows,
    prepare=_prepare,
    empty=_("还没有包点。牵头部门点“安排包点”，为安置点和村（社区）安排包点领导和包抓单位。"),
    search=Search(_("领导、单位、安置点名称"), _search),
    filters=(
        Filter("standing", _("状态"), _standings, _unchanged, _("在任")),
        town("division_code"),
        village("division_code"),
        site(),
        Filter("level", _("包抓层级"), _levels, _by_level),
        Filter("due", _("走访和会议"), _dues, _by_due),
        Filter("whose", _("范围"), _whose, _mine),
        narrowing.behind("assignments"),
    ),
    sorts=(
        Sort("place", _("按地方"), ("division_code", "id")),
        Sort("latest", _("按起始日期（新的在前）"), ("-valid_from", "-id")),
    ),
    columns=(
        Column("place", _("地方"), lambda row: row.place_name, link=_page, fixed=True),
        Column("leader", _("包点领导"), lambda row: row.leader_name),
        Column("unit", _("包抓单位"), lambda row: row.unit.name if row.unit else ""),
        Column("level", _("包抓层级"), lambda row: row.get_level_display(), shown=False),
        Column("visits", _("走访频次"), _rhythm(OwedKind.VISIT)),
        Column("visited", _("上次走访"), _last(OwedKind.VISIT), Kind.DATE),
        Column("visit_due", _("应走访日期"), _due(OwedKind.VISIT), Kind.DATE),
        Column("visit_light", _("走访"), _light(OwedKind.VISIT), Kind.LIGHT),
        Column("meetings", _("会议频次"), _rhythm(OwedKind.MEETING)),
        Column("met", _("上次会议"), _last(OwedKind.MEETING), Kind.DATE),
        Column("meeting_due", _("应开会日期"), _due(OwedKind.MEETING), Kind.DATE),
        Column("meeting_light", _("现场会议"), _light(OwedKind.MEETING), Kind.LIGHT),
        Column("from", _("起始日期"), lambda row: row.valid_from, Kind.DATE, shown=False),
        Column("to", _("终止日期"), wording.last_day_of, Kind.DATE, shown=False),
        Column(
            "plan",
            _("依据的方案"),
            lambda row: row.plan.short_title if row.plan else "",
            shown=False,
        ),
        Column("clause", _("条款"), lambda row: row.clause, shown=False),
    ),
)
