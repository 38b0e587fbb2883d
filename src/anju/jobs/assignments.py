"""What the timetable does on assignments, with the day it needs."""

from datetime import date
from typing import Any

from anju.audit.actor import SYSTEM
from anju.duties.actions import owing
from anju.queue.progress import Progress


def owe(*, progress: Progress, day: str) -> dict[str, Any]:
    """Every day: visits and meetings owed by the end of the periods in course."""
    return {"owed": owing.owe(by=SYSTEM, on=date.fromisoformat(day))}
