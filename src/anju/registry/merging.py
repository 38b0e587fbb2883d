"""Three versions of the same fields: what somebody saw, what is there now, what they typed.

Nothing typed is lost and nothing that somebody else wrote meanwhile is overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that somebody else changed after it was shown."""

    name: str
    seen: Any
    present: Any
    typed: Any

    @property
    def is_conflict(self) -> bool:
        """Both changed it, to different values: a person has to choose."""
        return self.typed not in (self.seen, self.present)


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be written, and what others changed meanwhile."""

    changes: dict[str, Any]
    differences: tuple[Difference, ...]

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        """The fields for a person to decide."""
        return tuple(each for each in self.differences if each.is_conflict)


def merge(seen: Mapping[str, Any], present: Mapping[str, Any], typed: Mapping[str, Any]) -> Merge:
    """Compare field by field; of fields that were not typed nothing is said.

    `changes` holds what was typed anew, also where it conflicts; a field somebody else set to the
    very same value needs no writing.
    """
    differences = tuple(
        Difference(name, seen.get(name), present.get(name), value)
        for name, value in typed.items()
        if seen.get(name) != present.get(name)
    )
    changes = {
        name: value
        for name, value in typed.items()
        if value != seen.get(name) and value != present.get(name)
    }
    return Merge(changes, differences)
