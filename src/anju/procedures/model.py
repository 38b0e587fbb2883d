"""What a pack writes about cases: steps and actions, reasons, help measures, classes.

Everything here is frozen and resolved: limits have become clocks, groups of reasons their reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from anju.procedures.calendars import Clock

Level = Literal["grid", "village", "town", "county"]
Purpose = Literal["inclusion", "removal", "natural", "clearing"]

LEVELS: Final[tuple[Level, ...]] = ("grid", "village", "town", "county")
LEVEL_NAMES: Final[Mapping[Level, tuple[str, str]]] = {
    "grid": ("网格员", "the grid worker"),
    "village": ("村（社区）", "the village"),
    "town": ("乡镇（街道）", "the town"),
    "county": ("县级", "the county"),
}
PURPOSES: Final[tuple[Purpose, ...]] = ("inclusion", "removal", "natural", "clearing")
STATES: Final = ("checking", "included", "not_included", "removed", "cleared", "withdrawn")
ENDED: Final = frozenset({"not_included", "removed", "cleared", "withdrawn"})
#: Kinds of cases that are about a village and no household; what was seen there makes their list.
KINDS_OF_PLACES: Final = frozenset({"clinic"})
REMOVAL_KINDS: Final = ("helped", "natural")


@dataclass(frozen=True)
class Basis:
    """Where it comes from: a clause of a document, or a default somebody must confirm."""

    doc: str = ""
    clause: str = ""
    default: str = ""
    default_en: str = ""

    @property
    def is_default(self) -> bool:
        """True where no document states it."""
        return bool(self.default)


@dataclass(frozen=True)
class Reason:
    """A reason to choose from a list, in two languages."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True)
class Action:
    """Something a level may do at a step.

    `to` is the next step ("" where nobody has to act afterwards) and `state` what the case becomes
    ("" where it stays). `begins` names the purpose of the procedure that starts, where the action
    leaves its own. `later` are those needs that a case of the green channel may still bring.
    """

    id: str
    name: str
    name_en: str
    by: frozenset[Level]
    needs: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    to: str = ""
    state: str = ""
    begins: Purpose | Literal[""] = ""
    is_return: bool = False
    starts_green: bool = False
    removal_kind: str = ""
    reasons: tuple[Reason, ...] = ()
    needs_note: bool = False

    def reason(self, reason_id: str) -> Reason | None:
        """One of its reasons by id."""
        return next((reason for reason in self.reasons if reason.id == reason_id), None)


@dataclass(frozen=True)
class Step:
    """Where a case waits for somebody: the level that holds it, how long, what may be done."""

    id: str
    name: str
    name_en: str
    holder: Level
    clock: Clock | None
    publicity: bool
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Measure:
    """A kind of help: what it answers, and whether it makes a household earn for itself."""

    id: str
    name: str
    name_en: str
    fits: frozenset[str]
    developmental: bool
    safety_net: bool


@dataclass(frozen=True)
class MonitoredClass:
    """A class of monitored households, with the days on which households may enter it."""

    id: str
    name: str
    name_en: str
    household_classes: frozenset[str]
    valid_from: date
    valid_to: date | None
    basis: Basis

    def holds_on(self, day: date) -> bool:
        """Whether households may be included as this class on that day (`valid_to` excluded)."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
