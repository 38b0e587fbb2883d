"""How rare is what two names share: the whole, its sounds, all but one character, the surname.

红 is common for a woman's given name and 王 for a surname, so 赵红 and 李红 share little; two who are called
※翰 share much. A name that differs in one place is counted with anything in that place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from anju.linkage import names, shares
from anju.linkage.characters import SOUND, Array
from anju.linkage.records import Both
from anju.linkage.shares import Peers, Told

_DRAWN: Final = 20_000.0
_PLACES: Final = range(names.SHORT)


@dataclass(frozen=True)
class NameRarity:
    """Shares of names and their parts in the register, counted when asked for."""

    both: Both
    peers: Peers

    def full(self, persons: Array, dateless: Array) -> Array:
        """Bits for the whole name; `dateless`: whether the row tells no birth date."""
        return self._form.bits(persons, dateless)

    def shared(self, rows: Array, persons: Array, level: Array, dateless: Array) -> Array:
        """Bits for what the names of pairs share, by the level at which they agree."""
        found = np.zeros(len(level))
        for value, levels in (
            (self._form, (names.SAME_NAME, names.VARIANT)),
            (self._sound, (names.SOUNDS, names.NEARLY)),
            (self._order, (names.SWAPPED,)),
            (self._last, (names.PET,)),
            (self._surname, (names.SURNAME, names.MOVED)),
        ):
            here = np.isin(level, levels)
            found[here] = value.bits(persons[here], dateless[here])
        for one, places, least in (
            (names.LOOKS, _PLACES, 2), (names.ONE_OTHER, _PLACES[1:], 3), (names.GIVEN, _PLACES[:1], 2)
        ):  # fmt: skip
            here = level == one
            masks = self._averaged(places, least)
            found[here] = self._but_one(masks, rows[here], persons[here], dateless[here])
        here = level == names.SHORTENED
        found[here] = self._shortened(rows[here], persons[here], dateless[here])
        return found

    def by_chance(self) -> dict[int, float]:
        """How likely a stranger's name agrees in all but the surname, or in all but one other character."""
        at = self.both.persons.name
        known = at > 0
        if not known.any():
            return {}
        whole = 2.0 ** shares.mean(shares.log_share(names.key(self._sounds)[at]), known)
        long = self.both.names.lengths[at] > 2
        found = {names.GIVEN: 0.0, names.ONE_OTHER: 0.0}
        for place, values in enumerate(masked[at] for masked in self._masked):
            counted = values > 0 if place == 0 else (values > 0) & long
            share = np.where(counted, np.exp2(shares.log_share(values)), 0.0)
            found[names.GIVEN if place == 0 else names.ONE_OTHER] += float(share[known].mean())
        least = whole / 10
        return {
            names.GIVEN: max(found[names.GIVEN] - whole, least),
            names.ONE_OTHER: max(found[names.ONE_OTHER] - 2 * whole, least),
        }

    def _but_one(self, masks: list[Told], rows: Array, persons: Array, dateless: Array) -> Array:
        place = self._differing(rows, persons)
        found = np.zeros(len(rows))
        for at, value in enumerate(masks):
            here = place == at
            found[here] = value.bits(persons[here], dateless[here])
        return found

    def _shortened(self, rows: Array, persons: Array, dateless: Array) -> Array:
        """Where the row left a character out: of names with anything there; else of the person's own."""
        lengths, both = self.both.names.lengths, self.both
        longer = lengths[both.persons.name[persons]] > lengths[both.rows.name[rows]]
        left_out = self._but_one(self._masks, rows, persons, dateless)
        return np.where(longer, left_out, self._sound.bits(persons, dateless))

    def _differing(self, rows: Array, persons: Array) -> Array:
        """The place where short names differ most; of different lengths, the first where they do."""
        known = self.both.names
        left, right = self.both.rows.name[rows], self.both.persons.name[persons]
        a, b = known.codes[left, : names.SHORT], known.codes[right, : names.SHORT]
        how = known.alphabet.relation[a, b]
        how[(a == 0) & (b == 0)] = 0
        even = known.lengths[left] == known.lengths[right]
        return np.asarray(np.where(even, how.argmax(axis=1), (how > SOUND).argmax(axis=1)))

    def _told(self, by_name: Array) -> Told:
        return self.peers.told(by_name[self.both.persons.name], _DRAWN)

    @cached_property
    def _sounds(self) -> Array:
        return np.asarray(self.both.names.alphabet.sound[self.both.names.codes])

    @cached_property
    def _form(self) -> Told:
        return self._told(self.both.names.form)

    @cached_property
    def _sound(self) -> Told:
        return self._told(names.key(self._sounds))

    @cached_property
    def _order(self) -> Told:
        return self._told(names.key(np.sort(self._sounds, axis=1)))

    @cached_property
    def _last(self) -> Told:
        place = np.maximum(self.both.names.lengths.astype(np.int64) - 1, 0)
        return self._told(np.take_along_axis(self._sounds, place[:, None], 1)[:, 0])

    @cached_property
    def _surname(self) -> Told:
        return self._told(names.surname(self.both.names))

    @cached_property
    def _masks(self) -> list[Told]:
        """By place: of the name with anything in that place, for names of up to four characters."""
        return [self._told(masked) for masked in self._masked]

    @cached_property
    def _masked(self) -> list[Array]:
        lengths = self.both.names.lengths
        found = []
        for place in _PLACES:
            sounds = self._sounds[:, : names.SHORT].copy()
            sounds[:, place] = 0
            fits = (lengths > place) & (lengths <= names.SHORT) & (lengths > 1)
            told_apart = lengths.astype(np.uint64) * np.uint64(names.SHORT) + np.uint64(place)
            keys = names.key(sounds) * np.uint64(32) + told_apart
            found.append(np.where(fits, keys, np.uint64(0)))
        return found

    def _averaged(self, places: range, least: int) -> list[Told]:
        """The masks against the average of these places, in names of at least so many characters."""
        at = self.both.persons.name
        long = self.both.names.lengths[at] >= least
        found = []
        for place in places:
            values = self._masked[place][at]
            found.append(np.exp2(shares.log_share(values))[(values > 0) & long])
        everything = np.concatenate(found)
        base = float(np.log2(everything.mean())) if len(everything) else 0.0
        return [replace(mask, base=base) for mask in self._masks]
