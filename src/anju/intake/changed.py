"""Which households the registers know otherwise since a moment: the audit chain told as a feed.

A change number is the sequence of the audit entry that a change was written with. Entries are
chained one after another until their transactions end, so numbers follow the order of commits and
none appears behind one that was already handed out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from anju.accounts.viewer import Viewer
from anju.audit import queries as audit
from anju.audit.models import Entry
from anju.intake import changed_things as things
from anju.intake.models import Outcome, Row
from anju.registry import queries as registry
from anju.registry.models import Membership

#: Entries that change registers: of a batch all its rows, else the household or person named.
_OF_BATCHES = ("intake.done", "intake.take_up")
_OF_ONE = (
    "household.", "member.", "person.", "status.", "income.", "event.", "holding.", "training.",
    "labour.", *things.ACTIONS,
)  # fmt: skip
_ALSO = ("employment.start", "employment.end", "housing.record", "record.correct")
_READING = (*things.READING, "household.read", "person.reveal", "person.reveal_refused")
_WRITTEN = (Outcome.CREATED, Outcome.UPDATED)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its number, when, and the households, assets and projects of the viewer's places
    that it touched."""

    number: int
    at: datetime
    households: tuple[str, ...]
    assets: tuple[int, ...] = ()
    projects: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """Changes in order. `last`: ask after this number next; `more`: there are further ones."""

    changes: tuple[Change, ...]
    last: int
    more: bool


def is_archived(after: int) -> bool:
    """Whether entries right after a number are no longer in the table."""
    oldest = audit.entries().order_by("sequence").values_list("sequence", flat=True).first()
    return oldest is not None and after + 1 < oldest


def changes_for(viewer: Viewer, *, after: int, limit: int) -> Feed:
    """Changes with a number above `after`, at most `limit` of them; three queries, and a few for each
    change of assets or projects.

    Changes that touch nothing in the viewer's places are passed over, but `last` moves on.
    """
    following = audit.entries().filter(sequence__gt=after).order_by("sequence")
    entries = list(following[: limit + 1])
    shown = entries[:limit]
    writing = [entry for entry in shown if _writes(entry)]
    touched = _touched(viewer, [entry for entry in writing if not things.is_of_things(entry)])
    found = (
        Change(
            entry.sequence,
            entry.at,
            tuple(sorted(touched.get(entry.sequence, ()))),
            things.assets(viewer, entry),
            things.projects(viewer, entry),
        )
        for entry in writing
    )
    changes = tuple(each for each in found if each.households or each.assets or each.projects)
    last = shown[-1].sequence if shown else after
    return Feed(changes, last, len(entries) > limit)


def _writes(entry: Entry) -> bool:
    """Whether an entry tells of a change of a register."""
    if entry.action in _READING:
        return False
    return entry.action in (*_OF_BATCHES, *_ALSO) or entry.action.startswith(_OF_ONE)


def _touched(viewer: Viewer, entries: Sequence[Entry]) -> dict[int, set[str]]:
    """Entry → codes of households in the viewer's places."""
    batches = {
        int(batch): entry.sequence
        for entry in entries
        if entry.action in _OF_BATCHES
        for batch in entry.ids
    }
    named = {
        str(code): entry.sequence
        for entry in entries
        if entry.action not in _OF_BATCHES
        for code in entry.ids
    }
    found: dict[int, set[str]] = {}
    for sequence, code in (*_by_rows(viewer, batches), *_by_codes(viewer, named)):
        found.setdefault(sequence, set()).add(code)
    return found


def _by_rows(viewer: Viewer, batches: dict[int, int]) -> Iterable[tuple[int, str]]:
    """Households of the rows that were written."""
    if not batches:
        return
    rows = Row.objects.filter(
        batch__in=batches, outcome__in=_WRITTEN, household_id__isnull=False
    ).values_list("batch_id", "household_id")
    pairs = set(rows.order_by())
    codes = _codes(viewer, {household for _, household in pairs})
    for batch, household in pairs:
        if household in codes:
            yield batches[batch], codes[household]


def _by_codes(viewer: Viewer, named: dict[str, int]) -> Iterable[tuple[int, str]]:
    """Households named by an entry, and those of persons named by one."""
    if not named:
        return
    seen = registry.households_for(viewer)
    for code in seen.filter(code__in=named).values_list("code", flat=True):
        yield named[code], code
    members = Membership.objects.filter(person__code__in=named, household__in=seen)
    for person, code in members.values_list("person__code", "household__code"):
        yield named[person], code


def _codes(viewer: Viewer, ids: set[int]) -> dict[int, str]:
    """Household → code, of those in the viewer's places; in parts that any database takes."""
    wanted, found = sorted(ids), {}
    for start in range(0, len(wanted), 5_000):
        part = wanted[start : start + 5_000]
        rows = registry.households_for(viewer).filter(pk__in=part)
        found.update(rows.values_list("pk", "code"))
    return found
