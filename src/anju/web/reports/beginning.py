"""Beginning a report by hand: a year's, a special one, or one of a time that is over."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.duties.periods import Period
from anju.duties.queries import unit_of
from anju.reporting import queries
from anju.reporting.actions import opening
from anju.reporting.models import Report, ReportKind
from anju.reporting.refusals import ReportRefused
from anju.reporting.spans import free, periods_until
from anju.web.access import requires
from anju.web.doing import doing

_SHOWN = {ReportKind.MONTHLY: 12, ReportKind.QUARTERLY: 8, ReportKind.YEARLY: 3}


@requires(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; a report that is there already is opened."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    problem = ""
    if request.method == "POST":
        try:
            report = _begin(request)
        except Refusal as refused:
            problem = refused.zh
        else:
            return HttpResponseRedirect(reverse("web:report", args=[report.pk]))
    context = {
        "unit": unit_of(viewer),
        "may_whole": queries.writes_whole(viewer),
        "periods": [(kind.label, _choices(kind, viewer.on)) for kind in _SHOWN],
        "today": viewer.on,
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "web/reports/new.html", context, status=422 if problem else 200)


def _choices(kind: ReportKind, on: date) -> list[tuple[str, str]]:
    """Value and label of the times that have begun, the latest first."""
    found = periods_until(kind, on, count=_SHOWN[kind])
    return [(f"{kind.value}:{each.label}", each.label) for each in found]


def _begin(request: HttpRequest) -> Report:
    now = doing(request)
    kind, period = _asked(request, now.on)
    return opening.begin(
        by=now.by,
        on=now.on,
        viewer=now.viewer,
        kind=kind,
        period=period,
        is_whole=request.POST.get("whose") == "whole",
        subject=request.POST.get("subject", ""),
    )


def _asked(request: HttpRequest, on: date) -> tuple[ReportKind, Period]:
    """The kind and time that were chosen; refused where none was."""
    wanted, _colon, label = request.POST.get("period", "").partition(":")
    for kind, count in _SHOWN.items():
        if kind == wanted:
            for period in periods_until(kind, on, count=count):
                if period.label == label:
                    return kind, period
    if wanted != ReportKind.SPECIAL:
        raise ReportRefused(_("请选择种类和期次。"))
    first, last = (_day(request.POST.get(name, "")) for name in ("first_day", "last_day"))
    if first is None or last is None or last < first:
        raise ReportRefused(_("请填写专题报告的起止日期，例如 2023-07-01 至 2023-09-30。"))
    return ReportKind.SPECIAL, free(first, last)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
