"""What is done with single claims: put right, confirmed, withdrawn, refused, corrected, money got back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.audit.refusal import Refusal
from anju.benefits.actions import claims as actions
from anju.benefits.models import Claim
from anju.benefits.refusals import ChangedMeanwhile
from anju.benefits.terms import Terms
from anju.web.access import requires
from anju.web.benefits import forms, words
from anju.web.benefits.beginning import item_fields, measure_fields
from anju.web.benefits.claim import claim_or_404, shown
from anju.web.benefits.forms import Sheet
from anju.web.doing import Doing, doing
from anju.web.lists.declaration import Text
from anju.web.tasks import typed


@requires(Permission.CLAIM_BENEFITS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Put measure, item or note of a draft right."""
    claim = claim_or_404(request, number)
    terms = Terms.of_kept(claim.scheme.terms)
    sheet = Sheet(
        title=_("更正申领：%(name)s") % {"name": words.recipient(claim)},
        back=words.claim_address(claim),
        back_title=claim.number,
        submit=_("保存"),
        groups=[("", [*measure_fields(terms), *item_fields(terms)])],
        facts=words.explained(claim),
        note=_("保存后按新的数量重新核对资格、计算金额；以前的人工核实作废。"),
        hidden={"seen": str(claim.roll.version)},
    )
    if request.method != "POST":
        present = {each.name: getattr(claim, each.name) for each in sheet.fields}
        return forms.shown(request, sheet, typed.known(sheet.fields, present))
    given = typed.read(sheet.fields, request.POST)
    if given.problems:
        return forms.shown(request, sheet, given)
    now = doing(request)
    values = {name: value for name, value in given.values.items() if value is not None}
    try:
        actions.change(
            by=now.by, on=now.on, viewer=now.viewer, claim=claim, seen=typed.seen(request), **values
        )
    except ChangedMeanwhile as refused:
        return forms.shown(request, sheet, given, refused.zh, 409)
    except Refusal as refused:
        return forms.shown(request, sheet, given, refused.zh)
    messages.success(request, _("已保存，金额已重新计算。"))
    return HttpResponseRedirect(words.claim_address(claim))


@requires(Permission.VIEW_BENEFITS)
@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Confirm, withdraw, refuse or correct one claim, with what was said."""
    if verb not in _ACTS:
        raise Http404
    claim = claim_or_404(request, number)
    do, told = _ACTS[verb]
    try:
        do(request, doing(request), claim)
    except Refusal as refused:
        return shown(request, claim_or_404(request, number), refused.zh)
    messages.success(request, str(told))
    return HttpResponseRedirect(words.claim_address(claim))


def _said(request: HttpRequest, verb: str) -> str:
    return request.POST.get(f"note_{verb}", "")[:200]


def _confirm(request: HttpRequest, now: Doing, claim: Claim) -> None:
    actions.confirm(
        by=now.by, on=now.on, viewer=now.viewer, numbers=[claim.number],
        confirmation=_said(request, "confirm"),
    )  # fmt: skip


def _withdraw(request: HttpRequest, now: Doing, claim: Claim) -> None:
    actions.withdraw(
        by=now.by, on=now.on, viewer=now.viewer, numbers=[claim.number],
        reason=_said(request, "withdraw"),
    )  # fmt: skip


def _refuse(request: HttpRequest, now: Doing, claim: Claim) -> None:
    actions.refuse(
        by=now.by, on=now.on, viewer=now.viewer, numbers=[claim.number],
        reason=request.POST.get("reason", ""), note=_said(request, "refuse"),
    )  # fmt: skip


def _correct(request: HttpRequest, now: Doing, claim: Claim) -> None:
    actions.correct(
        by=now.by, on=now.on, viewer=now.viewer, numbers=[claim.number],
        note=_said(request, "correct"),
    )  # fmt: skip


_ACTS: Final[dict[str, tuple[Callable[[HttpRequest, Doing, Claim], None], Text]]] = {
    "confirm": (_confirm, gettext_lazy("已记录核实情况。")),
    "withdraw": (_withdraw, gettext_lazy("已撤回这笔申领。")),
    "refuse": (_refuse, gettext_lazy("已记为不予补贴。")),
    "correct": (_correct, gettext_lazy("已更正，可以编入下一个发放批次。")),
}
