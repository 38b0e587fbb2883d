"""Reads of the registers. Each kind has one gate that takes the viewer."""

from anju.registry.queries.gates import (
    Seen,
    household_for,
    households_for,
    households_from,
    member_of,
    persons_for,
    seen_household,
)
from anju.registry.queries.leaving import homes_left, measures_kept, search_from
from anju.registry.queries.living import (
    counted,
    households_by_building,
    households_by_grid,
    households_by_site,
)
from anju.registry.queries.searching import Match, search

__all__ = [
    "Match",
    "Seen",
    "counted",
    "household_for",
    "households_by_building",
    "households_by_grid",
    "households_by_site",
    "households_for",
    "households_from",
    "homes_left",
    "measures_kept",
    "member_of",
    "persons_for",
    "search",
    "search_from",
    "seen_household",
]
