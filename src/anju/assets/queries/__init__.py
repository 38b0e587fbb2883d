"""Reads of the register of assets. Everything shown begins at a gate."""

from anju.assets.queries.gates import (
    asset_for,
    assets_for,
    assets_inside,
    assets_of_household,
    may_edit,
    yields_for,
)

__all__ = [
    "asset_for",
    "assets_for",
    "assets_inside",
    "assets_of_household",
    "may_edit",
    "yields_for",
]
