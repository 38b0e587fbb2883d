"""Reads of communities. Everything shown begins at a gate."""

from anju.community.queries.gates import (
    answers_for,
    entries_for,
    fund_for,
    funds_for,
    is_of_place,
    may_keep,
    may_tell_at,
    oversees,
    request_for,
    requests_for,
    service_for,
    services_for,
    steps_of,
    unit_of,
)

__all__ = [
    "answers_for",
    "entries_for",
    "fund_for",
    "funds_for",
    "is_of_place",
    "may_keep",
    "may_tell_at",
    "oversees",
    "request_for",
    "requests_for",
    "service_for",
    "services_for",
    "steps_of",
    "unit_of",
]
