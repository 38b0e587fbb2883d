"""Reads of the registers. Each kind has one gate that takes the viewer."""

from anju.registry.queries.gates import (
    household_for,
    households_for,
    persons_for,
)
from anju.registry.queries.searching import Match, search

__all__ = ["Match", "household_for", "households_for", "persons_for", "search"]
