"""Weights learnt from the list and the register at hand: expectation and maximisation.

How often strangers and housemates agree is counted: on pairs drawn at random, and on members of one
household of the register. How often a person's own rows agree cannot be counted, because nobody knows
which they are: weights give probabilities, probabilities give weights, until they settle. The
weights that came before count as so many more rows, so that a short list changes little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from anju.linkage import comparing, dates, names, scoring
from anju.linkage.characters import Array
from anju.linkage.comparing import FIELDS
from anju.linkage.rarity import Extra, Rarity
from anju.linkage.records import Both
from anju.linkage.weights import TWINS, Weights, shares

_AT: Final = {field: at for at, field in enumerate(FIELDS)}
_ROWS: Final = 5_000
"""Rows to learn from: more change nothing that matters."""
_PAIRS: Final = 150_000
_A_ROW: Final = 100
"""Random pairs a row at most, so that a short list does not take its own persons for strangers."""
_ROUNDS: Final = 4
_BEFORE: Final = 200.0
"""The weights before count as so many rows."""
_BEFORE_COUNTED: Final = 2_000.0


def learn(
    both: Both,
    weights: Weights,
    rarity: Rarity,
    rows: Array,
    persons: Array,
    levels: Array,
    extra: Extra,
) -> Weights:
    """The weights for this list: pairs as `candidates.find` and `comparing.compare` gave them."""
    together = _housemates(both)
    twins = together[np.isin(together[:, _AT["born"]], (dates.SAME, dates.FIRST))]
    weights = replace(
        weights,
        strangers=_exact(_counted(_strangers(both), weights.strangers), rarity),
        housemates=_counted(together, weights.housemates),
        twins={
            field: shares(_count(twins, field) + weights.twins[field] * _BEFORE) for field in TWINS
        },
    )
    step = max(len(both.rows) // _ROWS, 1)
    here = rows % step == 0
    rows, persons, levels, extra = rows[here], persons[here], levels[here], extra.take(here)
    asked = len(range(0, len(both.rows), step))
    for _ in range(_ROUNDS):
        scored = scoring.score(both, weights, extra, rows, persons, levels)
        weights = _improved(weights, scored, levels, asked)
    return weights


def _improved(weights: Weights, scored: scoring.Scored, levels: Array, asked: int) -> Weights:
    same = {
        field: shares(
            np.bincount(levels[:, column], scored.probability, len(words))
            + weights.same[field] * _BEFORE
        )
        for column, (field, words) in enumerate(FIELDS.items())
    }
    found = float(scored.probability.sum())
    registered = (found + weights.registered * _BEFORE) / (asked + _BEFORE)
    return replace(weights, same=same, registered=min(max(registered, 0.02), 0.995))


def _counted(levels: Array, before: Mapping[str, Array]) -> dict[str, Array]:
    return {
        field: shares(_count(levels, field) + before[field] * _BEFORE_COUNTED) for field in FIELDS
    }


def _exact(strangers: dict[str, Array], rarity: Rarity) -> dict[str, Array]:
    """Agreement on one and the same value need not be drawn: the register says how common values are."""
    found = dict(strangers)
    for field, by_level in rarity.agreeing().items():
        rest = found[field].copy()
        rest[list(by_level)] = 0.0
        found[field] = rest / rest.sum() * (1.0 - sum(by_level.values()))
        for level, share in by_level.items():
            found[field][level] = share
    return found


def _count(levels: Array, field: str) -> Array:
    return np.bincount(levels[:, _AT[field]], minlength=len(FIELDS[field]))


def _strangers(both: Both) -> Array:
    """Levels of pairs of rows and persons drawn at random (always the same ones), but the odd match."""
    chance = np.random.default_rng(7)
    size = min(_PAIRS, _A_ROW * len(both.rows)) if len(both.persons) else 0
    rows = chance.integers(0, max(len(both.rows), 1), size)
    persons = chance.integers(0, max(len(both.persons), 1), size)
    levels = comparing.compare(both, rows, persons)
    name, born = levels[:, _AT["name"]], levels[:, _AT["born"]]
    match = (name > 0) & (name <= names.LOOKS) & (born > 0) & (born <= dates.PART)
    return np.asarray(levels[~match])


def _housemates(both: Both) -> Array:
    """Levels of members of the same household of the register."""
    order = np.lexsort((both.persons.ids, both.persons.household))
    order = order[both.persons.household[order] > 0]
    home = both.persons.household[order]
    pairs = []
    for step in (1, 2, 3):
        together = np.flatnonzero(home[step:] == home[:-step])[: _PAIRS // 3]
        pairs += [
            (order[together], order[together + step]),
            (order[together + step], order[together]),
        ]
    left = np.concatenate([a for a, _ in pairs])
    right = np.concatenate([b for _, b in pairs])
    return comparing.levels(both, both.persons, left, right)
