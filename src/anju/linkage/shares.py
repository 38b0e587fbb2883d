"""How common values are: log2 of the share each has in a column of numbers, 0 being unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from anju.linkage.characters import Array

WIDE: Final = np.int64(1 << 32)
_LEAST: Final = 0.02
_ERA: Final = 20 * 10_000


def counts(values: Array) -> Array:
    """How often each value occurs."""
    _, inverse, found = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray(found[inverse], dtype=np.float64)


def once(values: Array) -> float:
    """What a value that occurs once counts for: those seen twice tell how many were just not seen again.

    (Good and Turing. In a village almost every name occurs once, and yet few are one in four hundred.)
    """
    _, found = np.unique(values[values > 0], return_counts=True)
    ones, twos = int((found == 1).sum()), int((found == 2).sum())
    return min(max(2 * twos / max(ones, 1), _LEAST), 1.0)


def log_share(values: Array, least: int = 1) -> Array:
    """Of each value among the known ones, or `least` if they are fewer; 0 where it is unknown."""
    known = values > 0
    size = max(int(known.sum()), least)
    found = counts(values)
    found = np.where(found == 1, once(values), found)
    return np.where(known, np.log2(found / size), 0.0)


def among(values: Array, peers: Array, drawn: float) -> Array:
    """Shares among those of equal `peers`, drawn towards that in the whole column as by so many more."""
    whole = np.exp2(log_share(values))
    _, at = np.unique(values, return_inverse=True)
    _, group = np.unique(peers, return_inverse=True)
    here = counts(group * WIDE + at)
    here = np.where(here == 1, once(values), here)
    share = np.log2((here + drawn * whole) / (counts(group) + drawn))
    return np.where(values > 0, share, 0.0)


def mean(log_shares: Array, chosen: Array) -> float:
    """log2 of the average share of the chosen: how likely somebody else has the value of one of them."""
    return float(np.log2(np.exp2(log_shares[chosen]).mean())) if chosen.any() else 0.0


@dataclass(frozen=True)
class Told:
    """By person: log2 of the share of a value among peers; and what two strangers share on average."""

    peers: Array
    """Among those of that sex and age."""
    sex: Array
    """Among those of that sex, for rows that tell no birth date."""
    base: float

    def bits(self, persons: Array, dateless: Array) -> Array:
        """How much more than the average agreement on the values of these persons tells."""
        share = np.where(dateless, self.sex[persons], self.peers[persons])
        return np.where(share < 0, self.base - share, 0.0)


@dataclass(frozen=True)
class Peers:
    """Counts values among those of the same sex and age."""

    born: Array
    sex: Array

    def told(self, values: Array, drawn: float) -> Told:
        """Shares of the values; see `among` for `drawn`."""
        age = (self.born // _ERA).astype(np.int64) * 4 + self.sex
        base = mean(log_share(values), values > 0)
        return Told(among(values, age, drawn), among(values, self.sex, drawn), base)
