"""发文设置: how units' documents are headed, numbered and sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.reporting import queries
from anju.reporting.actions import issuing
from anju.reporting.composing import usual_head
from anju.reporting.models import Issuer
from anju.reporting.queries.writers import writing_units
from anju.web.access import requires
from anju.web.doing import doing

_FIELDS = ("head", "mark", "signer", "leader", "recipient", "copies", "printed_by")


@requires(Permission.ISSUE_REPORTS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Units that write reports, and what is set for each."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    there = {row.unit_id: row for row in queries.issuers_for(viewer)}
    scope = queries.units_issued_by(viewer).filter(
        pk__in=[*there, *(unit.pk for unit in writing_units(viewer.on))]
    )
    units = [(unit, there.get(unit.pk)) for unit in scope.order_by("division_code", "name")]
    return render(request, "web/reports/issuers.html", {"units": units})


@requires(Permission.ISSUE_REPORTS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    unit = queries.units_issued_by(viewer).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in _FIELDS}
        try:
            issuing.set_issuer(by=doing(request).by, viewer=viewer, unit_id=unit.pk, values=values)
        except Refusal as refused:
            problem = refused.zh
        else:
            messages.success(request, _("已保存，以后签发的报告按它编号和套头。"))
            return HttpResponseRedirect(reverse("web:report-issuers"))
    context = {"unit": unit, "typed": _typed(request, viewer, unit), "problem": problem}
    return render(request, "web/reports/issuer.html", context, status=422 if problem else 200)


def _typed(request: HttpRequest, viewer: Viewer, unit: Unit) -> dict[str, Any]:
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in _FIELDS}
    row: Issuer | None = queries.issuers_for(viewer).filter(unit=unit).first()
    if row is None:
        return {"head": usual_head(unit.name), "signer": unit.name, "printed_by": unit.name}
    return {name: getattr(row, name) for name in _FIELDS}
