"""Where a request stands and what may be done with it then. Plain Python; days come from the pack.

told → taken on → handled → closed: confirmed by who told it, or nothing said within the days for it.
Passed on, it waits again to be taken on. What cannot be settled is closed by explaining why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a request stands."""

    TOLD = "told"
    TAKEN = "taken"
    HANDLED = "handled"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a request was closed."""

    CONFIRMED = "confirmed"
    SILENT = "silent"
    EXPLAINED = "explained"
    JOINED = "joined"


class Move(StrEnum):
    """What may be done with a request."""

    TAKE = "take"
    PASS_ON = "pass_on"  # noqa: S105 - a move, not a password
    EXTEND = "extend"
    HANDLE = "handle"
    CONFIRM = "confirm"
    REJECT = "reject"
    EXPLAIN = "explain"
    LAPSE = "lapse"
    JOIN = "join"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Way:
    """From which states a move leads, where to, and how it closes where it does."""

    since: frozenset[State]
    to: State
    outcome: Outcome | None = None


_OPEN: Final = frozenset({State.TOLD, State.TAKEN})
_HANDLED: Final = frozenset({State.HANDLED})

#: One move may follow another only as this says.
WAYS: Final[Mapping[Move, Way]] = {
    Move.TAKE: Way(frozenset({State.TOLD}), State.TAKEN),
    Move.PASS_ON: Way(_OPEN, State.TOLD),
    Move.EXTEND: Way(frozenset({State.TAKEN}), State.TAKEN),
    Move.HANDLE: Way(_OPEN, State.HANDLED),
    Move.CONFIRM: Way(_HANDLED, State.CLOSED, Outcome.CONFIRMED),
    Move.REJECT: Way(_HANDLED, State.TAKEN),
    Move.LAPSE: Way(_HANDLED, State.CLOSED, Outcome.SILENT),
    Move.EXPLAIN: Way(_OPEN, State.CLOSED, Outcome.EXPLAINED),
    Move.JOIN: Way(_OPEN, State.CLOSED, Outcome.JOINED),
    Move.REOPEN: Way(frozenset({State.CLOSED}), State.TAKEN),
}


def is_open_to(move: Move, state: str, outcome: str = "") -> bool:
    """Whether a move may follow now. What went into another request goes on there, and not by itself."""
    if state not in WAYS[move].since:
        return False
    return not (move is Move.REOPEN and outcome == Outcome.JOINED)


def moves(state: str, outcome: str = "") -> tuple[Move, ...]:
    """All that may follow now."""
    return tuple(move for move in WAYS if is_open_to(move, state, outcome))


@dataclass(frozen=True, slots=True)
class Clocks:
    """Days by which a request is taken on, settled, and (once handled) answered by who told it."""

    answer_by: date
    settle_by: date
    confirm_by: date | None = None

    def running(self, state: str) -> date | None:
        """The day that counts now: None once it is closed.

        Until it is taken on, that is the day to take it on, or to settle it where that is earlier. Of
        what is handled the office owes nothing: who told it has until `confirm_by`.
        """
        if state == State.TOLD:
            return min(self.answer_by, self.settle_by)
        if state == State.TAKEN:
            return self.settle_by
        return self.confirm_by if state == State.HANDLED else None

    def is_late(self, state: str, on: date) -> bool:
        """Whether the office is late on a day: with taking on, or with settling."""
        due = self.running(state)
        return state in _OPEN and due is not None and on > due


def in_time(settle_by: date, handled_on: date | None, closed_on: date | None) -> bool | None:
    """Whether it was settled in time: handled, or explained, by its day. None while neither is."""
    ended = handled_on or closed_on
    return None if ended is None else ended <= settle_by
