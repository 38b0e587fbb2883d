"""Two versions of a plan side by side: which item became which. Plain Python.

Items are the same when their words are, whatever number they carry and however they are spaced. Of
the rest those that share most of their words are taken for one item that was changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from anju.duties.spans import plain

ALIKE: Final = 0.5
ALIKE_AT_ONE_PLACE: Final = 0.25
_SAME_PLACE: Final = 0.2


class Change(StrEnum):
    """What became of an item."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Item:
    """A measure of a version: any id, its clause, and its text as printed."""

    id: int
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of the old version and what it is in the new one; either may be missing."""

    change: Change
    old: Item | None
    new: Item | None


def compare(old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    """Every item of both versions exactly once: in the order of the new one, what is gone last."""
    found: dict[int, tuple[Item, Change]] = {}
    for one, other in _same(old, new):
        found[other.id] = (one, Change.SAME if one.key == other.key else Change.MOVED)
    taken = {one.id for one, _change in found.values()}
    rest = [each for each in old if each.id not in taken]
    for one, other in _alike(rest, [each for each in new if each.id not in found]):
        found[other.id] = (one, Change.CHANGED)
        taken.add(one.id)
    pairs = [
        Pair(found[each.id][1], found[each.id][0], each)
        if each.id in found
        else Pair(Change.NEW, None, each)
        for each in new
    ]
    return [*pairs, *(Pair(Change.GONE, each, None) for each in old if each.id not in taken)]


def differences(old: str, new: str) -> list[tuple[str, str]]:
    """The words of both texts in order: ("same" | "gone" | "new", words)."""
    parts: list[tuple[str, str]] = []
    for code, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if code == "equal":
            parts.append(("same", old[a:b]))
            continue
        parts += [(kind, words) for kind, words in (("gone", old[a:b]), ("new", new[c:d])) if words]
    return parts


def _same(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Items of the same words; of several, those of the same number first, then in order."""
    by_words: dict[str, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((old, new)):
        for each in items:
            by_words[plain(each.text)][side].append(each)
    for olds, news in by_words.values():
        by_key = {each.key: each for each in olds}
        stayed = [(by_key.pop(each.key), each) for each in news if each.key in by_key]
        yield from stayed
        gone, come = {one.id for one, _ in stayed}, {other.id for _, other in stayed}
        yield from zip(
            [each for each in olds if each.id not in gone],
            [each for each in news if each.id not in come],
            strict=False,
        )


def _alike(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Items that share most of their words, the likest first."""
    scored = sorted(_scores(old, new), key=lambda each: (-each[0], each[1], each[2]))
    olds, news = set(range(len(old))), set(range(len(new)))
    for _score, one, other in scored:
        if one in olds and other in news:
            olds.discard(one)
            news.discard(other)
            yield old[one], new[other]


def _scores(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[float, int, int]]:
    """How alike two items are, for those that share enough."""
    pairs = [_pairs(each.text) for each in old]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(pairs):
        for pair in found:
            holders[pair].append(place)
    for other, item in enumerate(new):
        own = _pairs(item.text)
        shared = Counter(place for pair in own for place in holders.get(pair, ()))
        for one, count in shared.items():
            score = 2 * count / (len(own) + len(pairs[one]))
            is_at_one_place = old[one].key == item.key
            if score >= (ALIKE_AT_ONE_PLACE if is_at_one_place else ALIKE):
                yield score + _SAME_PLACE * is_at_one_place, one, other


def _pairs(text: str) -> set[str]:
    """Neighbouring characters; a word of one character stands for itself."""
    words = plain(text)
    return {words[place : place + 2] for place in range(max(1, len(words) - 1))}
