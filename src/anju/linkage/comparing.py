"""Pairs compared field by field: how they agree, as small numbers, one column a field."""

from __future__ import annotations

from typing import Final

import numpy as np

from anju.linkage import dates, names
from anju.linkage.characters import Array
from anju.linkage.records import Both, Side

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "name": names.LEVELS,
    "born": dates.LEVELS,
    "sex": ("missing", "same", "other"),
    "relation": ("missing", "same", "other"),
    "village": ("missing", "same", "town", "other"),
    "head": ("missing", "same", "alike", "member", "other"),
    "phone": ("missing", "same", "alike", "other"),
}
"""How a field can agree, from best to worst behind `missing`. `member`: the name given as head is that
of somebody else in the person's household."""
PERSONAL: Final = ("name", "born", "sex", "relation")
"""What tells members of one household apart; the other fields they share."""
MISSING: Final = 0
ALIKE_HEAD: Final = 2


def compare(both: Both, rows: Array, persons: Array) -> Array:
    """Levels of pairs given by positions: an array of pairs × FIELDS."""
    return levels(both, both.rows, rows, persons)


def levels(both: Both, side: Side, left: Array, right: Array) -> Array:
    """The same for any side against the register (also the register against itself)."""
    persons = both.persons
    found = {
        "name": names.compare(both.names, side.name[left], persons.name[right]),
        "born": dates.compare(side.born[left], persons.born[right]),
        "sex": _equal(side.sex[left], persons.sex[right]),
        "relation": _equal(side.relation[left], persons.relation[right]),
        "village": _village(side, persons, left, right),
        "head": _head(both, side, left, right),
        "phone": _phone(side, persons, left, right),
    }
    return np.stack([found[field] for field in FIELDS], axis=1)


def _equal(left: Array, right: Array) -> Array:
    level = np.where(left == right, 1, 2)
    return np.where((left == 0) | (right == 0), MISSING, level).astype(np.uint8)


def _village(side: Side, persons: Side, left: Array, right: Array) -> Array:
    same, town = (
        side.village[left] == persons.village[right],
        side.town[left] == persons.town[right],
    )
    level = np.select([same, town], [1, 2], 3)
    unknown = (side.village[left] == 0) | (persons.village[right] == 0)
    return np.where(unknown, MISSING, level).astype(np.uint8)


def _head(both: Both, side: Side, left: Array, right: Array) -> Array:
    """A head's own name is no second witness: where both are heads it says nothing."""
    ours, theirs = side.head[left], both.persons.head[right]
    how = names.compare(both.names, ours, theirs)
    level = np.select(
        [how == names.MISSING, how <= names.SOUNDS, how <= names.GIVEN], [MISSING, 1, 2], 4
    )
    asked = level == 4
    level[asked] = np.where(_is_member(both, ours[asked], right[asked]), 3, 4)
    own = side.leads[left] & both.persons.leads[right]
    return np.where(own, MISSING, level).astype(np.uint8)


def _is_member(both: Both, heads: Array, persons: Array) -> Array:
    """Whether somebody of that form of name lives in the household of the person."""
    width = np.int64(len(both.names.form) + 1)
    side = both.persons
    homes = side.household * width + both.names.form[side.name]
    asked = side.household[persons] * width + both.names.form[heads]
    return np.isin(asked, homes) & (side.household[persons] > 0)


def _phone(side: Side, persons: Side, left: Array, right: Array) -> Array:
    a, b = side.phone[left], persons.phone[right]
    level = np.full(len(left), 3, dtype=np.uint8)
    x, y = side.digits[left], persons.digits[right]
    both = (x > 0) & (y > 0) & (x != y)
    level[both] = np.where(_one_slip(x[both], y[both]), 2, 3)
    level[a == b] = 1
    level[(a == 0) | (b == 0)] = MISSING
    return level


def _one_slip(left: Array, right: Array) -> Array:
    """One digit differs, or two neighbours are exchanged."""
    gap = np.abs(left - right)
    slips = [digit * 10**place for place in range(11) for digit in range(1, 10)]
    one = np.isin(gap, np.array(slips, dtype=np.int64))
    differing = np.zeros(len(left), dtype=np.int8)
    a, b = left.copy(), right.copy()
    for _ in range(11):
        differing += a % 10 != b % 10
        a, b = a // 10, b // 10
    swaps = [digit * 9 * 10**place for place in range(10) for digit in range(1, 10)]
    exchanged = (differing == 2) & np.isin(gap, np.array(swaps, dtype=np.int64))
    return np.asarray((one & (differing == 1)) | exchanged)
