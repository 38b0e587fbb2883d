"""Slips in dates, places, phones, kinship. Dates are numbers like 19650308; 0 stands for not given."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Callable
from typing import Final

from anju.synth.slips import words

Slip = Callable[[int, random.Random], int]


def parts(born: int) -> tuple[int, int, int]:
    """Year, month, day."""
    return born // 10_000, born // 100 % 100, born % 100


def _whole(year: int, month: int, day: int) -> int:
    """The date, its day drawn back to the end of the month."""
    month = min(max(month, 1), 12)
    return year * 10_000 + month * 100 + min(max(day, 1), monthrange(year, month)[1])


def _typed(born: int, chance: random.Random) -> int:
    """One digit mistyped, now and then the key beside it, wherever a date remains."""
    for _ in range(20):
        text = str(born)
        place = chance.randrange(2, 8)
        digits = words.KEYS[text[place]] if chance.random() < 0.6 else "0123456789"
        other = int(text[:place] + chance.choice(digits) + text[place + 1 :])
        year, month, day = parts(other)
        if (
            other != born
            and year <= 2023
            and 1 <= month <= 12
            and 1 <= day <= monthrange(year, month)[1]
        ):
            return other
    return born


def _swapped(born: int, chance: random.Random) -> int:
    year, month, day = parts(born)
    return year * 10_000 + day * 100 + month if day <= 12 else _wrong_day(born, chance)


def _year(born: int, chance: random.Random) -> int:
    year, month, day = parts(born)
    step = chance.choice((-1, 1)) * (10 if chance.random() < 0.3 else 1)
    return _whole(min(year + step, 2023), month, day)


def _wrong_day(born: int, chance: random.Random) -> int:
    year, month, _ = parts(born)
    return _whole(year, month, chance.randint(1, 31))


def _first(born: int, chance: random.Random) -> int:
    """Somebody who only knew the month, or the year, filled up with ones."""
    year, month, _ = parts(born)
    return _whole(year, month if chance.random() < 0.7 else 1, 1)


def _month_only(born: int, chance: random.Random) -> int:
    year, month, _ = parts(born)
    return year * 10_000 + (month * 100 if chance.random() < 0.8 else 0)


_DATES: Final[tuple[tuple[float, Slip], ...]] = (
    (0.32, _typed),
    (0.14, _swapped),
    (0.18, _year),
    (0.16, _wrong_day),
    (0.08, _first),
    (0.12, _month_only),
)


def date(born: int, chance: random.Random) -> int:
    """The date with one slip."""
    ((_, how),) = chance.choices(_DATES, [weight for weight, _ in _DATES])
    return how(born, chance)


def place(code: str, near: list[str], all_places: list[str], chance: random.Random) -> str | None:
    """Another village: mostly one of the same town, at times any; or none."""
    kind = chance.random()
    if kind < 0.15:
        return None
    return chance.choice(near if kind < 0.65 and len(near) > 1 else all_places)


def phone(number: str, chance: random.Random) -> str:
    """One digit mistyped, or two swapped."""
    spot = chance.randrange(3, 10)
    if chance.random() < 0.3:
        return number[:spot] + number[spot + 1] + number[spot] + number[spot + 2 :]
    return number[:spot] + chance.choice(words.KEYS[number[spot]]) + number[spot + 1 :]


def new_phone(chance: random.Random) -> str:
    """A number with a prefix no operator has."""
    return f"100{chance.randrange(10**8):08d}"
