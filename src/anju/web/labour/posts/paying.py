"""Recording a month's pay for many at once: the list stands there, filled in from the month before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.refusal import Refusal
from anju.employment.actions import post_pays
from anju.employment.actions.post_pays import Line
from anju.employment.models import PostHolding
from anju.employment.queries import posts as queries
from anju.places import queries as places
from anju.rules.months import Month
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.assets.forms import scope_of
from anju.web.doing import doing
from anju.web.labour.posts.pay import month_of
from anju.web.labour.sheets import source
from anju.web.lists import Ask, Choice
from anju.web.registers.editing.fields import Field, Input, Wrong

_FORM: Final = "web/labour/posts/pay.html"
_AT_ONCE: Final = 100
_DUE = Field("due", gettext_lazy("应发（元）"), Input.MONEY)
_AMOUNT = Field("amount", gettext_lazy("实发（元）"), Input.MONEY)
_DAYS = Field("days", gettext_lazy("计发天数"), Input.NUMBER, most=2)
_PAID_ON = Field("paid_on", gettext_lazy("发放日期"), Input.DATE)


@dataclass(frozen=True)
class Asked:
    """One line of the list: whose, and what stands in it."""

    row: PostHolding
    place: str
    texts: Mapping[str, str]
    is_chosen: bool = True
    problem: str = ""


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(["GET", "POST"])
def record_month(request: HttpRequest) -> HttpResponse:
    """Those of a village (or all, up to a hundred) whose month is not on record yet."""
    done = doing(request)
    viewer: Viewer = done.viewer
    ask = Ask(viewer, request.GET, viewer.on)
    month, village = month_of(ask), ask.chosen("village")[:12]
    waiting = _waiting(viewer, month, village)
    rows = list(waiting[: _AT_ONCE + 1])
    shown = rows[:_AT_ONCE]
    before = queries.paid_in(shown, month.shift(-1))
    found = places.names([row.household.village_code for row in shown])
    lines = [_filled(row, before, found) for row in shown]
    names: dict[str, Any] = {
        "month": month,
        "village": village,
        "villages": _villages(viewer),
        "has_more": len(rows) > _AT_ONCE,
        "at_once": _AT_ONCE,
        "paid_on": "",
        "problem": "",
    }
    if request.method == "GET":
        _leave_entry(request, viewer, shown)
        return render(request, _FORM, {**names, "lines": lines})
    names["paid_on"] = request.POST.get("paid_on", "")[:10]
    lines, read, problem = _read(request.POST, lines)
    if not problem and not any(each.problem for each in lines):
        try:
            number = post_pays.record_month(
                by=done.by, on=done.on, month=month, lines=read, source=source(viewer)
            )
        except Refusal as refused:
            problem = refused.zh
        else:
            messages.success(request, _("已登记 %(count)s 人的补贴。") % {"count": number})
            return HttpResponseRedirect(f"{reverse('web:post-pays')}?month={month}")
    names |= {"lines": lines, "problem": problem}
    return render(request, _FORM, names, status=422)


def _waiting(viewer: Viewer, month: Month, village: str) -> QuerySet[PostHolding]:
    """Holders in the month of whom nothing is on record, where the viewer may write."""
    rows = queries.month_pay(viewer, month).filter(queries.pay_states(month)["untold"])
    rows = rows.filter(scope_of(viewer).q("household__village_code", "household__grid__code"))
    if village.isdigit():
        rows = rows.filter(household__village_code=village)
    return rows.order_by("household__village_code", "post__unit", "household__code", "pk")


def _villages(viewer: Viewer) -> Sequence[Choice]:
    rows = places.villages_in(scope_of(viewer)).values_list("code", "name")
    return [Choice(code, name) for code, name in rows]


def _filled(row: PostHolding, before: Mapping[tuple[int, int], int], names: Any) -> Asked:
    """What was agreed, and what was paid the month before."""
    usual = before.get((row.person_id, row.post_id), row.monthly_pay)
    due = row.monthly_pay if row.monthly_pay is not None else usual
    texts = {"due": _DUE.write(due), "amount": _AMOUNT.write(usual), "days": ""}
    code = row.household.village_code
    return Asked(row, names.village(code) or code, texts)


def _read(sent: Mapping[str, str], lines: Sequence[Asked]) -> tuple[list[Asked], list[Line], str]:
    """The list as it was sent, the lines that were ticked, and what is wrong with the whole."""
    try:
        paid_on = _PAID_ON.read(sent.get("paid_on", "")[:10])
    except Wrong as wrong:
        return list(lines), [], str(wrong)
    again, read = [], []
    for line in lines:
        key = line.row.pk
        texts = {name: sent.get(f"{name}-{key}", "")[:20] for name in ("due", "amount", "days")}
        is_chosen, problem = f"row-{key}" in sent, ""
        if is_chosen:
            try:
                read.append(_line(line.row, texts, paid_on))
            except Wrong as wrong:
                problem = str(wrong)
        again.append(Asked(line.row, line.place, texts, is_chosen, problem))
    problem = "" if read or any(each.problem for each in again) else _("请至少勾选一人。")
    return again, read, problem


def _line(row: PostHolding, texts: Mapping[str, str], paid_on: Any) -> Line:
    """What was paid counts only with a day; without one it is due and not paid."""
    amount = _AMOUNT.read(texts["amount"]) if paid_on is not None else None
    days = _DAYS.read(texts["days"])
    return Line(
        row,
        _DUE.read(texts["due"]),
        amount,
        paid_on if amount is not None else None,
        None if days in ("", None) else days,
    )


def _leave_entry(request: HttpRequest, viewer: Viewer, rows: Sequence[PostHolding]) -> None:
    if rows:
        record(
            by=viewer.actor(address_of(request)),
            action="post_pay.read",
            kind="household",
            ids=sorted({row.household.code for row in rows}),
        )
