"""Checking the chain: is the trail what was written?

A changed, removed or inserted entry breaks the chain where it stands. Entries cut off at the end
break nothing, which is why the head (last sequence and digest) is kept elsewhere and given back.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from anju.audit import chain
from anju.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain at some moment, worth noting outside the database."""

    sequence: int
    digest: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that is not as it was written."""

    sequence: int
    problem: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found."""

    entries: int
    head: Head
    broken: Break | None

    @property
    def is_whole(self) -> bool:
        """No entry was changed, removed or slipped in."""
        return self.broken is None


def verify(expected: Head | None = None) -> Verification:
    """Walk the chain from its first entry; stop at the first that is broken.

    With `expected`, a head noted earlier, a chain cut off before it is found as well.
    """
    head = Head(0, chain.FIRST_PREVIOUS)
    for entry in _entries():
        problem = _problem(entry, head)
        if problem is None and expected and entry.sequence == expected.sequence:
            problem = None if entry.digest == expected.digest else "it is not the entry noted"
        if problem is not None:
            return Verification(head.sequence, head, Break(entry.sequence, problem))
        head = Head(entry.sequence, entry.digest)
    broken = None
    if expected and expected.sequence > head.sequence:
        broken = Break(head.sequence + 1, f"entries up to {expected.sequence} were cut off")
    return Verification(head.sequence, head, broken)


def _entries() -> Iterator[Entry]:
    """All entries in order, a few at a time."""
    return Entry.objects.order_by("sequence").iterator(chunk_size=2000)


def _problem(entry: Entry, head: Head) -> str | None:
    """What is wrong with an entry that should follow this head."""
    if entry.sequence != head.sequence + 1:
        return f"entry {head.sequence + 1} is missing"
    if entry.previous != head.digest:
        return "it does not follow the entry before it"
    if entry.digest != chain.digest_of(entry):
        return "it was changed after it was written"
    return None
