"""Reads of subsidies. Everything shown begins at a gate."""

from anju.benefits.queries.gates import (
    batch_for,
    batches_for,
    claim_for,
    claims_for,
    claims_of_household,
    lines_for,
    objections_for,
    publications_for,
    roll_for,
    rolls_for,
    scheme_for,
    schemes_for,
)

__all__ = [
    "batch_for",
    "batches_for",
    "claim_for",
    "claims_for",
    "claims_of_household",
    "lines_for",
    "objections_for",
    "publications_for",
    "roll_for",
    "rolls_for",
    "scheme_for",
    "schemes_for",
]
