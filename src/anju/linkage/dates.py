"""Birth dates as numbers like 19650308, parts unknown as 00, and how two of them agree."""

from __future__ import annotations

from typing import Final

import numpy as np

from anju.linkage.characters import Array

LEVELS: Final = (
    "missing", "same", "swapped", "one_digit", "year_slip", "day_other", "part", "same_day",
    "same_year", "near_year", "other",
)  # fmt: skip
"""`swapped`: day and month; `year_slip`: one or ten years off; `part`: equal as far as known;
`same_day`: of another year; `near_year`: at most two years apart."""
(
    MISSING,
    SAME,
    SWAPPED,
    ONE_DIGIT,
    YEAR_SLIP,
    DAY_OTHER,
    PART,
    SAME_DAY,
    SAME_YEAR,
    NEAR_YEAR,
    OTHER,
) = range(len(LEVELS))


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
    level[year & month] = DAY_OTHER
    level[month & day & ((apart == 1) | (apart == 10))] = YEAR_SLIP
    level[_differing_digits(left, right) == 1] = ONE_DIGIT
    level[month & day & np.isin(apart, (1, 10))] = YEAR_SLIP
    level[year & (m1 == d2) & (d1 == m2)] = SWAPPED
    # Unknown parts, as 00 or filled up with ones.
    low = (d1 <= 1) | (d2 <= 1)
    level[year & month & low] = PART
    level[year & low & ((m1 <= 1) & (d1 <= 1) | (m2 <= 1) & (d2 <= 1))] = PART
    level[left == right] = SAME
    level[(left == right) & (d1 <= 1)] = PART
    level[(left == 0) | (right == 0)] = MISSING
    return level


def _differing_digits(left: Array, right: Array) -> Array:
    count = np.zeros(len(left), dtype=np.int8)
    a, b = left.copy(), right.copy()
    for _ in range(8):
        count += a % 10 != b % 10
        a, b = a // 10, b // 10
    return count
