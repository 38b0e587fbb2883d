"""Reads of the registers. Each kind has one gate that takes the viewer."""

from anju.registry.queries.gates import (
    household_for,
    households_for,
    persons_for,
)

__all__ = ["household_for", "households_for", "persons_for"]
