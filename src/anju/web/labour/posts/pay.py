"""Pay of a month: how it stands for each holder, a whole list recorded at once, one put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.employment.actions import post_pays
from anju.employment.models import PostPay
from anju.employment.queries import posts as queries
from anju.rules.months import Month
from anju.web import lists
from anju.web.access import requires
from anju.web.assets.forms import Typed
from anju.web.doing import Doing, doing
from anju.web.indicators import narrowing
from anju.web.labour import shared
from anju.web.labour.posts import forms, words
from anju.web.labour.sheets import Sheet, answer, source, told
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows

_MONTHS: Final = 24
#: What is asked for together.
_SEVERAL: Final = {"open": ("untold", "unpaid"), "wrong": ("unpaid", "late", "short")}


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Who held a post in a month, and how their pay stands."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    ask = Ask(viewer, request.GET, viewer.on)
    context = {"month": month_of(ask), "may_edit": viewer.may(Permission.EDIT_REGISTERS)}
    return lists.show(request, PAY, template="web/labour/posts/pays.html", context=context)


def month_of(ask: Ask) -> Month:
    """The month asked about: one of the list, else the last whole one."""
    found = narrowing.read(ask.chosen(narrowing.NAME))
    if found is not None:
        return Month.of(found.as_of).shift(-1)
    chosen = ask.chosen("month")
    return next((each for each in _last(ask.on) if str(each) == chosen), Month.of(ask.on).shift(-1))


def _last(on: date) -> list[Month]:
    return [Month.of(on).shift(-back) for back in range(_MONTHS)]


def _months(ask: Ask) -> Sequence[Choice]:
    return [Choice(str(each), str(each)) for each in _last(ask.on)]


def _rows(ask: Ask) -> Rows:
    return queries.month_pay(ask.viewer, month_of(ask))


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    shared.prepare(rows, ask)
    month = month_of(ask)
    for row in rows:
        row.pay_month = str(month)
        row.pay_state = words.PAY[queries.pay_state(row, month)]


def _states(ask: Ask) -> Sequence[Choice]:
    several = [
        Choice("open", gettext_lazy("没有登记或没有发")),
        Choice("wrong", gettext_lazy("未发、迟发、少发")),
    ]
    return [*several, *(Choice(value, label) for value, label in words.PAY.items())]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    states = queries.pay_states(month_of(ask))
    found: Q = reduce(or_, (states[each] for each in _SEVERAL.get(value, (value,))))
    return rows.filter(found)


def _link(row: Any) -> str:
    if row.pay_id is not None:
        return reverse("web:post-pay", args=[row.pay_id])
    return reverse("web:post-holding", args=[row.pk])


PAY = Register(
    id="post-pay",
    title=gettext_lazy("岗位补贴发放"),
    noun=gettext_lazy("人"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=gettext_lazy("这个月没有人在公益性岗位上。"),
    search=shared.SEARCH,
    filters=(
        *shared.PLACES,
        Filter("month", gettext_lazy("月份"), _months, lambda rows, value, ask: rows,
               unset=gettext_lazy("上月")),
        Filter("state", gettext_lazy("发放情况"), _states, _by_state),
        narrowing.behind("post-pay"),
    ),
    sorts=(Sort("place", gettext_lazy("按村"), shared.BY_PLACE),),
    columns=(
        Column("name", gettext_lazy("姓名"), lambda row: row.person.name, link=_link, fixed=True),
        *shared.WHOSE[1:],
        Column("post", gettext_lazy("岗位"), lambda row: row.post.name),
        Column("unit", gettext_lazy("设岗单位"), lambda row: row.post.unit, shown=False),
        Column("month", gettext_lazy("月份"), lambda row: row.pay_month),
        Column("state", gettext_lazy("发放情况"), lambda row: row.pay_state),
        Column("due", gettext_lazy("应发"), lambda row: row.pay_due, Kind.MONEY,
               unit=gettext_lazy("元")),
        Column("paid", gettext_lazy("实发"), lambda row: row.paid, Kind.MONEY,
               unit=gettext_lazy("元")),
        Column("paid_on", gettext_lazy("发放日期"), lambda row: row.paid_on, Kind.DATE),
        Column("days", gettext_lazy("计发天数"), lambda row: row.paid_days, Kind.NUMBER,
               unit=gettext_lazy("天"), shown=False),
        Column("agreed", gettext_lazy("约定月补贴"), lambda row: row.monthly_pay, Kind.MONEY,
               unit=gettext_lazy("元"), shown=False),
    ),
)  # fmt: skip


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pay_id: int) -> HttpResponse:
    """One month of somebody put right, or paid meanwhile."""
    row = _pay(request, pay_id)
    values: Mapping[str, Any] = {name: getattr(row, name) for name in post_pays.TOLD}
    back = f"{reverse('web:post-pays')}?month={row.month}"
    sheet = Sheet(
        _("更正 %(month)s 的补贴") % {"month": row.month}, forms.PAY, values,
        (back, _("岗位补贴发放")), back, row.person.name,
        withdraw=reverse("web:post-pay-withdraw", args=[row.pk]),
    )  # fmt: skip

    def do(done: Doing, typed: Typed) -> str:
        said = typed.values
        changes = {name: value for name, value in said.items() if value != values[name]}
        if changes:
            post_pays.correct(
                by=done.by, on=done.on, pay=row, changes=changes, source=source(done.viewer)
            )
        told(request, bool(changes))
        return back

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_POST
def withdraw(request: HttpRequest, pay_id: int) -> HttpResponse:
    """Take a month back that was never so."""
    row, done = _pay(request, pay_id), doing(request)
    try:
        post_pays.withdraw(
            by=done.by, on=done.on, pay=row, reason=request.POST.get("reason", "")[:200]
        )
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:post-pay", args=[row.pk]))
    messages.success(request, _("已撤销，原来的记录保留在审计中。"))
    return HttpResponseRedirect(f"{reverse('web:post-pays')}?month={row.month}")


def _pay(request: HttpRequest, pay_id: int) -> PostPay:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        row = queries.pay_for(viewer, pay_id)
    except PostPay.DoesNotExist:
        raise Http404 from None
    if not queries.may_edit_holding(viewer, row.household):
        raise PermissionDenied
    return row
