"""Setting indicators: added by hand or from a pack, who reports, targets of one's own, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.duties.actions import indicators, own_indicators
from anju.duties.actions.own_indicators import Wanted
from anju.duties.queries.assignments import units_to_choose
from anju.reporting.figures import FIGURES
from anju.web.access import requires
from anju.web.doing import Doing, carry_out, doing
from anju.web.indicators import choices
from anju.web.indicators.numbers import number
from anju.web.indicators.page import indicator_or_404, show
from anju.web.indicators.values import day


@requires(Permission.MANAGE_PLANS)
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """An indicator that no plan or pack promises."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if request.method == "GET":
        return _form(request, {"every": "quarter", "operator": ">="})

    def do(doing: Doing) -> str:
        row = own_indicators.add(
            by=doing.by, on=doing.on, viewer=viewer, wanted=_wanted(viewer, request.POST)
        )
        messages.success(request, _("已添加。请接着设置目标值。"))
        return reverse("web:indicator", args=[row.pk])

    return carry_out(request, do, lambda problem: _form(request, request.POST, problem))


@requires(Permission.MANAGE_PLANS)
@require_POST
def take_over_pack(request: HttpRequest) -> HttpResponse:
    """Follow what a policy pack promises."""
    done = doing(request)
    pack = request.POST.get("pack", "")
    try:
        count = indicators.take_over_pack(by=done.by, on=done.on, viewer=done.viewer, pack=pack)
        messages.success(request, _("政策包的 %(count)s 项指标已列入。") % {"count": count})
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:indicators"))


@requires(Permission.MANAGE_PLANS)
@require_POST
def change(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """Who reports, how often, and how it is explained."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    indicator = indicator_or_404(viewer, indicator_id)

    def do(doing: Doing) -> str:
        own_indicators.change(
            by=doing.by,
            viewer=viewer,
            indicator=indicator,
            reporting_unit=_unit(viewer, request.POST),
            every=request.POST.get("every", ""),
            definition=request.POST.get("definition", ""),
        )
        messages.success(request, _("已保存。"))
        return reverse("web:indicator", args=[indicator.pk])

    return carry_out(request, do, lambda problem: show(request, indicator, problem))


@requires(Permission.MANAGE_PLANS)
@require_POST
def target(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """A target of an indicator of one's own: set, changed, or taken away (no value)."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    indicator = indicator_or_404(viewer, indicator_id)

    def do(doing: Doing) -> str:
        written = request.POST.get("value", "").strip()
        own_indicators.set_target(
            by=doing.by,
            viewer=viewer,
            indicator=indicator,
            due_on=day(request.POST.get("due_on", "")),
            value=number(written, indicator.unit) if written else None,
            clause=request.POST.get("clause", ""),
        )
        messages.success(request, _("已保存。"))
        return reverse("web:indicator", args=[indicator.pk])

    return carry_out(request, do, lambda problem: show(request, indicator, problem))


@requires(Permission.MANAGE_PLANS)
@require_POST
def end(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """Follow an indicator no longer."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    indicator = indicator_or_404(viewer, indicator_id)

    def do(doing: Doing) -> str:
        reason = request.POST.get("reason", "")
        own_indicators.end(
            by=doing.by, on=doing.on, viewer=viewer, indicator=indicator, reason=reason
        )
        messages.success(request, _("已终止，以前的数值保留。"))
        return reverse("web:indicator", args=[indicator.pk])

    return carry_out(request, do, lambda problem: show(request, indicator, problem))


def _wanted(viewer: Viewer, sent: Any) -> Wanted:
    figure = FIGURES.get(sent.get("figure", ""))
    return Wanted(
        name=sent.get("name", "") or (str(figure.name) if figure else ""),
        unit=figure.unit if figure else sent.get("unit", ""),
        operator=sent.get("operator", ""),
        every=sent.get("every", ""),
        definition=sent.get("definition", ""),
        figure=figure.id if figure else "",
        reporting_unit=_unit(viewer, sent),
    )


def _unit(viewer: Viewer, sent: Any) -> Unit | None:
    chosen = sent.get("unit_id", "")
    return units_to_choose(viewer).filter(pk=int(chosen)).first() if chosen.isdecimal() else None


def _form(request: HttpRequest, given: Any, problem: str = "") -> HttpResponse:
    context = {
        "given": given,
        "problem": problem,
        "figures": choices.figures(),
        "units": choices.units(request.viewer),  # type: ignore[attr-defined]
        "operators": choices.operators(),
        "rhythms": choices.rhythms(),
    }
    return render(request, "web/indicators/form.html", context, status=422 if problem else 200)
