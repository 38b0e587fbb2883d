"""Everything about one place: who answers for it, and what came of visits and meetings there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import OwedKind
from anju.duties.queries import assignments as queries
from anju.places import queries as places
from anju.web.access import requires
from anju.web.assignments import wording

_DONE_SHOWN = 40


@requires(Permission.VIEW_DUTIES)
@require_GET
def of_site(request: HttpRequest, code: str) -> HttpResponse:
    """Assignments to a site."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    scope = viewer.scope_for(Permission.VIEW_DUTIES)
    site = places.sites_in(scope).filter(code=code).first()
    if site is None:
        raise Http404
    context = {
        "title": site.name,
        "code": code,
        "field": "site",
        "site_address": reverse("web:site", args=[code])
        if viewer.may(Permission.VIEW_HOUSEHOLDS)
        else "",
    }
    return _show(
        request, viewer, queries.at_place(viewer, site_code=code), site.village_code, context
    )


@requires(Permission.VIEW_DUTIES)
@require_GET
def of_division(request: HttpRequest, code: str) -> HttpResponse:
    """Assignments to a village or town."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    name = places.names([code]).village(code)
    if name is None or not viewer.scope_for(Permission.VIEW_DUTIES).covers(code):
        raise Http404
    context = {"title": name, "code": code, "field": "place"}
    return _show(request, viewer, queries.at_place(viewer, division_code=code), code, context)


def of_site_page(viewer: Viewer, site: Any) -> dict[str, Any] | None:
    """Who answers for a site, for its own page; None for who does not read duties."""
    if not viewer.may(Permission.VIEW_DUTIES):
        return None
    held = queries.at_place(viewer, site_code=site.code).filter(queries.in_force(viewer.on))
    return {
        "rows": [(row, wording.leader_of(row)) for row in held],
        "may_assign": queries.may_arrange(viewer, site.village_code),
    }


def _show(
    request: HttpRequest, viewer: Viewer, found: Any, division_code: str, context: dict[str, Any]
) -> HttpResponse:
    rows = list(found.order_by("-valid_from", "-id"))
    held = [row for row in rows if row.valid_to is None or row.valid_to > viewer.on]
    standing = queries.standings(held)
    context |= {
        "held": [
            (
                row,
                wording.leader_of(row),
                [
                    (
                        kind.label,
                        wording.rhythm_word(row, kind, viewer.on),
                        stand,
                        _light(stand, viewer),
                    )
                    for kind in OwedKind
                    for stand in [standing[row.pk, kind.value]]
                ],
            )
            for row in held
        ],
        "former": [
            (row, wording.leader_of(row), wording.last_day_of(row))
            for row in rows
            if row not in held
        ],
        "done": [
            (each, wording.leader_of(each.assignment), wording.period_word(each.period))
            for each in queries.done_at(rows, _DONE_SHOWN)
        ],
        "may_assign": queries.may_arrange(viewer, division_code),
    }
    return render(request, "web/assignments/place.html", context)


def _light(stand: queries.Standing, viewer: Viewer) -> Any:
    return wording.light_of(stand.due_on, False, viewer.on) if stand.due_on else ""
