"""Work histories: intervals that do not overlap, with channel, place and wage that fit each other."""

from __future__ import annotations

import numpy as np

from anju.synth.columns import (
    CHANNELS,
    LABOURS,
    NO_DATE,
    NULL,
    SCHOOLINGS,
    Array,
    Table,
    concat,
    rows_of,
    take,
    word,
)  # fmt: skip
from anju.synth.counties import COUNTY_CODES, NEIGHBOURS
from anju.synth.families import YEAR
from anju.synth.people import BETWEEN
from anju.synth.periods import Period, as_date, day

_CHANNEL_SHARES = (0.5, 0.25, 0.08, 0.07, 0.1)
_WAGES = np.array([4300, 2900, 2200, 800, 3400])
_SPREAD = np.array([0.25, 0.3, 0.2, 0.1, 0.35])
_WEAK, _SKILLED = word(LABOURS, "weak"), word(LABOURS, "skilled")
_LOCAL, _POST = word(CHANNELS, "local"), word(CHANNELS, "welfare_post")


def make(people: Table, period: Period, rng: np.random.Generator) -> Table:
    """Employments of the labourers among the people; `person_id` is the position in the block."""
    able = take(people, _labourers(people, period))
    size = len(able["person"])
    first = np.r_[True, able["household"][1:] != able["household"][:-1]][:size]
    weak = able["labour"] == _WEAK
    draw = rng.random(size)
    working = draw < np.select([first & ~weak, first, weak], [0.975, 0.9, 0.5], 0.82)
    working &= able["left_on"] == NO_DATE
    channel = rng.choice(len(CHANNELS), size, p=_CHANNEL_SHARES)
    channel = np.where(weak & (rng.random(size) < 0.7), _POST, channel)
    channel = np.where((able["age"] < 18) & (channel == _POST), _LOCAL, channel)
    wage = _wages(channel, able["labour"] == _SKILLED, rng)
    start, end = _current(able, first, period, rng)
    current = _rows(able, working, start, end, channel, wage, rng)
    return concat(
        [current, _past(able, start, channel, wage, period, rng), _next(current, period, rng)]
    )


def _labourers(people: Table, period: Period) -> Array:
    people["age"] = (period.start - people["born_on"]) / YEAR
    workable = np.isin(people["labour"], (0, _SKILLED, _WEAK))
    workable &= (people["age"] >= 16.2) & (people["age"] < 64.9)
    workable &= people["leave_reason"] != BETWEEN
    return np.asarray(workable & (people["schooling"] == word(SCHOOLINGS, "none")))


def _wages(channel: Array, skilled: Array, rng: np.random.Generator) -> Array:
    size = len(channel)
    wage = _WAGES[channel] * np.exp(rng.normal(0, 1, size) * _SPREAD[channel])
    wage = np.where(skilled & (channel != _POST), wage * 1.25, wage)
    return np.asarray(np.clip(np.round(wage / 50) * 50, 500, 15000).astype(np.int64) * 100)


def _current(
    able: Table, first: Array, period: Period, rng: np.random.Generator
) -> tuple[Array, Array]:
    size = len(first)
    draw = rng.random(size)
    long_ago = rng.integers(period.history - 2500, period.history - 190, size)
    within = rng.integers(period.history, period.start, size)
    lately = rng.integers(period.start, period.stop, size)
    start = np.select([draw < 0.85, draw < 0.97], [long_ago, within], lately)
    start = np.maximum(start, able["born_on"] + np.int64(16.1 * YEAR))
    start = np.maximum(start, able["joined_on"] - 4000)
    start = _since_new_year(start, able["person"], period)
    months = len(period.months)
    lost = rng.random(size) < np.where(first, 0.002, 0.006) * months
    end = rng.integers(period.start + 3, period.stop, size)
    return start, np.where(lost & (end > start + 40), end, NO_DATE)


def _since_new_year(start: Array, person: Array, period: Period) -> Array:
    """Work of many years is listed since it was taken up again after a Spring Festival, well before
    the history; of one in thirty nobody ever noted that they came home meanwhile."""
    back = day(as_date(period.history).year - 1, 2, 20)
    again = back + (person * 7_919 + start) % 330
    return np.where((start < back) & (person % 30 != 7), again, start)


def _rows(
    able: Table,
    here: Array,
    start: Array,
    end: Array,
    channel: Array,
    wage: Array,
    rng: np.random.Generator,
) -> Table:
    size = len(channel)
    far = rng.integers(len(NEIGHBOURS), len(COUNTY_CODES), size)
    near = rng.integers(1, len(NEIGHBOURS), size)
    place = np.where(rng.random(size) < 0.8, far, near)
    place = np.where(channel == 0, place, 0)
    paid = np.where(rng.random(size) < 0.008, NULL, wage)
    made = rows_of(
        "employments",
        size,
        person_id=able["person"],
        started_on=start,
        ended_on=end,
        channel=channel,
        county_code=place,
        monthly_wage=paid,
        household=able["household"],
    )
    return take(made, here)


def _past(
    able: Table, start: Array, channel: Array, wage: Array, period: Period, rng: np.random.Generator
) -> Table:
    size = len(start)
    end = start - rng.integers(10, 90, size)
    begin = end - rng.integers(120, 900, size)
    here = (rng.random(size) < 0.3) & (begin > able["born_on"] + 16.1 * YEAR)
    earlier = np.where(rng.random(size) < 0.5, channel, _LOCAL)
    return _rows(able, here, begin, end, earlier, np.maximum(wage // 10_000 * 9_000, 60_000), rng)


def _next(current: Table, period: Period, rng: np.random.Generator) -> Table:
    """Half of those who lost their work find another within weeks."""
    found = take(
        current, (current["ended_on"] != NO_DATE) & (rng.random(len(current["ended_on"])) < 0.5)
    )
    found["started_on"] = (found["ended_on"] + rng.integers(5, 45, len(found["ended_on"]))).astype(
        np.int32
    )
    found["ended_on"] = np.full(len(found["started_on"]), NO_DATE, dtype=np.int32)
    return take(found, found["started_on"] < period.stop)
