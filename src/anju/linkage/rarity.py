"""How rare a person's values are in the register: agreement on a rare one tells more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from anju.linkage import names
from anju.linkage.characters import Array
from anju.linkage.records import Both


@dataclass(frozen=True)
class Rarity:
    """By person: how many more bits agreement on its value tells than agreement on the average one."""

    both: Both

    @cached_property
    def form(self) -> Array:
        """Of the name as a whole, among people of that sex and age."""
        return self._among_peers(self.both.names.form[self.both.persons.name])

    @cached_property
    def sound(self) -> Array:
        """Of the sounds of the name, among people of that sex and age."""
        keys = names.key(self.both.names.alphabet.sound[self.both.names.codes])
        return self._among_peers(keys[self.both.persons.name])

    @cached_property
    def surname(self) -> Array:
        """Of the surname; nothing for names without."""
        return self._of(self._first(self.both.persons.name))

    @cached_property
    def clan(self) -> Array:
        """Of the surname within the village, against the whole register: at most 0."""
        surname, village = self._first(self.both.persons.name), self.both.persons.village
        pair = np.where((surname > 0) & (village > 0), village * _WIDE + surname, 0)
        less = _log_share(village) + _log_share(surname) - _log_share(pair)
        return np.where(pair > 0, np.minimum(less, 0.0), 0.0)

    @cached_property
    def kin(self) -> Array:
        """What is lost of the head's name where the person bears the same surname: at most 0."""
        own, head = self._first(self.both.persons.name), self._first(self.both.persons.head)
        return np.where((own > 0) & (own == head), _log_share(own), 0.0)

    @cached_property
    def born(self) -> Array:
        """Of the birth date."""
        return self._of(self.both.persons.born)

    @cached_property
    def village(self) -> Array:
        """Of the village."""
        return self._of(self.both.persons.village)

    @cached_property
    def head(self) -> Array:
        """Of the name of the head."""
        return self._of(self.both.names.form[self.both.persons.head])

    @cached_property
    def phone(self) -> Array:
        """Of the phone; even if few phones are known, a phone is not common."""
        return self._of(self.both.persons.phone, _PHONES)

    def agreeing(self) -> dict[str, float]:
        """How likely a stranger has the very value of the register, by field."""
        persons = self.both.persons
        values = {
            "name": (self.both.names.form[persons.name], 1),
            "born": (persons.born, 1),
            "village": (persons.village, 1),
            "head": (self.both.names.form[persons.head], 1),
            "phone": (persons.phone, _PHONES),
        }
        return {
            field: 2.0 ** _mean(_log_share(column, least), column)
            for field, (column, least) in values.items()
            if (column > 0).any()
        }

    def _first(self, at: Array) -> Array:
        found = self.both.names.codes[at, 0] * (self.both.names.surnames[at] > 0)
        return np.asarray(found, dtype=np.int64)

    def _of(self, values: Array, least: int = 1) -> Array:
        share = _log_share(values, least)
        return np.where(values > 0, _mean(share, values) - share, 0.0)

    def _among_peers(self, values: Array) -> Array:
        """Shares within sex and age, drawn towards the share in the whole register."""
        persons = self.both.persons
        peers = (persons.born // _ERA).astype(np.int64) * 4 + persons.sex
        whole = np.exp2(_log_share(values))
        _, at = np.unique(values, return_inverse=True)
        size = _counts(peers)
        here = _counts(peers * _WIDE + at)
        here = np.where(here == 1, _once(values), here)
        share = np.log2((here + _DRAWN * whole) / (size + _DRAWN))
        return np.where(values > 0, _mean(_log_share(values), values) - share, 0.0)


_WIDE: Final = np.int64(1 << 32)
_ERA: Final = 20 * 10_000
_DRAWN: Final = 20_000.0
_PHONES: Final = 5_000
_LEAST: Final = 0.02


def _counts(values: Array) -> Array:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray(counts[inverse], dtype=np.float64)


def _once(values: Array) -> float:
    """What a value that occurs once counts for: those seen twice tell how many were just not seen again.

    (Good and Turing. In a village almost every name occurs once, and yet few are one in four hundred.)
    """
    _, counts = np.unique(values[values > 0], return_counts=True)
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    return min(max(2 * twice / max(once, 1), _LEAST), 1.0)


def _log_share(values: Array, least: int = 1) -> Array:
    """log2 of the share a value has among the known ones, or `least`; 0 where it is unknown."""
    known = values > 0
    size = max(int(known.sum()), least)
    counts = _counts(values)
    counts = np.where(counts == 1, _once(values), counts)
    return np.where(known, np.log2(counts / size), 0.0)


def _mean(log_share: Array, values: Array) -> float:
    """log2 of the probability that two known values drawn at random agree."""
    known = values > 0
    return float(np.log2(np.exp2(log_share[known]).mean())) if known.any() else 0.0
