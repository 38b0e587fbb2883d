"""One workshop: what it is, what it told, who of the register works there, what it seeks."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.employment.models import Workshop
from anju.employment.queries import vacancies
from anju.employment.queries import workshops as queries
from anju.web.access import requires
from anju.web.address import address_of

_SHOWN: Final = 200


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, workshop_id: int) -> HttpResponse:
    """One workshop of the viewer's places."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    workshop = workshop_or_404(viewer, workshop_id)
    context = _context(viewer, workshop)
    response = render(request, "web/labour/workshop.html", context)
    by = viewer.actor(address_of(request))
    record(
        by=by, action="workshop.read", kind="workshop", ids=[str(workshop.pk)],
        place=workshop.division_code,
    )  # fmt: skip
    homes = sorted({home.code for _row, home in context["workers"] if home})
    if homes:
        record(by=by, action="register.read", kind="household", ids=homes, count=len(homes),
               detail={"register": "workshop"}, place=workshop.division_code)  # fmt: skip
    return response


def workshop_or_404(viewer: Viewer, workshop_id: int) -> Workshop:
    """The workshop an address names."""
    try:
        return queries.workshop_for(viewer, workshop_id)
    except Workshop.DoesNotExist:
        raise Http404 from None


def _context(viewer: Viewer, workshop: Workshop) -> dict[str, Any]:
    today = timezone.localdate()
    workers = list(queries.workers_of(viewer, workshop, today)[: _SHOWN + 1])
    homes = queries.homes_of(viewer, [row.person_id for row in workers])
    found = vacancies.vacancies_for(viewer).filter(workshop=workshop)
    return {
        "workshop": workshop,
        "place_name": queries.place_names([workshop])[workshop.division_code],
        "counts": list(queries.counts_of(workshop)),
        "workers": [(row, homes.get(row.person_id)) for row in workers[:_SHOWN]],
        "has_more": len(workers) > _SHOWN,
        "most": _SHOWN,
        "vacancies": list(found.order_by("-opened_on", "-pk")[:20]),
        "may_edit": queries.may_edit_workshop(viewer, workshop),
    }
