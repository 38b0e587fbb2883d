"""Made-up values in the place of real ones, the same everywhere in one copy for training.

A value is chosen by a keyed digest of the real one; the key is made for one copy and thrown away, so
that nothing leads back. Numbers come from `anju.synth`: area codes that were never given out,
telephones that cannot be called.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from anju.synth import identity, names
from anju.synth.workbooks import labels

AREA = "5299"
_EPOCH = date(1970, 1, 1)
_MOST_DAYS = 14
KNOWN_HEALTH = frozenset({"", "健康", "残疾", "长期慢性病", "残疾、长期慢性病", "患有大病"})


class Disguise:
    """One copy's made-up values."""

    def __init__(self, counties: Sequence[str]) -> None:
        self._key = secrets.token_bytes(32)
        self._counties = {
            code[:6]: f"{AREA}{number:02d}" for number, code in enumerate(sorted(counties), start=1)
        }
        self._stems = names.stems(np.random.default_rng(secrets.randbits(64)), 1_300)

    def chosen(self, text: object, among: Sequence[str]) -> str:
        """One of several values, always the same for the same text."""
        return among[self._drawn(text) % len(among)]

    def name(self, real: str) -> str:
        """Another name for a person."""
        made = real
        turn = 0
        while made == real:
            drawn = self._drawn(f"{turn}{real}")
            surname = names.SURNAMES[drawn % len(names.SURNAMES)]
            given = names.GIVEN_MEN + names.GIVEN_WOMEN
            first, second = given[drawn // 97 % len(given)], given[drawn // 9_973 % len(given)]
            made, turn = f"{surname}{first}{second}", turn + 1
        return made

    def place(self, code: str) -> str:
        """A place code of this county in an area that does not exist; codes elsewhere stay."""
        return self._counties.get(code[:6], code[:6]) + code[6:]

    def place_name(self, code: str, real: str) -> str:
        """A made-up name of a division, with the word for its kind."""
        kind = "县" if code.endswith("000000") else "镇" if code.endswith("000") else "村"
        return self._stem(code, real) + kind

    def stem(self, real: str) -> str:
        """Two characters for the name of a site or an employer."""
        return self._stem(real, real)

    def _stem(self, key: str, real: str) -> str:
        drawn = self._drawn(key)
        made = self._stems[drawn % len(self._stems)]
        return made if made not in real else self._stems[(drawn + 1) % len(self._stems)]

    def day(self, person: int, real: date) -> date:
        """A birth date some days away, the same for all records of a person."""
        drawn = self._drawn(f"day {person}") % (2 * _MOST_DAYS)
        days = drawn - _MOST_DAYS if drawn < _MOST_DAYS else drawn - _MOST_DAYS + 1
        return real + timedelta(days=days)

    def money(self, row: object, real: int) -> int:
        """An amount within three hundredths; nothing stays nothing."""
        factor = 9_700 + self._drawn(f"money {row} {real}") % 601
        return real * factor // 10_000

    def telephone(self, person: int) -> str:
        """A number that cannot be called."""
        return str(identity.telephones(np.array([person]))[0])

    def account(self, person: int) -> str:
        """An account of no bank."""
        return f"6299{self._drawn(f'account {person}') % 10**15:015d}"

    def health(self, real: str) -> str:
        """The usual words stay, others may tell who it is."""
        return real if real in KNOWN_HEALTH else "其他"

    def illness(self, real: str) -> str:
        """The name of an illness."""
        return self.chosen(real, (*labels.ILLNESSES, *labels.CHRONIC))

    def _drawn(self, text: object) -> int:
        digest = hmac.digest(self._key, str(text).encode(), "sha256")
        return int.from_bytes(digest[:8], "big")


def identity_numbers(persons: Iterable[tuple[int, date | None, str]]) -> dict[int, str]:
    """Made-up identity numbers by person: (id, made-up birth date, sex)."""
    rows = list(persons)
    if not rows:
        return {}
    days = np.array([((born or _EPOCH) - _EPOCH).days for _, born, _ in rows], dtype=np.int32)
    female = np.array([sex == "F" for _, _, sex in rows])
    return dict(
        zip((pk for pk, _, _ in rows), identity.numbers(days, female).tolist(), strict=True)
    )
