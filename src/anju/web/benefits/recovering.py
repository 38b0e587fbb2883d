"""追回: money of a claim that came back, with its voucher."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.accounts.permissions import Permission
from anju.audit.refusal import Refusal
from anju.benefits.actions import payouts
from anju.benefits.refusals import BenefitRefused
from anju.web.access import requires
from anju.web.benefits import words
from anju.web.benefits.claim import claim_or_404, shown
from anju.web.doing import doing
from anju.web.registers.editing.fields import Field, Input, Wrong

_AMOUNT = Field("amount", "", Input.MONEY)


@requires(Permission.PAY_BENEFITS)
@require_POST
def record(request: HttpRequest, number: str) -> HttpResponse:
    """Write it down; all of it, or a part."""
    claim, now = claim_or_404(request, number), doing(request)
    try:
        payouts.recover(
            by=now.by,
            on=now.on,
            viewer=now.viewer,
            number=claim.number,
            amount_fen=_amount(request.POST.get("amount", "")),
            received_on=_day(request.POST.get("received_on", "")),
            voucher=request.POST.get("voucher", "")[:60],
            note=request.POST.get("note", "")[:200],
        )
    except Refusal as refused:
        return shown(request, claim_or_404(request, number), refused.zh)
    messages.success(request, _("已登记追回。"))
    return HttpResponseRedirect(words.claim_address(claim))


def _amount(text: str) -> int:
    try:
        return int(_AMOUNT.read(text) or 0)
    except Wrong as wrong:
        raise BenefitRefused(_("追回金额：%(why)s") % {"why": wrong}) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BenefitRefused(_("请填写退款到账的日期。")) from None
