"""Reads of the registers. Each kind has one gate that takes the viewer."""

from anju.registry.queries.gates import (
    household_for,
    households_for,
    member_of,
    persons_for,
)
from anju.registry.queries.living import (
    counted,
    households_by_building,
    households_by_grid,
    households_by_site,
)
from anju.registry.queries.searching import Match, search

__all__ = [
    "Match",
    "counted",
    "household_for",
    "households_by_building",
    "households_by_grid",
    "households_by_site",
    "households_for",
    "member_of",
    "persons_for",
    "search",
]
