"""Raising a lead about a household: what somebody saw, was told on the telephone, or got in a letter."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.casework.actions import leads
from anju.casework.models import Channel
from anju.casework.risks import CASE_RISKS
from anju.registry import queries as registry
from anju.registry.models import Household
from anju.web import words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.lists import Choice

TEMPLATE = "web/casework/report.html"


@requires(Permission.REPORT_LEADS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The form, and raising what it says."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    household = _household(viewer, code)
    problem = ""
    if request.method == "POST":
        try:
            return _report(request, viewer, household)
        except Refusal as refused:
            problem = refused.zh
    context = {
        "household": household,
        "risks": [Choice(risk, words.risk(risk)) for risk in CASE_RISKS],
        "channels": _channels(),
        "typed": request.POST,
        "problem": problem,
        "back": _back(viewer, household),
    }
    return render(request, TEMPLATE, context, status=422 if problem else 200)


def _report(request: HttpRequest, viewer: Viewer, household: Household) -> HttpResponse:
    channel = request.POST.get("channel", "")
    known = {choice.value for choice in _channels()}
    leads.report(
        by=viewer.actor(address_of(request)),
        on=timezone.localdate(),
        viewer=viewer,
        household=household,
        risk=request.POST.get("risk", ""),
        channel=Channel(channel if channel in known else Channel.GRID),
        told=request.POST.get("told", ""),
        reference=request.POST.get("reference", ""),
    )
    messages.success(request, _("已上报。核实人会在期限内核实。"))
    return HttpResponseRedirect(_back(viewer, household))


def _channels() -> Sequence[Choice]:
    """All but the one that only monitoring itself uses."""
    return [Choice(each.value, each.label) for each in Channel if each != Channel.FINDING]


def _household(viewer: Viewer, code: str) -> Household:
    try:
        return registry.household_for(viewer, code)
    except Household.DoesNotExist:
        raise Http404 from None


def _back(viewer: Viewer, household: Household) -> str:
    if viewer.may(Permission.VIEW_CASES):
        return reverse("web:household-tab", args=[household.code, "help"])
    return reverse("web:household", args=[household.code])
