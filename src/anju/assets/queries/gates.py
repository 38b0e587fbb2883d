"""The gates: which assets a viewer may see. Everything shown begins here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.assets.models import Asset, Yield
from anju.places.queries import inside
from anju.registry.models import Household


def within(scope: Scope) -> Q:
    """Assets of a part of the county; one of a household is where the household lives."""
    of_household = scope.q("household__village_code", "household__grid__code")
    return Q(household__isnull=True) & scope.q("division_code", None) | (
        Q(household__isnull=False) & of_household
    )


def assets_for(viewer: Viewer) -> QuerySet[Asset]:
    """Assets in the viewer's places."""
    return Asset.objects.filter(within(viewer.scope)).select_related("site", "household")


def yields_for(viewer: Viewer) -> QuerySet[Yield]:
    """Yields of assets in the viewer's places, as known now."""
    rows = Yield.objects.filter(asset__in=assets_for(viewer).order_by().values("pk"))
    return rows.filter(known_to__isnull=True)


def asset_for(viewer: Viewer, pk: int) -> Asset:
    """One asset; raises Asset.DoesNotExist outside the viewer's places."""
    return assets_for(viewer).get(pk=pk)


def assets_inside(code: str) -> Q:
    """Assets of one division (its code with or without zeros)."""
    here, there = inside("division_code", code), inside("household__village_code", code)
    return Q(household__isnull=True) & here | Q(household__isnull=False) & there


def assets_of_household(household: Household) -> QuerySet[Asset]:
    """到户类 assets of a household that came through its own gate."""
    return Asset.objects.filter(household=household).order_by("built_on", "code")


def may_edit(viewer: Viewer, asset: Asset) -> bool:
    """Whether the viewer may correct what is known of this asset."""
    scope = viewer.scope_for(Permission.EDIT_REGISTERS)
    if asset.household is None:
        return scope.covers(asset.division_code)
    grid = asset.household.grid.code if asset.household.grid else ""
    return scope.covers(asset.household.village_code, grid)
