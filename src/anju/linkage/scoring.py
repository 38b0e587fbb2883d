"""The mathematics: how likely it is that a row is a person, after Fellegi and Sunter (1969).

For every field the level of agreement has a probability m among pairs that are one person, u among
strangers. The sum of log2(m/u) is the score of a pair, in bits. Two things are added:

- **Frequency.** Agreement on a rare name, village, date tells more: u is what that very value has.
- **Housemates.** Village, head and phone belong to households, so a brother agrees on all of them. Each
  pair is therefore weighed a second time, as *another member of this household*: home fields as m,
  personal fields by their probabilities h among housemates.

The candidates of a row, *somebody of a candidate's household who is not registered* and *a stranger*
then share out one probability; that of a candidate is what the thresholds are held against.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from anju.linkage import comparing, dates, names
from anju.linkage.characters import Array
from anju.linkage.comparing import FIELDS, PERSONAL
from anju.linkage.rarity import Extra
from anju.linkage.records import Both
from anju.linkage.weights import Weights

_SAME: Final = 1
_AT: Final = {field: at for at, field in enumerate(FIELDS)}
_WRONG_HOME: Final = 0.005
"""Share of rows that name a household and are not of it."""
_BEST: Final = 40.0
"""No single field tells more bits than that."""


@dataclass(frozen=True)
class Scored:
    """Pairs with bits by field (as same person against stranger), sums, and probability."""

    rows: Array
    persons: Array
    bits: Array
    """Pairs × FIELDS."""
    total: Array
    housemate: Array
    """Bits for *another of the household* against stranger."""
    probability: Array
    none: Array
    """By pair: probability that its row is nobody of the register."""


def bits(weights: Weights, levels: Array, extra: Extra) -> Array:
    """Bits by field for *same person* against *stranger*, pairs × FIELDS.

    Nothing tells more than full agreement would; what is missing tells nothing.
    """
    found = np.empty(levels.shape, dtype=np.float64)
    for column, field in enumerate(FIELDS):
        table = _table(weights.same[field], weights.strangers[field])
        level = levels[:, column]
        full = np.maximum(table[_SAME] + extra.full[:, column], 0.0)
        own = table[level] + extra.own[:, column]
        own = np.where(level == _SAME, full, np.minimum(own, full))
        found[:, column] = np.where(level == 0, 0.0, own)
    _take_back(found, levels, extra)
    return np.clip(found, -_BEST, _BEST)


def _take_back(found: Array, levels: Array, extra: Extra) -> None:
    """What one field has told already, the other does not tell again: surnames of clans and of heads."""
    name, village, head = (levels[:, _AT[field]] for field in ("name", "village", "head"))
    surname = np.isin(name, _WITH_SURNAME)
    for field, agrees, less in (
        ("village", village == _SAME, extra.clan),
        ("head", (head == _SAME) | (head == comparing.ALIKE_HEAD), extra.kin),
    ):
        at = _AT[field]
        kept = np.maximum(found[:, at] + less, np.minimum(found[:, at], 0.0))
        found[:, at] = np.where(surname & agrees, kept, found[:, at])


_WITH_SURNAME: Final = (
    names.SAME_NAME, names.VARIANT, names.SOUNDS, names.LOOKS, names.NEARLY, names.SWAPPED,
    names.SHORTENED, names.ONE_OTHER, names.MOVED, names.SURNAME,
)  # fmt: skip
"""Levels that agree on the surname."""


def housemate_bits(weights: Weights, levels: Array, extra: Extra, same: Array) -> Array:
    """Sum of bits for *another of the household* against *stranger*; `same` is what `bits` gave."""
    total = np.zeros(len(levels))
    for column, field in enumerate(FIELDS):
        if field not in PERSONAL:
            total += same[:, column]
            continue
        level = levels[:, column]
        told = _table(weights.housemates[field], weights.strangers[field])[level]
        if field in weights.twins:
            twins = _table(weights.twins[field], weights.strangers[field])[level]
            same_day = np.isin(levels[:, _AT["born"]], (dates.SAME, dates.FIRST))
            told = np.where(same_day, twins, told)
        total += np.where(level == 0, 0.0, told + extra.own[:, column])
    return total


def _table(yes: Array, no: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((yes > 0) & (no > 0), np.log2(yes) - np.log2(no), 0.0)


def score(
    both: Both, weights: Weights, extra: Extra, rows: Array, persons: Array, levels: Array
) -> Scored:
    """Bits and probabilities of pairs, which stand in the order of their rows."""
    by_field = bits(weights, levels, extra)
    total = by_field.sum(axis=1)
    housemate = housemate_bits(weights, levels, extra, by_field)
    size, named = _eligible(both, rows), both.rows.household[rows] > 0
    probability, none = share_out(rows, total, housemate, weights, size, named)
    return Scored(rows, persons, by_field, total, housemate, probability, none)


def _eligible(both: Both, rows: Array) -> Array:
    """By pair: how many persons the row may be: the register, or the household it names."""
    homes, counts = np.unique(both.persons.household, return_counts=True)
    named = both.rows.household[rows]
    members = counts[np.minimum(np.searchsorted(homes, named), max(len(homes) - 1, 0))]
    return np.where(named > 0, members, len(both.persons)) if len(rows) else np.zeros(0)


def share_out(
    rows: Array,
    total: Array,
    housemate: Array,
    weights: Weights,
    size: Array | int,
    named: Array | bool = False,
) -> tuple[Array, Array]:
    """By pair: probability that the row is that person, and that it is nobody of the register.

    `rows` must be in order. `size`: how many persons a row may be;
    `named`: it names its household, so a stranger would have the household wrong as well.
    """
    if not len(rows):
        return np.zeros(0), np.zeros(0)
    absent = 1.0 - weights.registered
    person = total + np.log2(weights.registered / size)
    home = housemate + np.log2(absent * weights.at_home / size)
    starts = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
    lengths = np.diff(np.r_[starts, len(rows)])
    unnamed = absent * (1.0 - weights.at_home)
    wrong_home = np.broadcast_to(named, rows.shape)[starts]
    stranger = np.log2(np.where(wrong_home, np.minimum(_WRONG_HOME, unnamed), unnamed))
    top = np.maximum(np.maximum.reduceat(np.maximum(person, home), starts), stranger)
    peak = np.repeat(top, lengths)
    candidates = np.exp2(person - peak)
    nobody = np.add.reduceat(np.exp2(home - peak), starts) + np.exp2(stranger - top)
    whole = np.repeat(np.add.reduceat(candidates, starts) + nobody, lengths)
    return candidates / whole, np.repeat(nobody, lengths) / whole
