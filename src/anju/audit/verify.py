"""Checking the chain: is the trail what was written?

A changed, removed or inserted entry breaks the chain where it stands, and is named; the check goes
on behind it, so that everything that was touched is found. Entries cut off at the end break
nothing, which is why heads (last sequence and digest) are kept elsewhere and compared.

A trail may begin later than with entry 1: the beginning was put into an archive. The entry that
says so is itself in the chain and names the last archived entry and its digest.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from anju.audit import reading
from anju.audit.chain import FIRST_PREVIOUS, Written, digester

ARCHIVED = "audit.archive"
MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain at some moment, worth noting outside the database."""

    sequence: int
    digest: str


START = Head(0, FIRST_PREVIOUS)


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the trail is not as it was written."""

    sequence: int
    problem: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found: `entries` is the number of the last entry before the first break."""

    entries: int
    head: Head
    breaks: tuple[Break, ...] = ()
    first: int = 1

    @property
    def broken(self) -> Break | None:
        """The first break."""
        return self.breaks[0] if self.breaks else None

    @property
    def is_whole(self) -> bool:
        """No entry was changed, removed or slipped in."""
        return not self.breaks


@dataclass(slots=True)
class _Walk:
    """A check on its way: the head so far, what was found, the heads still to be met."""

    head: Head
    noted: dict[int, str]
    digest_of: Callable[[Written], str] = field(default_factory=digester)
    breaks: list[Break] = field(default_factory=list)
    whole_to: int | None = None

    def found(self, sequence: int, problem: str) -> None:
        """Note a break; of very many only the first are named."""
        if self.whole_to is None:
            self.whole_to = min(self.head.sequence, sequence - 1)
        if len(self.breaks) < MOST_NAMED:
            self.breaks.append(Break(sequence, problem))

    def step(self, entry: Written) -> None:
        """Compare one entry with the head before it and with a head noted earlier."""
        problem = self._problem(entry)
        noted = self.noted.pop(entry.sequence, None)
        if problem is None and noted not in (None, entry.digest):
            problem = "it is not the entry noted"
        if problem is not None:
            self.found(entry.sequence, problem)
        self.head = Head(entry.sequence, entry.digest)

    def _problem(self, entry: Written) -> str | None:
        """What is wrong with an entry that should follow the head."""
        head = self.head
        if entry.sequence != head.sequence + 1:
            first, last = head.sequence + 1, entry.sequence - 1
            return (
                f"entry {first} is missing"
                if first == last
                else f"entries {first} to {last} are missing"
            )
        if entry.previous != head.digest:
            return "it does not follow the entry before it"
        if self.digest_of(entry) != entry.digest:
            return "it was changed after it was written"
        return None


def verify(
    expected: Head | None = None,
    *,
    heads: Sequence[Head] = (),
    archived: Iterable[Written] = (),
) -> Verification:
    """Walk the chain from its first entry to its last.

    `expected` and `heads` were noted earlier: a chain cut off behind them or written anew is found
    as well. `archived`: the entries of the archives, in order, to be walked before the table's.
    """
    noted = {each.sequence: each.digest for each in [*heads, *([expected] if expected else [])]}
    entries = _all(archived)
    begin = next(entries, None)
    if begin is None:
        walk = _Walk(START, noted)
    else:
        beginning = _beginning(begin)
        walk = _Walk(beginning, {at: each for at, each in noted.items() if at > beginning.sequence})
        _walk(walk, chain([begin], entries))
    first = 1 if begin is None else begin.sequence
    for cut in sorted(walk.noted):
        if cut > walk.head.sequence:
            walk.found(walk.head.sequence + 1, f"entries up to {cut} were cut off")
    whole_to = walk.head.sequence if walk.whole_to is None else walk.whole_to
    return Verification(whole_to, walk.head, tuple(walk.breaks), first)


def current_head() -> Head:
    """The head as the table has it, unchecked."""
    entry = reading.last()
    return START if entry is None else Head(entry.sequence, entry.digest)


def _walk(walk: _Walk, entries: Iterator[Written]) -> None:
    """All entries; a trail that begins later must hold the entry that says why."""
    beginning = walk.head
    is_explained = beginning == START
    said = f'"last":"{beginning.sequence}:{beginning.digest}"'
    for entry in entries:
        walk.step(entry)
        if not is_explained and entry.action == ARCHIVED:
            is_explained = said in entry.detail
    if not is_explained:
        gone = "entry 1 is" if beginning.sequence == 1 else f"entries 1 to {beginning.sequence} are"
        problem = f"{gone} missing, and no archive is on record"
        walk.breaks.insert(0, Break(beginning.sequence + 1, problem))
        walk.whole_to = 0


def _all(archived: Iterable[Written]) -> Iterator[Written]:
    """Archived entries, then those of the table; what is in both is taken once."""
    last = 0
    for entry in archived:
        last = entry.sequence
        yield entry
    yield from reading.entries(after=last)


def _beginning(entry: Written) -> Head:
    """What the first entry must follow."""
    return START if entry.sequence == 1 else Head(entry.sequence - 1, entry.previous)
