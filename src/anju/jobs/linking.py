"""Projects name the unit that answers; once the unit is there, they are linked to it."""

from datetime import date
from typing import Any

from anju.audit.actor import SYSTEM
from anju.duties.queries.offices import sole_units
from anju.projects.actions.linking import link_units
from anju.queue.progress import Progress


def link(*, progress: Progress, day: str) -> dict[str, Any]:
    """Every day: by the names of units, and by what the names in plans were settled to mean."""
    return {"linked": link_now(on=date.fromisoformat(day))}


def link_now(*, on: date) -> int:
    """The same at once; how many were linked."""
    return link_units(by=SYSTEM, on=on, source="单位名称对照", also=sole_units())
