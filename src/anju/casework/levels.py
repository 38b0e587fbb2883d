"""Which post acts for which level of a procedure, and where."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.models import Case
from anju.procedures.model import Level
from anju.registry.models import Household

PERMISSION_OF: Final[Mapping[Level, Permission]] = MappingProxyType(
    {
        "grid": Permission.CHECK_HOMES,
        "village": Permission.ACT_IN_VILLAGE,
        "town": Permission.ACT_IN_TOWN,
        "county": Permission.ACT_IN_COUNTY,
    }
)
ACTING: Final = tuple(dict.fromkeys(PERMISSION_OF.values()))
"""Permissions of those who act on cases, from the home to the county."""


def levels_in(viewer: Viewer, case: Case) -> frozenset[Level]:
    """The levels a viewer's posts act for, where the household of a case lives."""
    grid = case.household.grid
    return levels_at(viewer, case.household.village_code, grid.code if grid else "")


def levels_at(viewer: Viewer, village_code: str, grid_code: str = "") -> frozenset[Level]:
    """The levels a viewer's posts act for in a village, or a grid of it."""
    return frozenset(
        level
        for level, permission in PERMISSION_OF.items()
        if viewer.scope_for(permission).covers(village_code, grid_code)
    )


def covers(viewer: Viewer, permission: Permission, household: Household) -> bool:
    """Whether a permission of the viewer's reaches the place, or grid, of a household."""
    grid_code = household.grid.code if household.grid else ""
    return viewer.scope_for(permission).covers(household.village_code, grid_code)


def may_act(viewer: Viewer, household: Household) -> bool:
    """Whether the viewer acts for some level where the household lives."""
    return any(covers(viewer, permission, household) for permission in ACTING)
