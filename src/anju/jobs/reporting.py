"""What the timetable does on reports."""

from datetime import date
from typing import Any

from anju.audit.actor import SYSTEM
from anju.queue.progress import Progress
from anju.reporting.actions import opening


def open_due(*, progress: Progress, day: str) -> dict[str, Any]:
    """Every day: monthly and quarterly reports that come due are begun."""
    return {"reports": opening.open_due(by=SYSTEM, on=date.fromisoformat(day))}
