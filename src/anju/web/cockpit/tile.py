"""One number of the cockpit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """A number with its name and unit, and the list that lies behind it.

    `tone` colours it where it means something: "red", "yellow", "done"; else it is plain.
    """

    name: str
    number: str
    unit: str = ""
    address: str = ""
    note: str = ""
    tone: str = ""


def tone(number: int, of_some: str) -> str:
    """The colour of what should be none: of some only where there are some."""
    return of_some if number else ""
