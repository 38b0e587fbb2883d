"""One request as one story: told, dealt with, closed; and what can be done with it now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.casework import books
from anju.community import book, queries
from anju.community.actions import closing, moving
from anju.community.models import EntryKind, MaintenanceFund, Request, RequestStep, StepKind
from anju.community.queries import requests as reading
from anju.community.refusals import CommunityRefused
from anju.community.states import Move, State, moves
from anju.language import in_language
from anju.web import words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.community import hardship, wording
from anju.web.doing import Doing, carry_out

TEMPLATE = "web/community/request.html"
#: What who told it says is written down also by who is near them.
_SAID = (Move.CONFIRM, Move.REJECT, Move.REOPEN)
_BAD = (StepKind.REJECTED, StepKind.EXPLAINED, StepKind.EXTENDED, StepKind.REOPENED)


@dataclass(frozen=True)
class Moment:
    """One line of the story."""

    on: date
    title: str
    who: words.Text
    words: str
    is_bad: bool


@requires(Permission.HANDLE_REQUESTS)
@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The request and its story."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = request_or_404(viewer, number)
    record(
        by=viewer.actor(address_of(request)),
        action="request.read",
        kind="request",
        ids=[row.number],
        place=row.village_code,
    )
    return shown(request, row)


@requires(Permission.HANDLE_REQUESTS)
@require_POST
def move(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Do one thing with it."""
    row = request_or_404(request.viewer, number)  # type: ignore[attr-defined]
    act = _MOVES.get(what)
    if act is None:
        raise Http404

    def do(who: Doing) -> str:
        given = {"by": who.by, "on": who.on, "viewer": who.viewer, "request": row}
        said = act(given, request.POST, request.POST.get("words", "")[:2000])
        messages.success(request, str(said))
        return reverse("web:request", args=[number])

    return carry_out(request, do, lambda refused: shown(request, row, refused, what))


@requires(Permission.REPORT_LEADS)
@require_POST
def lead(request: HttpRequest, number: str) -> HttpResponse:
    """Raise a lead, because the request shows that the household is in hardship."""
    row = request_or_404(request.viewer, number)  # type: ignore[attr-defined]

    def do(who: Doing) -> str:
        hardship.report(who, row, request.POST.get("risk", ""))
        messages.success(request, _("已上报困难线索，核实人会在期限内核实。"))
        return reverse("web:request", args=[number])

    return carry_out(request, do, lambda refused: shown(request, row, refused, "lead"))


def request_or_404(viewer: Viewer, number: str) -> Request:
    """One request through its gate."""
    try:
        return queries.request_for(viewer, number)
    except Request.DoesNotExist:
        raise Http404 from None


def shown(request: HttpRequest, row: Request, problem: str = "", what: str = "") -> HttpResponse:
    """The page; with what was refused, and the form in which it was said open."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = request_or_404(viewer, row.number)
    wording.add_words(viewer, [row], viewer.on)
    may = may_do(viewer, row)
    own = book.own_book()
    kind = own.kind(row.kind)
    context = {
        "row": row,
        "kind": kind,
        "answer": in_language(kind.answer.zh, kind.answer.en) if kind else "",
        "settle": in_language(kind.settle.zh, kind.settle.en) if kind else "",
        "basis": wording.basis_said(kind.basis) if kind else "",
        "reason": wording.reason(row.reason),
        "story": _story(viewer, row),
        "may": may,
        "units": reading.units_to_pass_to(row) if "pass_on" in may else [],
        "reasons": wording.choices(own.reasons),
        "same": reading.to_join(viewer, row, viewer.on) if "join" in may else [],
        "payments": _payments(viewer, row) if queries.answers_for(viewer, row) else [],
        "hardship": hardship.offered(viewer, row),
        "typed": request.POST,
        "problem": problem,
        "what": what,
    }
    return render(request, TEMPLATE, context, status=422 if problem else 200)


def may_do(viewer: Viewer, row: Request) -> set[str]:
    """The moves that are open now, and the viewer's to make."""
    is_ours = queries.answers_for(viewer, row)
    is_near = queries.is_of_place(viewer, row)
    return {
        str(each)
        for each in moves(row.state, row.outcome)
        if each is not Move.LAPSE and (is_ours or (is_near and each in _SAID))
    }


