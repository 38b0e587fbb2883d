"""What the timetable does on tasks."""

from datetime import date
from typing import Any

from anju.audit.actor import SYSTEM
from anju.duties.actions import dues
from anju.queue.progress import Progress


def lay_ahead(*, progress: Progress, day: str) -> dict[str, Any]:
    """Every day: the coming days of tasks that recur."""
    return {"tasks": dues.lay_ahead(by=SYSTEM, on=date.fromisoformat(day))}
