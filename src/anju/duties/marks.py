"""A mark of what a measure says, so that nobody confirms what somebody else has changed meanwhile."""

from __future__ import annotations

from hashlib import sha256

from anju.duties.models import PlanMeasure


def mark_of(measure: PlanMeasure) -> str:
    """The same as long as the measure says the same; its parts have been read already."""
    parts = (
        [(each.name, each.role) for each in measure.offices.all()],
        [(each.words, each.kind, each.due_on, each.every) for each in measure.deadlines.all()],
        [
            (each.indicator, each.operator, each.value, each.upper, each.unit, each.due_on)
            for each in measure.targets.all()
        ],
        [(each.what, each.value, each.unit) for each in measure.amounts.all()],
    )
    said = (measure.title, measure.kind, measure.start, measure.end, parts)
    return sha256(repr(said).encode()).hexdigest()[:12]
