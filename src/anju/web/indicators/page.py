"""One indicator: what it counts, its values and targets, where it leads, and what may be done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.attachments import ACCEPT
from anju.duties import lights
from anju.duties.actions.own_indicators import is_own
from anju.duties.models import Indicator
from anju.duties.queries import indicators as queries
from anju.duties.queries.indicators import Standing
from anju.duties.queries.limits import warning_days
from anju.reporting.actions.indicators import last_month_end
from anju.web.access import requires
from anju.web.indicators import chart, choices, telling, town, wording


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """One indicator, of the county and of a town that is asked for."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return show(request, indicator_or_404(viewer, indicator_id))


def show(request: HttpRequest, indicator: Indicator, problem: str = "") -> HttpResponse:
    """The page, with what was refused on it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    standing = queries.standings([indicator], viewer.on)[indicator.pk]
    context = {
        "indicator": indicator,
        "name": wording.name_of(indicator),
        "source": wording.source_words(indicator),
        "unit": wording.unit_words(indicator.unit),
        "pack": wording.pack_name(indicator.pack),
        "definition": wording.definition_of(indicator),
        "lines": telling.lines(viewer, indicator),
        "may_read": queries.may_read_words(viewer, indicator),
        "chart": chart.data(indicator, standing, viewer.on),
        "typed": request.POST,
        "problem": problem,
        **_standing(indicator, standing, viewer.on),
        **_owed(viewer, indicator, standing),
        **_of_town(request, viewer, indicator, standing),
        **_settings(viewer, indicator),
    }
    return render(request, "web/indicators/page.html", context, status=422 if problem else 200)


def indicator_or_404(viewer: Viewer, indicator_id: int) -> Indicator:
    """The indicator, for who may see it."""
    try:
        return queries.indicator_for(viewer, indicator_id)
    except Indicator.DoesNotExist:
        raise Http404 from None


def _standing(indicator: Indicator, standing: Standing, on: date) -> dict[str, Any]:
    latest, target, ahead = standing.latest, standing.target, chart.forecast(standing, on)
    told = {
        "latest_words": wording.number(latest.value, indicator.unit) if latest else "",
        "target_words": wording.target_words(target, indicator),
        "forecast": wording.about(ahead, indicator.unit),
    }
    return {
        **told,
        "badge": wording.Badge.of(standing.course),
        "latest": latest,
        "target": target,
        "targets": [(each, wording.target_words(each, indicator)) for each in standing.targets],
        "chart_words": chart.words(*map(str, told.values())),
        "forecast_of": len(standing.points),
    }


def _owed(viewer: Viewer, indicator: Indicator, standing: Standing) -> dict[str, Any]:
    owed = queries.next_report(indicator, standing.as_ofs, viewer.on)
    if owed is None:
        return {"owed": None}
    may_report = queries.may_report(viewer, indicator)
    return {
        "owed": owed,
        "owed_period": wording.period_words(indicator.every, owed.as_of),
        "light": lights.light(owed.due_on, viewer.on, False, warning_days(viewer.on)),
        "may_report": may_report,
        "periods": telling.open_periods(indicator, standing, viewer.on) if may_report else [],
        "accept": ACCEPT,
    }


def _of_town(
    request: HttpRequest, viewer: Viewer, indicator: Indicator, standing: Standing
) -> dict[str, Any]:
    latest = standing.latest
    as_of = latest.as_of if latest else last_month_end(viewer.on)
    asked = request.GET.get("town", "")
    return {
        "towns": town.towns(viewer, indicator),
        "of_town": town.of_town(viewer, indicator, asked, as_of) if asked else None,
    }


def _settings(viewer: Viewer, indicator: Indicator) -> dict[str, Any]:
    is_ended = queries.has_ended(indicator, viewer.on)
    if not viewer.may(Permission.MANAGE_PLANS):
        return {"may_manage": False, "is_ended": is_ended}
    return {
        "may_manage": True,
        "is_ended": is_ended,
        "is_own": is_own(indicator),
        "rhythms": choices.rhythms(),
        "units": choices.units(viewer),
        "to_compute": telling.ended_periods(indicator, viewer.on) if indicator.figure else [],
    }
