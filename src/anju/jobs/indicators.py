"""What the timetable does on indicators, with the day it needs."""

from datetime import date
from typing import Any

from anju.audit.actor import SYSTEM
from anju.duties.actions import indicators as promised
from anju.queue.progress import Progress
from anju.reporting.actions import indicators


def compute(*, progress: Progress, day: str) -> dict[str, Any]:
    """Every day: follow what packs say since an update, and compute the last month where it is missing.

    Each day, because the month's monitoring run is done some days after its end.
    """
    on = date.fromisoformat(day)
    followed = promised.refresh(by=SYSTEM, on=on)
    done = indicators.compute(by=SYSTEM, on=on, as_of=indicators.last_month_end(on))
    return {"followed": followed, "new": done.new, "same": done.same, "left": done.left}
