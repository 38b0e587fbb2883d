"""Characters of names: one form for its variants, one sound or several, and what they resemble."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import pypinyin
from numpy.typing import NDArray

Array = NDArray[Any]

SAME, SOUND, LOOK, NEAR, OTHER = range(5)
"""How two characters relate: the same, alike in sound, in shape, nearly in sound, not at all."""

_FOLDS: Final = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("^l"), "n"),
    (re.compile("^hu(?=.)"), "f"),
    (re.compile("ng$"), "n"),
    (re.compile("^r"), "n"),
)
"""What many speakers do not tell apart: zh and z, l and n, hu and f, final ng and n, r and l."""


def _lines(name: str) -> Iterator[list[str]]:
    for line in (files("anju.linkage") / "data" / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()


@cache
def variants() -> dict[str, str]:
    """Variant forms and the form they are read as."""
    return {other: line[0] for line in _lines("variants.txt") for other in line[1:]}


@cache
def surname_sounds() -> dict[str, str]:
    """Surnames with a reading of their own."""
    return {line[0]: line[1] for line in _lines("surnames.txt") if len(line) == 2}


@cache
def double_surnames() -> tuple[str, ...]:
    """Surnames of two characters."""
    return tuple(line[0] for line in _lines("surnames.txt") if len(line) == 1)


@cache
def lookalikes() -> dict[str, set[str]]:
    """For a character those that look like it (in their folded form)."""
    found: dict[str, set[str]] = {}
    for (group,) in _lines("lookalikes.txt"):
        folded = {variants().get(one, one) for one in group}
        for one in folded:
            found.setdefault(one, set()).update(folded - {one})
    return found


@cache
def readings(character: str) -> tuple[str, ...]:
    """Sounds without tones, the usual one first; the character itself where none is known."""
    own = surname_sounds().get(character)
    found = pypinyin.pinyin(
        character, style=pypinyin.Style.NORMAL, heteronym=True, errors="default"
    )
    sounds = dict.fromkeys(([own] if own else []) + [str(one) for one in found[0]])
    return tuple(sounds)


@cache
def near(sound: str) -> str:
    """A sound as those hear it who do not tell some sounds apart."""
    for pattern, plain in _FOLDS:
        sound = pattern.sub(plain, sound)
    return sound


@dataclass(frozen=True)
class Alphabet:
    """The characters of one comparison, as small numbers (0: nothing) with their resemblances."""

    places: dict[str, int]
    sound: Array
    """Number of the usual sound, folded by `near`, of every character."""
    relation: Array
    """SAME … OTHER for every two characters."""


def alphabet(characters: Iterable[str]) -> Alphabet:
    """Numbers for characters (folded already) and how they relate."""
    order = sorted(set(characters))
    places = {one: place for place, one in enumerate(order, start=1)}
    size = len(order) + 1
    relation = np.full((size, size), OTHER, dtype=np.uint8)
    _mark(relation, _groups(order, places, lambda one: {near(s) for s in readings(one)}), NEAR)
    for one in order:
        for other in lookalikes().get(one, ()):
            if other in places:
                relation[places[one], places[other]] = LOOK
    _mark(relation, _groups(order, places, lambda one: set(readings(one))), SOUND)
    np.fill_diagonal(relation, SAME)
    numbers: dict[str, int] = {}
    usual = [numbers.setdefault(near(readings(one)[0]), len(numbers) + 1) for one in order]
    return Alphabet(places, np.array([0, *usual], dtype=np.uint64), relation)


def _groups(order: list[str], places: dict[str, int], keys: Any) -> Iterator[list[int]]:
    groups: dict[str, list[int]] = {}
    for one in order:
        for key in keys(one):
            groups.setdefault(key, []).append(places[one])
    return iter(groups.values())


def _mark(relation: Array, groups: Iterator[list[int]], how: int) -> None:
    for group in groups:
        relation[np.ix_(group, group)] = how
