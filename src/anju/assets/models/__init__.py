"""Relief assets: what they are, in what state they were when, who leases them, what they yield."""

from anju.assets.models.asset import Asset, AssetKind, Category, Fund, HolderLevel, Use
from anju.assets.models.facts import (
    SHARES,
    AssetState,
    Lease,
    Title,
    Upkeep,
    Valuation,
    Yield,
)

__all__ = [
    "SHARES",
    "Asset",
    "AssetKind",
    "AssetState",
    "Category",
    "Fund",
    "HolderLevel",
    "Lease",
    "Title",
    "Upkeep",
    "Use",
    "Valuation",
    "Yield",
]
