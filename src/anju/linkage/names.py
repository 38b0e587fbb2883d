"""Names as columns of characters, their keys, and how two names agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from anju.linkage import characters
from anju.linkage.characters import LOOK, OTHER, SAME, SOUND, Alphabet, Array

WIDTH: Final = 14
SHORT: Final = 4
_PETS: Final = "小阿老大"
_REMARKS: Final = r"[（(【\[].*?[)）】\]]|\p{P}|\p{Z}|\p{S}|\p{N}|\s"
"""Remarks in brackets, dots and other punctuation, spaces, digits: no part of a name."""

LEVELS: Final = (
    "missing", "same", "variant", "sound", "look", "near", "swapped", "shortened", "one_other",
    "given", "pet", "moved", "surname", "other",
)  # fmt: skip
"""How two names agree, from best to worst; `surname`: nothing but that, `given`: all but that,
`moved`: besides the surname one character, in another place."""
(
    MISSING, SAME_NAME, VARIANT, SOUNDS, LOOKS, NEARLY, SWAPPED, SHORTENED, ONE_OTHER, GIVEN, PET,
    MOVED, SURNAME, DIFFERENT,
) = range(len(LEVELS))  # fmt: skip

_PRIME: Final = np.uint64(1_000_003)


@dataclass(frozen=True)
class Names:
    """Distinct names as rows of character numbers; position 0 stands for no name."""

    plain: list[str]
    codes: Array
    lengths: Array
    surnames: Array
    """Length of the surname: 1, 2, or 0 for names without."""
    form: Array
    """Names with the same number differ in nothing but variants, dots, spaces."""
    alphabet: Alphabet
    pets: Array
    """Numbers of the characters that begin a pet name."""


def folded(names: pl.Series) -> pl.DataFrame:
    """Columns `text` (without remarks, spaces, dots, in one form) and `dotted`."""
    old, new = zip(*characters.variants().items(), strict=True)
    name = pl.col("name").str.normalize("NFKC")
    return (
        names.alias("name")
        .to_frame()
        .select(
            text=name.str.replace_all(_REMARKS, "")
            .str.replace_many(list(old), list(new))
            .str.slice(0, WIDTH),
            dotted=name.str.contains(r"\p{Han}\s*[·•‧・．.]\s*\p{Han}"),
        )
    )


def encode(names: pl.Series) -> Names:
    """Distinct names of a series (no nulls among them), in its order, after an empty first one."""
    frame = folded(names)
    texts = ["", *frame["text"].to_list()]
    alphabet = characters.alphabet("".join(texts) + _PETS)
    codes = _codes(texts, alphabet)
    doubles = characters.double_surnames()
    dotted = np.r_[False, frame["dotted"].fill_null(False).to_numpy()]
    lengths = (codes > 0).sum(axis=1).astype(np.int8)
    double = np.array([text[:2] in doubles for text in texts]) & (lengths > 2)
    surnames = np.where(dotted | (lengths > SHORT) | (lengths < 2), 0, np.where(double, 2, 1))
    _, form = np.unique(texts, return_inverse=True)
    pets = np.array([alphabet.places[one] for one in _PETS])
    return Names(texts, codes, lengths, surnames.astype(np.int8), form, alphabet, pets)


def _codes(texts: list[str], alphabet: Alphabet) -> Array:
    points = np.array(texts, dtype=f"U{WIDTH}").view(np.uint32).reshape(len(texts), WIDTH)
    known, inverse = np.unique(points, return_inverse=True)
    numbers = [alphabet.places.get(chr(int(point)), 0) if point else 0 for point in known]
    return np.array(numbers, dtype=np.int32)[inverse].reshape(points.shape)


def key(sounds: Array) -> Array:
    """One number for a row of sounds; 0 for none."""
    total = np.zeros(len(sounds), dtype=np.uint64)
    for column in range(sounds.shape[1]):
        here = sounds[:, column]
        total = np.where(here > 0, total * _PRIME + here, total)
    return total


def surname(names: Names) -> Array:
    """The first character of each surname as a number; 0 for names without."""
    return np.asarray(names.codes[:, 0] * (names.surnames > 0), dtype=np.int64)


def compare(names: Names, left: Array, right: Array) -> Array:
    """LEVELS position of pairs given by positions in `names`; the order of a pair does not matter."""
    level = np.full(len(left), DIFFERENT, dtype=np.uint8)
    short = (names.lengths[left] <= SHORT) & (names.lengths[right] <= SHORT)
    level[short] = _short(names, left[short], right[short])
    level[~short] = _long(names, left[~short], right[~short])
    level[names.form[left] == names.form[right]] = VARIANT
    level[left == right] = SAME_NAME
    level[(names.lengths[left] == 0) | (names.lengths[right] == 0)] = MISSING
    return level


def _short(names: Names, left: Array, right: Array) -> Array:
    """Names of up to four characters: compared place by place, and with one left out."""
    swap = names.lengths[left] > names.lengths[right]
    left, right = np.where(swap, right, left), np.where(swap, left, right)
    a, b = names.codes[left, :SHORT], names.codes[right, :SHORT]
    gap = names.lengths[right] - names.lengths[left]
    how = names.alphabet.relation[a, b]
    how[(a == 0) & (b == 0)] = SAME
    differing = (how != SAME).sum(axis=1)
    others = (how == OTHER).sum(axis=1)
    worst = how.max(axis=1)
    level = np.full(len(left), DIFFERENT, dtype=np.uint8)
    head = how[:, 0] <= SOUND
    last_a = np.take_along_axis(a, np.maximum(names.lengths[left] - 1, 0)[:, None], 1)[:, 0]
    last_b = np.take_along_axis(b, np.maximum(names.lengths[right] - 1, 0)[:, None], 1)[:, 0]
    last = (names.alphabet.relation[last_a, last_b] <= SOUND) & (last_a > 0)
    # 小芳, 阿强: two characters, the first of them no surname. (The shorter name is on the left.)
    pet = last & np.isin(a[:, 0], names.pets) & (names.lengths[left] == 2)
    pet |= last & np.isin(b[:, 0], names.pets) & (names.lengths[right] == 2)
    level[head & (names.surnames[left] + names.surnames[right] > 0)] = SURNAME
    moved = (names.alphabet.relation[a[:, 1], b[:, 2]] <= SOUND) & (a[:, 1] > 0) & (b[:, 2] > 0)
    moved |= (names.alphabet.relation[a[:, 2], b[:, 1]] <= SOUND) & (a[:, 2] > 0) & (b[:, 1] > 0)
    level[(level == SURNAME) & moved] = MOVED
    level[pet & (gap <= 1)] = PET
    even = gap == 0
    one = even & (others == 1) & (differing <= 2)
    level[one & (how[:, 0] == OTHER) & (names.lengths[left] > 1)] = GIVEN
    level[one & (how[:, 0] != OTHER) & (names.lengths[left] > 2)] = ONE_OTHER
    level[(gap == 1) & _left_out(names, a, b) & (names.lengths[left] > 1)] = SHORTENED
    level[even & (differing == 2) & (np.sort(a, axis=1) == np.sort(b, axis=1)).all(axis=1)] = (
        SWAPPED
    )
    alike = even & (others == 0)
    level[alike] = NEARLY
    level[alike & (differing == 1) & (worst == LOOK)] = LOOKS
    level[alike & (worst <= SOUND)] = SOUNDS
    return level


def _left_out(names: Names, shorter: Array, longer: Array) -> Array:
    """Whether the longer name without one of its characters sounds like the shorter one."""
    found = np.zeros(len(shorter), dtype=bool)
    for place in range(longer.shape[1]):
        rest = np.delete(longer, place, axis=1)
        how = names.alphabet.relation[shorter[:, : rest.shape[1]], rest]
        same = (how <= SOUND) | ((shorter[:, : rest.shape[1]] == 0) & (rest == 0))
        found |= (longer[:, place] > 0) & same.all(axis=1)
    return found


def _long(names: Names, left: Array, right: Array) -> Array:
    """Longer names, mostly of other tongues: distance by sound; a part may be missing, or come first."""
    a, b = names.codes[left], names.codes[right]
    la, lb = names.lengths[left], names.lengths[right]
    distance = _distance(names.alphabet, a, b, la, lb)
    shorter, longer = np.minimum(la, lb), np.maximum(la, lb)
    level = np.full(len(left), DIFFERENT, dtype=np.uint8)
    level[(distance <= 4) & (longer >= 5)] = ONE_OTHER
    # Nothing but characters to add: the shorter name stands within the longer one.
    within = (distance == 2 * (longer - shorter)) & (shorter >= 2) & (longer > shorter)
    edge = names.alphabet.relation[a[:, 0], b[:, 0]] <= SOUND
    level[within & edge] = SHORTENED
    level[(np.sort(a, axis=1) == np.sort(b, axis=1)).all(axis=1)] = SWAPPED
    level[distance <= 2] = NEARLY
    level[distance == 0] = SOUNDS
    return level


def _distance(alphabet: Alphabet, a: Array, b: Array, la: Array, lb: Array) -> Array:
    """Edit distance in halves: like in sound 0, like in shape or nearly in sound 1, else 2."""
    cost = np.array([0, 0, 1, 1, 2], dtype=np.int16)
    size = len(a)
    row = np.broadcast_to(np.arange(WIDTH + 1, dtype=np.int16) * 2, (size, WIDTH + 1)).copy()
    answer = np.where(la == 0, lb * 2, 0).astype(np.int16)
    for i in range(1, int(la.max(initial=0)) + 1):
        before, row = row, np.empty_like(row)
        row[:, 0] = 2 * i
        for j in range(1, WIDTH + 1):
            replaced = before[:, j - 1] + cost[alphabet.relation[a[:, i - 1], b[:, j - 1]]]
            row[:, j] = np.minimum(replaced, np.minimum(before[:, j], row[:, j - 1]) + 2)
        here = la == i
        answer[here] = row[here, lb[here]]
    return answer
