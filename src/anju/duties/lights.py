"""Lights: computed from a due day, never typed and never kept. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Light(StrEnum):
    """How something stands on a day."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    NO_DATE = "no_date"
    DONE = "done"


_GRAVITY: Final = {light: place for place, light in enumerate(Light)}


def light(due_on: date | None, on: date, settled: bool, warn_days: int) -> Light:
    """Done once settled; red after the due day, yellow within `warn_days` days before it (and on it).

    Without a due day nothing can be late: such things are shown as what they are.
    """
    if settled:
        return Light.DONE
    if due_on is None:
        return Light.NO_DATE
    if on > due_on:
        return Light.RED
    return Light.YELLOW if on >= due_on - timedelta(days=warn_days) else Light.GREEN


def gravest(lights: Iterable[Light]) -> Light:
    """The light of a whole: that of its gravest part; done without any."""
    return min(lights, key=_GRAVITY.__getitem__, default=Light.DONE)
