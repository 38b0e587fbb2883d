"""Which plans, tasks, indicators and problems changed since a moment: the audit chain told as a feed.

A change number is the sequence of the audit entry that a change was written with; see
`anju.intake.changed`, which tells the same of households.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from anju.accounts.viewer import Viewer
from anju.audit import queries as audit
from anju.audit.models import Entry
from anju.duties.queries import plans_for, tasks_for
from anju.duties.queries.indicators import indicators_for
from anju.supervision.queries.gates import problems_for

_KINDS: Final = ("plan", "task", "indicator", "supervision_problem")
_CHANGES: Final = (
    "plan.", "task.", "progress.", "indicator.", "supervision_problem.", "rectification.",
)  # fmt: skip
#: Entries of these that change nothing others may see.
_NO_CHANGE: Final = (".draft", ".end_draft", ".fetch", ".read")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its number, when, and what of the viewer's it touched."""

    number: int
    at: datetime
    plans: tuple[int, ...] = ()
    tasks: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """Changes in order. `last`: ask after this number next; `more`: there are further ones."""

    changes: tuple[Change, ...]
    last: int
    more: bool


def changes_for(viewer: Viewer, *, after: int, limit: int) -> Feed:
    """Changes with a number above `after`, from at most `limit` audit entries; five queries.

    Changes that touch nothing of the viewer's are passed over, but `last` moves on.
    """
    following = audit.entries().filter(sequence__gt=after).order_by("sequence")
    entries = list(following[: limit + 1])
    shown = entries[:limit]
    writing = [each for each in shown if _writes(each)]
    seen = _seen(viewer, writing)
    told = (_change(each, seen) for each in writing)
    changes = tuple(
        each for each in told if each.plans or each.tasks or each.indicators or each.problems
    )
    return Feed(changes, shown[-1].sequence if shown else after, len(entries) > limit)


def _writes(entry: Entry) -> bool:
    """Whether an entry tells of a change."""
    is_of_duties = entry.kind in _KINDS and entry.action.startswith(_CHANGES)
    return is_of_duties and not entry.action.endswith(_NO_CHANGE)


def _named(entries: Sequence[Entry], kind: str) -> set[str]:
    return {str(each) for entry in entries if entry.kind == kind for each in entry.ids}


def _seen(viewer: Viewer, entries: Sequence[Entry]) -> dict[str, set[str]]:
    """Kind → what of the things named the viewer may see."""
    plans = [int(each) for each in _named(entries, "plan") if each.isdecimal()]
    by_kind = {
        "plan": plans_for(viewer).filter(pk__in=plans).values_list("pk"),
        "task": tasks_for(viewer).filter(number__in=_named(entries, "task")).values_list("number"),
        "indicator": indicators_for(viewer)
        .filter(code__in=_named(entries, "indicator"))
        .values_list("code"),
        "supervision_problem": problems_for(viewer)
        .filter(number__in=_named(entries, "supervision_problem"))
        .values_list("number"),
    }
    return {
        kind: {str(each) for (each,) in rows} if _named(entries, kind) else set()
        for kind, rows in by_kind.items()
    }


def _change(entry: Entry, seen: dict[str, set[str]]) -> Change:
    named = tuple(sorted({str(each) for each in entry.ids} & seen[entry.kind]))
    if entry.kind == "plan":
        return Change(entry.sequence, entry.at, plans=tuple(int(each) for each in named))
    if entry.kind == "task":
        return Change(entry.sequence, entry.at, tasks=named)
    if entry.kind == "indicator":
        return Change(entry.sequence, entry.at, indicators=named)
    return Change(entry.sequence, entry.at, problems=named)
