"""Reads of supervision. Whatever is shown goes through a gate that takes the viewer."""

from anju.supervision.queries.gates import (
    answers_for_unit,
    item_for,
    items_for,
    may_inspect,
    notice_for,
    notices_for,
    problem_for,
    problems_for,
    sample_counts,
    supervision_for,
    supervisions_for,
    units_of_problems,
)

__all__ = [
    "answers_for_unit",
    "item_for",
    "items_for",
    "may_inspect",
    "notice_for",
    "notices_for",
    "problem_for",
    "problems_for",
    "sample_counts",
    "supervision_for",
    "supervisions_for",
    "units_of_problems",
]
