"""Identity numbers, disability cards and telephone numbers that can belong to nobody.

Identity numbers carry a valid check digit (GB 11643) but an area code beginning 5299, which was never
given out. Telephone numbers have 11 digits beginning 100: the numbering plan keeps 100 for short
service numbers of operators, subscribers begin with 13 to 19, so none of them can be somebody's.
"""

from __future__ import annotations

import numpy as np

from anju.synth.columns import Array

WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
CHECKS = "10X98765432"
_FIRST_AREA = 529901
_AREAS = 99
_PER_SEX = 500
"""Serials of three digits, odd for men and even for women."""


def check_digit(seventeen: str) -> str:
    """The last character of an identity number from its first seventeen digits."""
    total = sum(int(digit) * int(w) for digit, w in zip(seventeen, WEIGHTS, strict=True))
    return CHECKS[total % 11]


def numbers(born_on: Array, female: Array) -> Array:
    """Distinct identity numbers (text) for persons given by birth day and sex, in their order."""
    stem = stems(born_on, female)
    digits = stem[:, None] // 10 ** np.arange(16, -1, -1, dtype=np.int64) % 10
    last = np.array(list(CHECKS))[(digits * WEIGHTS).sum(axis=1) % 11]
    return np.char.add(stem.astype("U17"), last)


def stems(born_on: Array, female: Array) -> Array:
    """The first seventeen digits as integers; raises ValueError when a day has too many births."""
    key = born_on.astype(np.int64) * 2 + female
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(ordered)])
    rank = np.empty(len(key), dtype=np.int64)
    rank[order] = np.arange(len(key)) - np.repeat(starts, lengths)
    if len(rank) and rank.max() >= _PER_SEX * _AREAS:
        raise ValueError("more births on one day than there are numbers: use fewer households")
    area = _FIRST_AREA + rank // _PER_SEX
    serial = rank % _PER_SEX * 2 + np.where(female, 0, 1)
    return (area * 100_000_000 + dates8(born_on)) * 1000 + serial


def dates8(days: Array) -> Array:
    """Dates as integers of the form 20230715."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    year = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    on = (dates - months.astype("datetime64[D]")).astype(np.int64) + 1
    return np.asarray(year * 10000 + month * 100 + on)


def disability_cards(identity: Array, category: Array, grade: Array) -> Array:
    """Twenty characters: identity number, category 1 to 7, grade 1 to 4."""
    tail = (category.astype(np.int64) * 10 + grade).astype("U2")
    return np.char.add(identity, tail)


def telephones(person_id: Array) -> Array:
    """Eleven digits beginning 100, distinct for ids below 99 999 989."""
    scattered = (person_id.astype(np.int64) * 48_271 + 7_919) % 99_999_989
    return (10_000_000_000 + scattered).astype("U11")
