"""Birth dates as numbers like 19650308, parts unknown as 00, and how two of them agree."""

from __future__ import annotations

from typing import Final

import numpy as np

from anju.linkage.characters import Array

LEVELS: Final = (
    "missing", "same", "first", "swapped", "one_digit", "year_slip", "day_other", "part", "age",
    "weeks", "same_day", "same_year", "near_year", "other",
)  # fmt: skip
"""`first`: equal, and the first of a month, which also stands for an unknown day; `swapped`: day and month, or two digits
side by side; `year_slip`: one or ten years off; `part`: equal as far as known;
`age`: only the year known, and at most one off; `weeks`: less than
two months apart, as by the lunar calendar; `same_day`: of another year; `near_year`: at most two years apart."""
(
    MISSING,
    SAME,
    FIRST,
    SWAPPED,
    ONE_DIGIT,
    YEAR_SLIP,
    DAY_OTHER,
    PART,
    AGE,
    WEEKS,
    SAME_DAY,
    SAME_YEAR,
    NEAR_YEAR,
    OTHER,
) = range(len(LEVELS))


_LUNAR: Final = 52
"""Days by which a date of the lunar calendar may lie before that of the solar one."""


def parts(born: Array) -> tuple[Array, Array, Array]:
    """Years, months, days."""
    return born // 10_000, born // 100 % 100, born % 100


def swapped(born: Array) -> Array:
    """Day and month exchanged; 0 where that is no date or the same."""
    year, month, day = parts(born)
    able = (day <= 12) & (day > 0) & (day != month)
    return np.where(able, year * 10_000 + day * 100 + month, 0)


def compare(left: Array, right: Array) -> Array:
    """LEVELS position of pairs of dates; 0 is a date nobody knows."""
    (y1, m1, d1), (y2, m2, d2) = parts(left), parts(right)
    year, month, day = y1 == y2, m1 == m2, d1 == d2
    apart = np.abs(y1 - y2)
    level = np.full(len(left), OTHER, dtype=np.uint8)
    level[apart <= 2] = NEAR_YEAR
    level[year] = SAME_YEAR
    level[month & day] = SAME_DAY
    level[np.abs(_days(left) - _days(right)) <= _LUNAR] = WEEKS
    level[year & month] = DAY_OTHER
    level[month & day & ((apart == 1) | (apart == 10))] = YEAR_SLIP
    level[_differing_digits(left, right) == 1] = ONE_DIGIT
    level[month & day & np.isin(apart, (1, 10))] = YEAR_SLIP
    level[(year & (m1 == d2) & (d1 == m2)) | _exchanged(left, right)] = SWAPPED
    # Unknown parts, as 00 or filled up with ones.
    low = (d1 <= 1) | (d2 <= 1)
    level[year & month & low] = PART
    level[year & low & ((m1 <= 1) & (d1 <= 1) | (m2 <= 1) & (d2 <= 1))] = PART
    level[(apart <= 1) & ((m1 == 0) | (m2 == 0))] = AGE
    level[left == right] = SAME
    level[(left == right) & (d1 == 1)] = FIRST
    level[(left == right) & (d1 == 0)] = PART
    level[(left == 0) | (right == 0)] = MISSING
    return level


def _days(born: Array) -> Array:
    """Days since the year 0 more or less; unknown parts are in the middle."""
    year, month, day = parts(born.astype(np.int64))
    return (year * 12 + np.where(month > 0, month, 6)) * 30 + np.where(day > 0, day, 15)


def _exchanged(left: Array, right: Array) -> Array:
    """Two digits side by side are exchanged, and nothing else differs."""
    gap = np.abs(left.astype(np.int64) - right)
    swaps = np.array([digit * 9 * 10**place for place in range(7) for digit in range(1, 10)])
    asked = np.flatnonzero(np.isin(gap, swaps))
    found = np.zeros(len(left), dtype=bool)
    found[asked] = _differing_digits(left[asked], right[asked]) == 2
    return found


def _differing_digits(left: Array, right: Array) -> Array:
    count = np.zeros(len(left), dtype=np.int8)
    a, b = left.copy(), right.copy()
    for _ in range(8):
        count += a % 10 != b % 10
        a, b = a // 10, b // 10
    return count
