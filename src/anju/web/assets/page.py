"""One asset: what it is, its states, its contract, what it yielded, its project."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.assets import queries
from anju.assets.checking import SHARES
from anju.assets.models import Asset, AssetKind, Lease, Use, Yield
from anju.assets.queries import facts
from anju.audit.actions import record
from anju.places import queries as places
from anju.projects.queries import projects_for
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.assets import words
from anju.web.lists.declaration import Text


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, asset_id: int) -> HttpResponse:
    """One asset of the viewer's places."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asset = asset_or_404(viewer, asset_id)
    response = render(request, "web/assets/page.html", _context(viewer, asset))
    record(
        by=viewer.actor(address_of(request)),
        action="asset.read",
        kind="asset",
        ids=[asset.code],
        place=standing(asset),
    )
    return response


def asset_or_404(viewer: Viewer, asset_id: int) -> Asset:
    """The asset an address names."""
    try:
        return queries.asset_for(viewer, asset_id)
    except Asset.DoesNotExist:
        raise Http404 from None


def standing(asset: Asset) -> str:
    """The division it stands in; of a household's, where the household lives now."""
    return asset.household.village_code if asset.household else asset.division_code


def _context(viewer: Viewer, asset: Asset) -> dict[str, Any]:
    code = standing(asset)
    today = timezone.localdate()
    states = list(facts.states_of(asset))
    leases = list(facts.leases_of(asset))
    yields = list(facts.yields_of(asset))
    may_read_project = projects_for(viewer).filter(pk=asset.project_id).exists()
    return {
        "asset": asset,
        "place_name": places.names([code]).village(code) or code,
        "states": states,
        "corrected": [row for row in facts.states_ever_known(asset) if row.known_to],
        "leases": [(row, _runs(row, today)) for row in leases],
        "yields": [(row, _shares(row)) for row in yields],
        "may_edit": queries.may_edit(viewer, asset),
        "is_disposed": asset.use == Use.DISPOSED,
        "is_operating": asset.kind == AssetKind.OPERATING,
        "is_household": asset.kind == AssetKind.HOUSEHOLD,
        "project": asset.project if may_read_project else None,
    }


def _runs(lease: Lease, today: date) -> str:
    """Whether a contract runs, is to begin, or is over."""
    if lease.starts_on > today:
        return "to_come"
    return "runs" if lease.ends_on >= today else "over"


def _shares(row: Yield) -> list[tuple[Text, int]]:
    """For what how much was shared out; what got nothing is left out."""
    amounts = ((words.SHARES[name], getattr(row, name)) for name in SHARES)
    return [(label, amount) for label, amount in amounts if amount]
