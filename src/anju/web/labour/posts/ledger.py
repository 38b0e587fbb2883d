"""The labour ledger's side of posts: rows that no holding stands behind are linked here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.refusal import Refusal
from anju.employment.actions import holdings
from anju.employment.actions.posts import PostRefused
from anju.employment.models import Employment, PostHolding, WelfarePost
from anju.employment.queries import posts as queries
from anju.employment.queries.post_facts import at_work
from anju.places import queries as places
from anju.registry.models import Household
from anju.web import lists
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.assets.forms import Typed
from anju.web.doing import Doing, doing
from anju.web.labour.posts import forms
from anju.web.labour.sheets import Sheet, answer, source
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Rows of the labour ledger that say 公益性岗位."""
    return lists.show(request, LEDGER, template="web/labour/posts/ledger.html")


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, row_id: int) -> HttpResponse:
    """One row beside the holdings of the person: what it may be linked to."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row, home = _row(viewer, row_id)
    held = list(queries.holdings_of([row.person_id]))
    same = next((each for each in held if each.started_on == row.started_on), None)
    response = render(
        request,
        "web/labour/posts/ledger_row.html",
        {
            "row": row,
            "home": home,
            "crumb": _crumb(),
            "same": same,
            "differs": same is not None and same.ended_on != row.ended_on,
            "others": [each for each in held if each is not same],
            "may_edit": queries.may_edit_holding(viewer, home),
        },
    )
    record(
        by=viewer.actor(address_of(request)),
        action="employment.read",
        kind="household",
        ids=[home.code],
        place=home.village_code,
    )
    return response


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, row_id: int) -> HttpResponse:
    """The post that this row is about: it becomes a holding, with the days it has."""
    row, home = _editable(request, row_id)
    if row.is_linked:  # type: ignore[attr-defined]
        raise Http404
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    fields = [each for each in forms.TAKE_UP if row.ended_on or not each.name.startswith("end_")]
    begun = row.started_on.isoformat() if row.started_on else ""
    sheet = Sheet(
        _("关联岗位"), fields, {"monthly_pay": row.monthly_wage}, _crumb(),
        reverse("web:post-ledger-row", args=[row.pk]), row.person.name,
        note=_("台账：%(since)s 起，%(employer)s。关联后以聘用登记为准。")
        % {"since": begun, "employer": row.employer or _("用工单位未掌握")},
    )  # fmt: skip

    def do(done: Doing, typed: Typed) -> str:
        said = dict(typed.values)
        try:
            post = queries.post_for(viewer, int(said.pop("post")))
        except (ValueError, WelfarePost.DoesNotExist):
            raise PostRefused(_("请从列出的选项中选择。"), "post") from None
        held = holdings.take_up(
            by=done.by, on=done.on, employment=row, post=post, household=home, values=said,
            source=source(done.viewer),
        )  # fmt: skip
        messages.success(request, _("已关联，聘用和台账是同一条。"))
        return reverse("web:post-holding", args=[held.pk])

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_POST
def join(request: HttpRequest, row_id: int) -> HttpResponse:
    """The row is the same work as a holding: the ledger follows that."""
    row, _home = _editable(request, row_id)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    done = doing(request)
    try:
        held = queries.holding_for(viewer, int(request.POST.get("holding", "")[:18] or 0))
    except (ValueError, PostHolding.DoesNotExist):
        raise Http404 from None
    try:
        holdings.join(by=done.by, on=done.on, employment=row, holding=held, source=source(viewer))
        messages.success(request, _("已按聘用登记更正台账，原来的记录保留在审计中。"))
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse(_LIST) + "?link=no")


_LIST = "web:post-ledger"


def _crumb() -> tuple[str, str]:
    return reverse(_LIST), _("公益性岗位台账核对")


def _row(viewer: Viewer, row_id: int) -> tuple[Employment, Household]:
    try:
        row = queries.ledger_row(viewer, row_id)
    except Employment.DoesNotExist:
        raise Http404 from None
    return row, queries.homes_of([row.person_id], viewer.on)[row.person_id]


def _editable(request: HttpRequest, row_id: int) -> tuple[Employment, Household]:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row, home = _row(viewer, row_id)
    if not queries.may_edit_holding(viewer, home):
        raise PermissionDenied
    return row, home


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    people = [row.person_id for row in rows]
    homes = queries.homes_of(people, ask.on)
    names = places.names([home.village_code for home in homes.values()])
    held: dict[int, list[PostHolding]] = {}
    for each in queries.holdings_of(people):
        held.setdefault(each.person_id, []).append(each)
    for row in rows:
        home = homes[row.person_id]
        row.household = home
        row.place_name = names.village(home.village_code) or home.village_code
        own = held.get(row.person_id, [])
        row.same = next((each for each in own if each.started_on == row.started_on), None)
        row.likely = [each for each in own if each.started_on != row.started_on]
        row.said = _said(row)


def _said(row: Any) -> str:
    """How the row stands to the holdings."""
    if row.same is None:
        return _("没有聘用登记") if not row.likely else _("聘用日期不同")
    if row.same.ended_on != row.ended_on:
        until = row.same.ended_on.isoformat() if row.same.ended_on else _("在岗")
        return _("退岗日期不同（聘用登记：%(until)s）") % {"until": until}
    return _("一致")


def _links(ask: Ask) -> Sequence[Choice]:
    return [
        Choice("no", gettext_lazy("没有聘用登记")),
        Choice("differs", gettext_lazy("退岗日期不同")),
        Choice("yes", gettext_lazy("已关联")),
    ]


def _by_link(rows: Rows, value: str, ask: Ask) -> Rows:
    if value == "differs":
        return rows.filter(queries.differing())
    return rows.filter(is_linked=value == "yes")


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice("on", gettext_lazy("在岗")), Choice("over", gettext_lazy("已结束"))]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    goes_on = at_work(ask.on, posts_too=True)
    return rows.filter(goes_on) if value == "on" else rows.exclude(goes_on)


def _inside(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(queries.of_members_in(value, ask.on))


def _search(rows: Rows, text: str, ask: Ask) -> Found:
    named = Q(person__name__startswith=text) | Q(person__initials__startswith=text.lower())
    return Found(rows.filter(named))


LEDGER = Register(
    id="post-ledger",
    title=gettext_lazy("公益性岗位台账核对"),
    noun=gettext_lazy("条"),
    rows=lambda ask: queries.ledger_for(ask.viewer),
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=gettext_lazy("劳动力台账中没有公益性岗位的记录。"),
    search=Search(gettext_lazy("姓名、姓名首字母"), _search),
    filters=(
        Filter("town", gettext_lazy("乡镇"), town().choices, _inside),
        Filter("village", gettext_lazy("村（社区）"), village().choices, _inside),
        Filter("link", gettext_lazy("核对结果"), _links, _by_link),
        Filter("state", gettext_lazy("状态"), _states, _by_state),
    ),
    sorts=(Sort("latest", gettext_lazy("按开始日期，新的在前"), ("-started_on", "-pk")),),
    columns=(
        Column(
            "name", gettext_lazy("姓名"), lambda row: row.person.name,
            link=lambda row: reverse("web:post-ledger-row", args=[row.pk]), fixed=True,
        ),
        Column("household", gettext_lazy("户编码"), lambda row: row.household.code, Kind.CODE),
        Column("place", gettext_lazy("现住村（社区）"), lambda row: row.place_name),
        Column("employer", gettext_lazy("用工单位"), lambda row: row.employer or None),
        Column("started", gettext_lazy("开始"), lambda row: row.started_on, Kind.DATE),
        Column("ended", gettext_lazy("结束"), lambda row: row.ended_on or "", Kind.DATE),
        Column("wage", gettext_lazy("月工资"), lambda row: row.monthly_wage, Kind.MONEY,
               unit=gettext_lazy("元")),
        Column("said", gettext_lazy("核对结果"), lambda row: row.said),
        Column("source", gettext_lazy("来源"), lambda row: row.source, shown=False),
    ),
)  # fmt: skip
