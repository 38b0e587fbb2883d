"""What is done with a roll: its steps as a whole, its ticked lines, objections; and several rolls at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.accounts.permissions import Permission
from anju.audit.refusal import Refusal
from anju.benefits.actions import claims, rolls
from anju.benefits.models import Objection, Roll
from anju.benefits.queries import objections_for
from anju.benefits.refusals import BenefitRefused, ChangedMeanwhile
from anju.web.access import requires
from anju.web.benefits import words
from anju.web.benefits.roll import roll_or_404, shown
from anju.web.doing import Doing, doing
from anju.web.tasks import typed


@dataclass(frozen=True)
class _Asked:
    """What was sent about a roll."""

    request: HttpRequest
    now: Doing
    roll: Roll
    seen: int

    @property
    def who(self) -> dict[str, Any]:
        """Who does it, when."""
        return {"by": self.now.by, "on": self.now.on, "viewer": self.now.viewer}

    @property
    def numbers(self) -> list[str]:
        """The ticked lines; refused where none is."""
        found = self.request.POST.getlist("claim")
        if not found:
            raise BenefitRefused(_("请先勾选要办理的申领。"))
        return found

    def note(self, verb: str) -> str:
        """What was written about it."""
        return self.request.POST.get(f"note_{verb}", "")[:200]


@requires(Permission.VIEW_BENEFITS)
@require_POST
def act(request: HttpRequest, roll_id: int) -> HttpResponse:
    """Take a step with a roll or its ticked lines, exactly as they were seen."""
    roll = roll_or_404(request, roll_id)
    found = _ACTS.get(request.POST.get("do", ""))
    if found is None:
        raise Http404
    asked = _Asked(request, doing(request), roll, typed.seen(request))
    try:
        told = found(asked)
    except ChangedMeanwhile as refused:
        return shown(request, roll_or_404(request, roll_id), refused.zh, 409)
    except Refusal as refused:
        return shown(request, roll_or_404(request, roll_id), refused.zh)
    messages.success(request, told)
    return HttpResponseRedirect(words.roll_address(roll))


@requires(Permission.CLAIM_BENEFITS)
@require_POST
def settle(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Answer an objection."""
    try:
        objection = objections_for(request.viewer).select_related("roll").get(pk=objection_id)  # type: ignore[attr-defined]
    except Objection.DoesNotExist:
        raise Http404 from None
    now, upheld = doing(request), request.POST.get("upheld", "")
    try:
        if upheld not in ("0", "1"):
            raise BenefitRefused(_("请选择异议是否成立。"))
        rolls.settle(
            by=now.by,
            on=now.on,
            viewer=now.viewer,
            objection=objection,
            is_upheld=upheld == "1",
            answer=request.POST.get("answer", "")[:500],
        )
    except Refusal as refused:
        return shown(request, roll_or_404(request, objection.roll_id), refused.zh)
    messages.success(request, _("已答复。"))
    return HttpResponseRedirect(words.roll_address(objection.roll))


def _submit(asked: _Asked) -> str:
    rolls.submit(**asked.who, roll=asked.roll, seen=asked.seen)
    return _("已提交，请张榜公示。")


def _publish(asked: _Asked) -> str:
    contact = asked.request.POST.get("contact", "")
    posted = rolls.publish(**asked.who, roll=asked.roll, seen=asked.seen, contact=contact)
    return _("已公示，到 %(day)s 期满。请下载公示文书张贴。") % {"day": posted.ends_on}


def _clear(asked: _Asked) -> str:
    rolls.clear(**asked.who, roll=asked.roll, seen=asked.seen)
    return _("已报乡镇审核。")


def _check(asked: _Asked) -> str:
    rolls.check(**asked.who, rolls={asked.roll.pk: asked.seen})
    return _("已审核通过，报县级审定。")


def _approve(asked: _Asked) -> str:
    rolls.approve(**asked.who, rolls={asked.roll.pk: asked.seen})
    return _("已审定，可以编制发放批次。")


def _send_back(asked: _Asked) -> str:
    numbers = asked.request.POST.getlist("claim")
    rolls.send_back(
        **asked.who, roll=asked.roll, seen=asked.seen, reason=asked.note("send_back"),
        numbers=numbers,
    )  # fmt: skip
    return _("已退回村级重新核对。")


def _object(asked: _Asked) -> str:
    sent = asked.request.POST
    try:
        received = date.fromisoformat(sent.get("received_on", ""))
    except ValueError:
        raise BenefitRefused(_("请填写收到异议的日期。")) from None
    made = rolls.object_to(
        **asked.who, roll=asked.roll, told=sent.get("told", ""), received_on=received,
        number=sent.get("number", ""),
    )  # fmt: skip
    return _("已登记，请在 %(day)s 前核实答复。") % {"day": made.answer_by}


def _confirm(asked: _Asked) -> str:
    _as_seen(asked)
    count = claims.confirm(**asked.who, numbers=asked.numbers, confirmation=asked.note("confirm"))
    return _("已核实 %(count)s 笔。") % {"count": count}


def _withdraw(asked: _Asked) -> str:
    _as_seen(asked)
    claims.withdraw(**asked.who, numbers=asked.numbers, reason=asked.note("withdraw"))
    return _("已撤回 %(count)s 笔。") % {"count": len(asked.numbers)}


def _refuse(asked: _Asked) -> str:
    _as_seen(asked)
    claims.refuse(
        **asked.who, numbers=asked.numbers, reason=asked.request.POST.get("reason", ""),
        note=asked.note("refuse"),
    )  # fmt: skip
    return _("已记为不予补贴：%(count)s 笔。") % {"count": len(asked.numbers)}


def _as_seen(asked: _Asked) -> None:
    """Ticks stand for lines as they were on the page."""
    if asked.roll.version != asked.seen:
        raise ChangedMeanwhile(asked.roll.scheme.title)


_ACTS: Final[dict[str, Callable[[_Asked], str]]] = {
    "submit": _submit,
    "publish": _publish,
    "clear": _clear,
    "check": _check,
    "approve": _approve,
    "send_back": _send_back,
    "object": _object,
    "confirm": _confirm,
    "withdraw": _withdraw,
    "refuse": _refuse,
}
