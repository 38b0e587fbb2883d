"""The list of requests; without more those not closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.community import book, queries
from anju.community.book_model import WARNING
from anju.community.models import RequestOutcome, RequestState
from anju.community.queries import requests as reading
from anju.community.states import State
from anju.duties.lights import Light
from anju.web import lists
from anju.web.access import requires
from anju.web.community import wording
from anju.web.lights import WORDS
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import site, town, village
from anju.web.lists.spans import span


@requires(Permission.HANDLE_REQUESTS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Requests in the viewer's places, filtered by the address."""
    return lists.show(request, REQUESTS, template="web/community/requests.html")


def _rows(ask: Ask) -> Rows:
    rows = queries.requests_for(ask.viewer).select_related("site", "building", "unit", "household")
    standing = ask.chosen("standing")
    if standing == "mine":
        return rows.filter(pk__in=reading.on_desk(ask.viewer).order_by().values("pk"))
    if standing == "all":
        return rows
    if standing == "closed":
        return rows.filter(state=State.CLOSED)
    return rows.exclude(state=State.CLOSED)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    wording.add_words(ask.viewer, rows, ask.on)


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    return Found(rows.filter(Q(number=text) | Q(words__contains=text)))


def _standings(ask: Ask) -> Sequence[Choice]:
    return [
        Choice("mine", _("待我办理")),
        Choice("closed", _("已办结")),
        Choice("all", _("全部")),
    ]


def _read_already(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it


def _lights(ask: Ask) -> Sequence[Choice]:
    return [Choice(each, WORDS[each]) for each in (Light.RED, Light.YELLOW, Light.GREEN)]


def _by_light(rows: Rows, value: str, ask: Ask) -> Rows:
    rows = rows.filter(state__in=reading.OPEN)
    soon = ask.on + timedelta(days=book.own_book().days(WARNING))
    if value == Light.RED:
        return rows.filter(due_on__lt=ask.on)
    if value == Light.YELLOW:
        return rows.filter(due_on__range=(ask.on, soon))
    return rows.filter(due_on__gt=soon)


def _equal(id_: str, title: Any, choices: Any, field: str) -> Filter:
    return Filter(id_, title, choices, lambda rows, value, ask: rows.filter(**{field: value}))


def _units(ask: Ask) -> Sequence[Choice]:
    return [Choice(str(pk), name) for pk, name in reading.units_of_requests(ask.viewer)]


def link(row: Any) -> str:
    """The page of a request."""
    return reverse("web:request", args=[row.number])


def _home(row: Any) -> str:
    return reverse("web:household", args=[row.home.code]) if row.home else ""


REQUESTS = Register(
    id="requests",
    title=_("群众诉求"),
    noun=_("件"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="request",
    row_id=lambda row: row.number,
    empty=_("没有未办结的诉求。群众来访、来电、走访反映的事，点“登记诉求”登记，按期办理。"),
    search=Search(_("诉求编号、反映的情况"), _search),
    filters=(
        Filter("standing", _("进展"), _standings, _read_already, _("未办结")),
        _equal("kind", _("类别"), lambda ask: wording.choices(book.own_book().kinds), "kind"),
        _equal(
            "state",
            _("状态"),
            lambda ask: [Choice(each.value, each.label) for each in RequestState],
            "state",
        ),
        Filter("light", _("进度灯"), _lights, _by_light),
        _equal(
            "outcome",
            _("办结方式"),
            lambda ask: [Choice(each.value, each.label) for each in RequestOutcome],
            "outcome",
        ),
        _equal("unit", _("办理单位"), _units, "unit"),
        town(),
        village(),
        site(),
        span("said", _("反映时间"), "said_on"),
    ),
    sorts=(
        Sort("due", _("按期限"), ("due_on", "id")),
        Sort("latest", _("新的在前"), ("-id",)),
    ),
    columns=(
        Column("number", _("诉求编号"), lambda row: row.number, Kind.CODE, link=link, fixed=True),
        Column("kind", _("类别"), lambda row: row.kind_name),
        Column("words", _("反映的情况"), lambda row: row.words),
        Column("where", _("地点"), lambda row: row.where),
        Column("place", _("村（社区）"), lambda row: row.place_name, shown=False),
        Column(
            "household", _("反映的农户"), lambda row: row.home.code if row.home else "",
            Kind.CODE, link=_home, shown=False,
        ),
        Column("said_on", _("反映日期"), lambda row: row.said_on, Kind.DATE),
        Column("tellings", _("反映次数"), lambda row: row.tellings, Kind.NUMBER, shown=False),
        Column("unit", _("办理单位"), lambda row: row.unit_name),
        Column("due_on", _("当前期限"), lambda row: row.due_on, Kind.DATE, shown=False),
        Column("settle_by", _("办结期限"), lambda row: row.settle_by, Kind.DATE, shown=False),
        Column("light", _("进度灯"), lambda row: row.light, Kind.LIGHT),
        Column("left", _("剩余时间"), lambda row: row.left),
        Column("state", _("状态"), lambda row: row.get_state_display()),
        Column("outcome", _("办结方式"), lambda row: row.get_outcome_display(), shown=False),
        Column(
            "reason", _("不能办理的原因"), lambda row: wording.reason(row.reason), shown=False
        ),
        Column("closed_on", _("办结日期"), lambda row: row.closed_on or "", Kind.DATE, shown=False),
    ),
)  # fmt: skip
