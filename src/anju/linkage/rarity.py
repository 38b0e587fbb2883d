"""How rare what agrees is in the register: agreement on a rare value tells more.

Names and kinship are counted among people of that sex and age, as a stranger of the same birth date would
be one of them; where the row has no birth date, among people of that sex.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from anju.linkage import comparing, dates, names, shares
from anju.linkage.characters import Array
from anju.linkage.comparing import FIELDS
from anju.linkage.name_rarity import NameRarity
from anju.linkage.records import Both
from anju.linkage.shares import Peers

_PHONES: Final = 5_000
"""Even if few phones are known, a phone is not common."""
_DRAWN: Final = 50.0
_SAME: Final = 1
_AT: Final = {field: at for at, field in enumerate(FIELDS)}


@dataclass(frozen=True)
class Extra:
    """Bits by pair over what the level of agreement tells on average."""

    own: Array
    """For the level at which the pair agrees, pairs × FIELDS."""
    full: Array
    """If they agreed in full."""
    clan: Array
    """At most 0: of the surname within the village, against the whole register."""
    kin: Array
    """At most 0: of the head's name where the person bears the same surname."""

    def take(self, chosen: Array) -> Extra:
        """That of some of the pairs."""
        return Extra(self.own[chosen], self.full[chosen], self.clan[chosen], self.kin[chosen])


def nothing(pairs: int) -> Extra:
    """No extra bits for that many pairs: of every value as much as its level tells on average."""
    none = np.zeros((pairs, len(FIELDS)))
    return Extra(none, none, np.zeros(pairs), np.zeros(pairs))


@dataclass(frozen=True)
class Rarity:
    """Shares of the register's values, counted when asked for."""

    both: Both

    def of(self, rows: Array, persons: Array, levels: Array) -> Extra:
        """Extra bits for pairs given by positions and their levels."""
        dateless = levels[:, _AT["born"]] == comparing.MISSING
        relation = self._peers.told(self.both.persons.relation, _DRAWN)
        wholes = {
            "name": self._names.full(persons, dateless),
            "born": self._born[persons],
            "relation": relation.bits(persons, dateless),
            "village": _of(self.both.persons.village)[persons],
            "head": _of(self.both.names.form[self.both.persons.head])[persons],
            "phone": _of(self.both.persons.phone, _PHONES)[persons],
        }
        own = np.zeros(levels.shape, dtype=np.float32)
        full = np.zeros(levels.shape, dtype=np.float32)
        for field, whole in wholes.items():
            at = _AT[field]
            exact = (dates.SAME, dates.FIRST) if field == "born" else (_SAME,)
            full[:, at] = whole
            own[:, at] = np.where(np.isin(levels[:, at], exact), whole, 0.0)
        at = _AT["name"]
        own[:, at] = self._names.shared(rows, persons, levels[:, at], dateless)
        return Extra(own, full, self._clan[persons], self._kin[persons])

    def agreeing(self) -> dict[str, dict[int, float]]:
        """How likely a stranger agrees, by field and level, as far as the register can be counted for it."""
        persons = self.both.persons
        values = {
            "name": (self.both.names.form[persons.name], 1),
            "village": (persons.village, 1),
            "head": (self.both.names.form[persons.head], 1),
            "phone": (persons.phone, _PHONES),
        }
        found = {
            field: {_SAME: 2.0 ** shares.mean(shares.log_share(column, least), column > 0)}
            for field, (column, least) in values.items()
            if (column > 0).any()
        }
        if "name" in found:
            found["name"] |= self._names.by_chance()
        known = persons.born > 0
        if known.any():
            share = np.exp2(shares.log_share(persons.born))[known]
            first = self._first_days[known]
            found["born"] = {
                dates.SAME: float((share * ~first).mean()),
                dates.FIRST: float((share * first).mean()),
            }
        return found

    @cached_property
    def _peers(self) -> Peers:
        return Peers(self.both.persons.born, self.both.persons.sex)

    @cached_property
    def _names(self) -> NameRarity:
        return NameRarity(self.both, self._peers)

    @cached_property
    def _first_days(self) -> Array:
        return np.asarray(self.both.persons.born % 100 == 1)

    @cached_property
    def _born(self) -> Array:
        """The first of a month is told apart: where the day is not known it is written often."""
        born, first = self.both.persons.born, self._first_days
        share, known = shares.log_share(born), born > 0
        bases = (shares.mean(share, known & first), shares.mean(share, known & ~first))
        return np.where(known, np.where(first, *bases) - share, 0.0)

    @cached_property
    def _clan(self) -> Array:
        surname, village = self._surname(self.both.persons.name), self.both.persons.village
        pair = np.where((surname > 0) & (village > 0), village * shares.WIDE + surname, 0)
        less = shares.log_share(village) + shares.log_share(surname) - shares.log_share(pair)
        return np.where(pair > 0, np.minimum(less, 0.0), 0.0)

    @cached_property
    def _kin(self) -> Array:
        own, head = self._surname(self.both.persons.name), self._surname(self.both.persons.head)
        return np.where((own > 0) & (own == head), shares.log_share(own), 0.0)

    def _surname(self, at: Array) -> Array:
        return np.asarray(names.surname(self.both.names)[at])


def _of(values: Array, least: int = 1) -> Array:
    share = shares.log_share(values, least)
    return np.where(values > 0, shares.mean(share, values > 0) - share, 0.0)
