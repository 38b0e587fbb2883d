"""What was found of a requirement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from anju.casework.models import Case


@dataclass(frozen=True)
class Evidence:
    """Whether a requirement is met (None: the registers cannot tell), and the reason in words."""

    is_met: bool | None
    text: str


Check = Callable[[Case, date], Evidence]
"""What is known of one requirement for a case on a day."""
