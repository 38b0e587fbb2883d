"""One to one: a person is linked to one row of a list at most, and never silently to two.

Pairs are settled from the likeliest down. A row whose likeliest person another row has taken is asked
about, and so are both rows where neither is clearly likelier: twins, father and son, a row typed twice.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from anju.linkage.characters import Array

LINKED, DOUBTFUL, NOBODY = "linked", "doubtful", "nobody"
_CLEAR: Final = 5.0
"""Bits by which one row must be likelier than another for the same person."""


def respect_claims(rows: Array, persons: Array, probability: Array) -> Array:
    """Probabilities, given that a person whom another row claims is less likely to be this row's.

    It is what tells twins apart when both are in the list. The likeliest person of a row is left to it:
    rows that claim the same one are settled later. Pairs stand in the order of their rows.
    """
    if not len(rows):
        return probability
    starts = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
    lengths = np.diff(np.r_[starts, len(rows)])
    own = probability == np.repeat(np.maximum.reduceat(probability, starts), lengths)
    claims = np.where(own, probability, 0.0)
    order = np.lexsort((-claims, persons))
    first = np.r_[True, persons[order][1:] != persons[order][:-1]]
    highest = np.zeros(int(persons.max()) + 1)
    highest[persons[order][first]] = claims[order][first]
    lost = np.where(own, 0.0, probability * highest[persons])
    left = 1.0 - np.repeat(np.add.reduceat(lost, starts), lengths)
    return np.asarray((probability - lost) / left)


def affordable(rows: Array, probability: Array, upper: float, lowest: float, wrong: float) -> float:
    """How likely a row must be to be linked: `upper`, or less while few of the linked are expected wrong.

    A long list of which most rows are as good as certain can afford some that are a little less so.
    Among all that are linked, no more than the share `wrong` is expected to be of somebody else, and
    none is less likely than `lowest`. A short list affords nothing: there it stays at `upper`.
    """
    best = np.zeros(int(rows.max(initial=-1)) + 1)
    np.maximum.at(best, rows, probability)
    best = -np.sort(-best[best >= lowest])
    expected = np.cumsum(1.0 - best) / np.arange(1, len(best) + 1)
    within = np.flatnonzero((expected <= wrong) | (best >= upper))
    return min(upper, float(best[within[-1]])) if len(within) else upper


def settle(
    rows: Array, persons: Array, probability: Array, total: Array, *, upper: float, lower: float
) -> tuple[Array, Array, Array]:
    """For every row among the pairs: its number, position of its best pair, and what becomes of it.

    Pairs stand in the order of their rows. Raises ValueError unless 0 < lower <= upper < 1.
    """
    if not 0.0 < lower <= upper < 1.0:
        raise ValueError("thresholds must be probabilities, the lower one not above the upper one")
    order = np.lexsort((persons, -total, -probability, rows))
    first = np.r_[True, rows[order][1:] != rows[order][:-1]][: len(order)]
    best = order[first]
    outcome = np.select(
        [probability[best] >= upper, probability[best] >= lower], [LINKED, DOUBTFUL], NOBODY
    )
    outcome = _contested(persons[best], total[best], outcome)
    return rows[best], best, outcome


def _contested(persons: Array, total: Array, outcome: Array) -> Array:
    """Rows that want the same person: only a clear winner keeps its link, the others are asked about."""
    outcome = outcome.copy()
    wanting = np.flatnonzero(outcome != NOBODY)
    order = wanting[np.lexsort((-total[wanting], persons[wanting]))]
    who = persons[order]
    same = who[1:] == who[:-1]
    leader = np.r_[True, ~same][: len(order)]
    follower = ~leader
    outcome[order[follower]] = DOUBTFUL
    second = np.flatnonzero(leader[:-1] & follower[1:])
    close = total[order[second]] - total[order[second + 1]] < _CLEAR
    outcome[order[second[close]]] = DOUBTFUL
    return outcome
