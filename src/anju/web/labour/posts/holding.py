"""One holding of a post: what was agreed, why they should leave, what was paid; and changing it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.refusal import Refusal
from anju.employment import post_rules, post_words
from anju.employment.actions import holdings
from anju.employment.models import EndReason, PostHolding
from anju.employment.post_rules import Leaving
from anju.employment.queries import posts as queries
from anju.employment.queries.post_facts import answered, applicants, leaving_reasons
from anju.employment.queries.post_limits import stated
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.assets.forms import Typed
from anju.web.doing import Doing, doing
from anju.web.labour.posts import forms, words
from anju.web.labour.sheets import Sheet, answer, source, told

_EDIT = ["GET", "POST"]
#: Why somebody should leave → the reason that stands in the form.
_AS_REASON = {
    Leaving.OVER: EndReason.ENDED,
    Leaving.DIED: EndReason.DIED,
    Leaving.GONE: EndReason.MOVED,
    Leaving.AGE: EndReason.AGE,
    Leaving.WORK: EndReason.OTHER_WORK,
    Leaving.LICENCE: EndReason.NOT_ELIGIBLE,
    Leaving.UNABLE: EndReason.INCAPABLE,
    Leaving.SCHOOL: EndReason.SCHOOL,
}


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, holding_id: int) -> HttpResponse:
    """One holding of somebody in the viewer's places."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = holding_or_404(viewer, holding_id)
    response = render(request, "web/labour/posts/holding.html", _context(viewer, row))
    record(
        by=viewer.actor(address_of(request)),
        action="post_holding.read",
        kind="household",
        ids=[row.household.code],
        place=row.household.village_code,
    )
    return response


def holding_or_404(viewer: Viewer, holding_id: int) -> PostHolding:
    """The holding an address names."""
    try:
        return queries.holding_for(viewer, holding_id)
    except PostHolding.DoesNotExist:
        raise Http404 from None


def _context(viewer: Viewer, row: PostHolding) -> dict[str, Any]:
    on, code = viewer.on, row.household.village_code
    is_on = row.ended_on is None or row.ended_on > on
    who = answered(
        applicants([row.person], on, but=row.pk)[row.person_id],
        has_licence=row.has_licence,
        has_official=row.has_official,
    )
    answers = post_rules.judge(who, stated(on).bounds)
    may_open = queries.posts_for(viewer).filter(pk=row.post_id).exists()
    return {
        "row": row,
        "is_on": is_on,
        "place_name": places.names([code]).village(code) or code,
        "reasons": [post_words.reason(each) for each in leaving_reasons([row], on).get(row.pk, ())],
        "rules": words.told(answers, on) if is_on else [],
        "pays": list(queries.pays_of(row)),
        "may_edit": queries.may_edit_holding(viewer, row.household),
        "may_open_post": may_open,
    }


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def edit(request: HttpRequest, holding_id: int) -> HttpResponse:
    """What was agreed, or how they left, was noted wrongly."""
    row = _editable(request, holding_id)
    names = (*holdings.TOLD, *holdings.LEFT)
    values = {name: getattr(row, name) for name in names}
    sheet = Sheet(
        _("更正聘用"), forms.HOLDING, values, crumb(), _page(row), row.person.name,
        withdraw=reverse("web:post-holding-withdraw", args=[row.pk]),
    )  # fmt: skip

    def do(done: Doing, typed: Typed) -> str:
        changes = {n: v for n, v in typed.values.items() if v != values[n]}
        if not changes:
            told(request, False)
            return _page(row)
        now = holdings.correct(
            by=done.by, on=done.on, holding=row, changes=changes, source=source(done.viewer)
        )
        told(request, True)
        return _page(now)

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def renew(request: HttpRequest, holding_id: int) -> HttpResponse:
    """The agreement goes on."""
    row = _editable(request, holding_id)
    _refuse_left(row)
    sheet = Sheet(_("续签"), forms.RENEW, {}, crumb(), _page(row), row.person.name)

    def do(done: Doing, typed: Typed) -> str:
        now = holdings.renew(
            by=done.by, on=done.on, holding=row, source=source(done.viewer), **typed.values
        )
        told(request, True)
        return _page(now)

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def leave(request: HttpRequest, holding_id: int) -> HttpResponse:
    """They leave the post; what the registers say of it stands in the form."""
    row = _editable(request, holding_id)
    _refuse_left(row)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = leaving_reasons([row], viewer.on).get(row.pk, ())
    proposed = next((_AS_REASON[each.why] for each in found if each.why in _AS_REASON), "")
    values = {"ended_on": _day(request.GET.get("ended_on", "")) or viewer.on, "reason": proposed}
    sheet = Sheet(
        _("登记退岗"), forms.LEAVE, values, crumb(), _page(row), row.person.name,
        note=words.reasons(found),
    )  # fmt: skip

    def do(done: Doing, typed: Typed) -> str:
        now = holdings.leave(
            by=done.by, on=done.on, holding=row, source=source(done.viewer), **typed.values
        )
        messages.success(request, _("已登记退岗，劳动力台账同时记上。"))
        return _page(now)

    return answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_POST
def withdraw(request: HttpRequest, holding_id: int) -> HttpResponse:
    """Take back what was never so."""
    row, done = _editable(request, holding_id), doing(request)
    try:
        holdings.withdraw(
            by=done.by, on=done.on, holding=row, reason=request.POST.get("reason", "")[:200]
        )
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:post-holding-edit", args=[row.pk]))
    messages.success(request, _("已撤销，原来的记录保留在审计中。"))
    return HttpResponseRedirect(reverse("web:post-holders"))


def crumb() -> tuple[str, str]:
    """The list that every page of a holding leads back to."""
    return reverse("web:post-holders"), _("公益性岗位人员")


def _editable(request: HttpRequest, holding_id: int) -> PostHolding:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = holding_or_404(viewer, holding_id)
    if not queries.may_edit_holding(viewer, row.household):
        raise PermissionDenied
    return row


def _refuse_left(row: PostHolding) -> None:
    if row.ended_on is not None:
        raise Http404


def _page(row: PostHolding) -> str:
    return reverse("web:post-holding", args=[row.pk])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
