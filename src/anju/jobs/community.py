"""What is done for communities every day without anybody asking."""

from datetime import date
from typing import Any

from anju.audit.actor import SYSTEM
from anju.community.actions import closing
from anju.queue.progress import Progress


def lapse(*, progress: Progress, day: str) -> dict[str, Any]:
    """Close requests that were handled and got no word within their days."""
    return {"closed": closing.lapse(by=SYSTEM, on=date.fromisoformat(day))}