def _payments(viewer: Viewer, row: Request) -> list[Any]:
    """Payments of the site's fund, of which one may have paid for it."""
    if row.site is None or row.state == State.TOLD:
        return []
    try:
        fund = queries.fund_for(viewer, row.site.code)
    except MaintenanceFund.DoesNotExist:
        return []
    return list(queries.entries_for(viewer, fund).filter(kind=EntryKind.PAYMENT)[:50])


def _story(viewer: Viewer, row: Request) -> list[Moment]:
    """Everything that happened, the latest first."""
    steps = list(queries.steps_of(viewer, row))
    people = accounts.names_of({each.done_by for each in steps})
    return [
        Moment(
            each.on,
            _title(each),
            words.user(each.done_by, people.get(each.done_by, "")),
            each.words,
            each.kind in _BAD,
        )
        for each in reversed(steps)
    ]


def _title(each: RequestStep) -> str:
    """What happened, with who told it, which unit it went to, until when."""
    parts = [each.get_kind_display()]
    if each.channel:
        parts.append(each.get_channel_display())
    if each.told_by:
        parts.append(each.told_by)
    if each.unit is not None:
        parts.append(each.unit.name)
    if each.until is not None:
        parts.append(_("期限 %(day)s") % {"day": each.until.isoformat()})
    return "　".join(str(part) for part in parts)


Given = dict[str, Any]
Sent = Mapping[str, str]


def _take(given: Given, sent: Sent, said: str) -> words.Text:
    moving.take(**given)
    return gettext_lazy("已受理，请在期限内办理。")


def _pass_on(given: Given, sent: Sent, said: str) -> words.Text:
    offered = {str(each.pk): each for each in reading.units_to_pass_to(given["request"])}
    unit = offered.get(sent.get("unit", ""))
    if unit is None:
        raise CommunityRefused(_("请选择转给哪个单位。"))
    moving.pass_on(**given, calendar=books.calendar(), unit=unit, words=said)
    return gettext_lazy("已转办，对方会在工作台看到。")


def _extend(given: Given, sent: Sent, said: str) -> words.Text:
    try:
        until = date.fromisoformat(sent.get("until", "").strip())
    except ValueError:
        raise CommunityRefused(_("请填写新的期限。")) from None
    moving.extend(**given, until=until, words=said)
    return gettext_lazy("已延期，原因写进了经过。")


def _handle(given: Given, sent: Sent, said: str) -> words.Text:
    moving.handle(**given, words=said)
    return gettext_lazy("已登记办理结果，请告诉反映人。")


def _confirm(given: Given, sent: Sent, said: str) -> words.Text:
    closing.confirm(**given, words=said)
    return gettext_lazy("反映人认可，已办结。")


def _reject(given: Given, sent: Sent, said: str) -> words.Text:
    closing.reject(**given, calendar=books.calendar(), words=said)
    return gettext_lazy("已登记反映人的意见，继续办理。")


def _explain(given: Given, sent: Sent, said: str) -> words.Text:
    closing.explain(**given, reason=sent.get("reason", ""), words=said)
    return gettext_lazy("已办结，原因写进了经过。")


def _join(given: Given, sent: Sent, said: str) -> words.Text:
    closing.join(**given, into=sent.get("into", "")[:30])
    return gettext_lazy("已并入。")


def _reopen(given: Given, sent: Sent, said: str) -> words.Text:
    closing.reopen(**given, calendar=books.calendar(), words=said)
    return gettext_lazy("已重新办理，期限从今天算起。")


def _name_payment(given: Given, sent: Sent, said: str) -> words.Text:
    entry = sent.get("entry", "")
    closing.name_payment(**given, entry_id=int(entry) if entry.isdecimal() else 0)
    return gettext_lazy("已关联维修基金支出。")


_MOVES: Mapping[str, Callable[[Given, Sent, str], words.Text]] = {
    "take": _take,
    "pass_on": _pass_on,
    "extend": _extend,
    "handle": _handle,
    "confirm": _confirm,
    "reject": _reject,
    "explain": _explain,
    "join": _join,
    "reopen": _reopen,
    "payment": _name_payment,
}
