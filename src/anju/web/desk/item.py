"""What one line of the desk says."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Item:
    """One thing to do; `due_on` where it has a day by which it is to be done."""

    title: str
    detail: str
    address: str
    since: date
    is_late: bool
    due_on: date | None = None
