"""One asset: what it is, its states, its contract, what it yielded, its project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.assets import queries
from anju.assets.aspects import ASPECTS, Row
from anju.assets.checking import SHARES
from anju.assets.models import Asset, AssetKind, Lease, Use, Yield
from anju.assets.queries import facts
from anju.audit.actions import record
from anju.places import queries as places
from anju.projects.queries import projects_for
from anju.web import words as texts
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
        "before": [each for what in words.ASPECTS for each in _before(asset, what)],
        "leases": [(row, _runs(row, today)) for row in leases],
        "yields": [(row, _shares(row)) for row in yields],
        "may_edit": queries.may_edit(viewer, asset),
        "is_disposed": asset.use == Use.DISPOSED,
        "is_operating": asset.kind == AssetKind.OPERATING,
        "is_household": asset.kind == AssetKind.HOUSEHOLD,
        "project": asset.project if may_read_project else None,
    }


@dataclass(frozen=True, slots=True)
class Before:
    """What was known otherwise: what, how it was, from when to when, and whether it was put right."""

    what: Text
    said: str
    row: Row


def _before(asset: Asset, what: str) -> Iterator[Before]:
    """Rows of the past of one aspect, and such as were put right; none for what never changed.

    A row that was closed only because what it says has ended is told by the row that says so.
    """
    names = ASPECTS[words.ASPECTS[what]]
    rows = facts.aspects_of(words.ASPECTS[what], asset)
    now = [_key(row, names) for row in rows if row.known_to is None]
    for row in rows:
        is_past = row.known_to is None and row.valid_to is not None
        if is_past or (row.known_to is not None and _key(row, names) not in now):
            said = [_said(row, name) for name in names]
            yield Before(words.NAMES[what], "，".join(each for each in said if each), row)


def _key(row: Row, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in (*names, "valid_from"))


def _said(row: Row, name: str) -> str:
    """A column in words; empty where nothing was known."""
    value = getattr(row, name)
    if value in (None, ""):
        return ""
    if name == "has_title":
        return str(_("已确权登记") if value else _("未确权登记"))
    if name == "present_value":
        return str(_("%(amount)s 元") % {"amount": texts.yuan(value)})
    return str(row.get_holder_level_display() if name == "holder_level" else value)  # type: ignore[union-attr]


def _runs(lease: Lease, today: date) -> str:
    """Whether a contract runs, is to begin, or is over."""
    if lease.starts_on > today:
        return "to_come"
    return "runs" if lease.ends_on >= today else "over"


def _shares(row: Yield) -> list[tuple[Text, int]]:
    """For what how much was shared out; what got nothing is left out."""
    amounts = ((words.SHARES[name], getattr(row, name)) for name in SHARES)
    return [(label, amount) for label, amount in amounts if amount]
