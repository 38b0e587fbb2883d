"""Where a case stands for one person asking, what the pack offers there, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from anju.procedures.model import ENDED, Action, Level, Purpose


@dataclass(frozen=True)
class Standing:
    """A case as it stands, and what one person may be for it.

    `step` is "" while nobody has to act; then `state` decides what is offered. `due_on` is
    the deadline of the whole as it runs. `present` says of
    requirement ids whether they are met; unknown (None) or absent counts as not met. `levels` are
    those the person may act as for this household.
    """

    step: str
    on: date
    due_on: date | None = None
    present: Mapping[str, bool | None] = field(default_factory=dict)
    levels: frozenset[Level] = frozenset()
    is_green: bool = False
    state: str = "checking"


@dataclass(frozen=True)
class Offer:
    """An action of the step as one person finds it: what is missing, and whether it is theirs."""

    action: Action
    missing: tuple[str, ...]
    is_level_wrong: bool

    @property
    def is_allowed(self) -> bool:
        """Whether the person may do it now (a reason or note may still be asked for)."""
        return not self.missing and not self.is_level_wrong


@dataclass(frozen=True)
class Outcome:
    """Where an action leaves the case.

    `procedure` is the one the case is in from now on. `step` and `holder` are "" where nobody has
    to act. `state` is what the case is from now on. `due_on` is the deadline of the whole, None
    where nothing runs; `papers_due_on` that for the papers of the green channel. `begins` is set
    while another procedure has still to be started (`ProcedureBook.take` does so).
    """

    procedure: str
    step: str
    holder: Level | Literal[""]
    step_due_on: date | None
    due_on: date | None
    state: str
    is_green: bool = False
    papers_due_on: date | None = None
    removal_kind: str = ""
    is_return: bool = False
    begins: Purpose | Literal[""] = ""

    @property
    def is_closed(self) -> bool:
        """Whether the case is over."""
        return not self.step and not self.begins and self.state in ENDED
