"""A new version of a plan: what was settled in the old one and stands in the new with the same words.

Plain Python. An item that a person cut, joined or added is not one that the reader finds again, so it
is looked for in the text itself; where such items make up what the reader found, they take its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anju.duties.comparing import Change, Item, compare
from anju.duties.spans import Bare, Span, plain, words_start


@dataclass(frozen=True, slots=True)
class Settled:
    """An item of the old version. `is_by_hand`: a person cut, joined or added it; `is_part`: cut it."""

    item: Item
    is_by_hand: bool = False
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An item the reader found in the new version."""

    item: Item
    span: Span


@dataclass(frozen=True, slots=True)
class Carrying:
    """What becomes of both: ids of old items and of found ones."""

    carried: Mapping[int, Span]  # old → where it stands now
    instead: Mapping[int, int]  # old → the found item it is, where there is one
    changed: Mapping[int, int]  # found → the old item it was
    replaced: frozenset[int]  # found ones that carried items stand for


def carry(old: Sequence[Settled], found: Sequence[Found], text: str) -> Carrying:
    """Match settled items of the old version with what was read from the text of the new one."""
    located = _located([each for each in old if each.is_by_hand], found, text)
    replaced = _covered(found, list(located.values()), text)
    halves: dict[int, int] = {}
    for each in old:
        span = located.get(each.item.id)
        around = _around(span, found, replaced) if span and each.is_part else None
        if around is not None:  # half of an item whose other half was changed
            del located[each.item.id]
            halves.setdefault(around, each.item.id)
    replaced = _covered(found, list(located.values()), text)
    rest = [each.item for each in old if each.item.id not in located]
    left = {each.item.id: each for each in found if each.item.id not in replaced}
    pairs = compare(rest, [each.item for each in left.values()])
    same = {
        pair.old.id: pair.new.id
        for pair in pairs
        if pair.old and pair.new and pair.change in (Change.SAME, Change.MOVED)
    }
    changed = {
        pair.new.id: pair.old.id
        for pair in pairs
        if pair.old and pair.new and pair.change is Change.CHANGED
    }
    settled, gone = set(same.values()) | set(changed) | replaced, set(same) | set(changed.values())
    changed |= {new: one for new, one in halves.items() if new not in settled and one not in gone}
    carried = located | {one: left[other].span for one, other in same.items()}
    return Carrying(carried, same, changed, frozenset(replaced))


def _located(settled: Sequence[Settled], found: Sequence[Found], text: str) -> dict[int, Span]:
    """Where the words of items stand in the text, each place given once, the longest words first."""
    bare = Bare.of(text)
    starts = {words_start(text, *each.span): each.span[0] for each in found}
    taken: list[Span] = []
    places: dict[int, Span] = {}
    for each in sorted(settled, key=lambda one: (-len(one.item.text), one.item.id)):
        for start, end in bare.find(plain(each.item.text)):
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                places[each.item.id] = (starts.get(start, start), end)
                break
    return places


def _covered(found: Sequence[Found], spans: Sequence[Span], text: str) -> set[int]:
    """Found items every word of which stands in one of the spans."""
    covered = set()
    for each in found:
        first, last = words_start(text, *each.span), each.span[1]
        inside = sorted((max(first, a), min(last, b)) for a, b in spans if a < last and first < b)
        at = first
        for start, end in inside:
            if text[at:start].strip():
                break
            at = max(at, end)
        if inside and not text[at:last].strip():
            covered.add(each.item.id)
    return covered


def _around(span: Span, found: Sequence[Found], replaced: set[int]) -> int | None:
    """The item that stays and of which the span is a piece."""
    for each in found:
        is_inside = each.span[0] <= span[0] and span[1] <= each.span[1]
        if is_inside and each.item.id not in replaced:
            return each.item.id
    return None
