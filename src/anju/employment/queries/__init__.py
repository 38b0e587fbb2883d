"""Reads of the labour ledger."""

from anju.employment.queries.employments import (
    employments_ever_known,
    employments_of,
    is_at_work,
)

__all__ = ["employments_ever_known", "employments_of", "is_at_work"]
