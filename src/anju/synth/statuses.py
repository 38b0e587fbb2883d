"""Statuses of persons and households, and what they own."""

from __future__ import annotations

import numpy as np

from anju.synth.columns import (
    CLASSES,
    LEVELS,
    MEASURES,
    NO_DATE,
    NO_WORD,
    NULL,
    STATUSES,
    Array,
    Table,
    concat,
    rows_of,
    size_of,
    take,
    word,
)  # fmt: skip
from anju.synth.families import YEAR
from anju.synth.households import first_days
from anju.synth.people import BETWEEN, NOT_IN_SCHOOL
from anju.synth.periods import Period, day

_MEASURE_SHARES = (
    0.24, 0.2, 0.06, 0.08, 0.1, 0.08, 0.01, 0.02, 0.01, 0.01, 0.13, 0.04, 0.02,
)  # fmt: skip


def _kind(name: str) -> int:
    return word(STATUSES, name)


def make(
    households: Table, people: Table, scripted: Array, period: Period, rng: np.random.Generator
) -> Table:
    """All statuses of a block but those of scripted households."""
    here = take(people, (people["left_on"] == NO_DATE) | (people["left_on"] > period.history))
    homes = take(households, ~scripted)
    labour = _labour_count(people, size_of(households), period)[~scripted]
    heads = np.searchsorted(
        people["household"][: int(people["person"].max()) + 1], np.flatnonzero(~scripted)
    )
    return concat(
        [
            _of_persons(households, take(here, _once(here)), period, rng),
            _allowances(homes, heads, labour, period, rng),
            _homes(homes, period, rng),
            _measures(homes, period, rng),
        ]
    )


def _once(people: Table) -> Array:
    """The last membership of everybody, so that nobody is counted twice."""
    return np.asarray(people["leave_reason"] != BETWEEN)


def _labour_count(people: Table, size: int, period: Period) -> Array:
    able = np.isin(people["labour"], (0, 1, 2)) & (people["left_on"] == NO_DATE)
    age = (period.start - people["born_on"]) / YEAR
    able &= (age >= 16) & (age < 64.9)
    return np.bincount(people["household"][able], minlength=size)


def _status(
    households: Table, people: Table, kind: str, start: Array, here: Array, **more: Array
) -> Table:
    made = rows_of(
        "statuses",
        len(start),
        household_id=households["household_id"][people["household"]],
        person_id=people["person"],
        kind=_kind(kind),
        started_on=start,
        **more,
    )
    return take(made, here)


def _of_persons(
    households: Table, people: Table, period: Period, rng: np.random.Generator
) -> Table:
    size = len(people["person"])
    age = (period.start - people["born_on"]) / YEAR
    year = day(period.first.year, 1)
    insured = np.maximum(np.where(people["born_on"] < year, year, people["born_on"]), 0)
    lapsed = rng.random(size) < 0.0002 * len(period.months)
    lapse = np.where(lapsed & (age > 0), rng.integers(period.start, period.stop, size), NO_DATE)
    pensioned = (age >= 17) & (people["schooling"] == 0) & (rng.random(size) < 0.93)
    since = np.maximum(first_days(_months(rng, size, period, 96, 14)), people["born_on"] + 6100)
    month = since.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]")
    grade = people["disabled"]
    child = (people["grade"] == NOT_IN_SCHOOL) & (age < 15.9) & (rng.random(size) < 0.75)
    exempt = np.maximum(period.history - 120, people["born_on"] + 2300)
    return concat(
        [
            _status(
                households,
                people,
                "medical_insured",
                insured,
                rng.random(size) > 0.0008,
                ended_on=lapse,
            ),
            _status(households, people, "pension_insured", month.astype(np.int64), pensioned),
            _status(
                households, people, "disabled", people["disabled_on"], grade > 0, level=grade - 1
            ),
            _status(
                households, people, "chronic", people["chronic_on"], people["chronic_on"] != NO_DATE
            ),
            _status(
                households,
                people,
                "health_exempt_from_school",
                exempt,
                child & (exempt < period.start),
            ),
        ]
    )


def _months(rng: np.random.Generator, size: int, period: Period, back: int, until: int) -> Array:
    begin = period.first.year * 12 + period.first.number - 1
    return rng.integers(begin - back, begin - until, size)


def _of_homes(homes: Table, kind: str, start: Array, here: Array, **more: Array) -> Table:
    made = rows_of(
        "statuses",
        len(start),
        household_id=homes["household_id"],
        kind=_kind(kind),
        started_on=start,
        **more,
    )
    return take(made, here)


def _allowances(
    homes: Table, heads: Array, labour: Array, period: Period, rng: np.random.Generator
) -> Table:
    """Allowances are of the household; some of the subsistence ones of one person only."""
    size = size_of(homes)
    draw = rng.random(size)
    months = len(period.months)
    begin = period.first.year * 12 + period.first.number - 1
    none = labour == 0
    dibao = draw < np.where(none, 0.78, 0.02)
    tekun = ~dibao & (draw < np.where(none, 0.985, 0.0205))
    marginal = ~dibao & ~tekun & (draw > 0.99)
    new = rng.random(size) < 0.006 * months
    month = np.where(
        new, rng.integers(begin, begin + months, size), _months(rng, size, period, 60, 2)
    )
    start = first_days(month)
    stops = (rng.random(size) < 0.004 * months) & ~new & ~none
    end = np.where(stops, first_days(rng.integers(begin, begin + months, size)), NO_DATE)
    alone = np.where(rng.random(size) < 0.08, heads, NULL)
    return concat(
        [
            _of_homes(homes, "dibao", start, dibao, ended_on=end, person_id=alone),
            _of_homes(homes, "tekun", start, tekun),
            _of_homes(homes, "dibao_marginal", start, marginal, ended_on=end),
        ]
    )


def _homes(homes: Table, period: Period, rng: np.random.Generator) -> Table:
    size = size_of(homes)
    start = rng.integers(period.history, period.stop, size)
    mended = start + rng.integers(5, 60, size)
    mended = np.where((rng.random(size) < 0.8) & (mended < period.stop), mended, NO_DATE)
    unsafe = rng.random(size) < 0.004
    moved_in = rng.integers(period.history - 2000, period.history - 300, size)
    titled = np.where(
        rng.random(size) < 0.05, rng.integers(period.start, period.stop, size), NO_DATE
    )
    untitled = homes["relocated"] & (rng.random(size) < 0.05)
    return concat(
        [
            _of_homes(homes, "unsafe_water", start, unsafe, ended_on=mended),
            _of_homes(homes, "no_title", moved_in, untitled, ended_on=titled),
        ]
    )


def _measures(homes: Table, period: Period, rng: np.random.Generator) -> Table:
    """Monitored households have measures soon; some lifted-out ones have them anyway."""
    size = size_of(homes)
    monitored = homes["monitored_kind"] != NO_WORD
    anyway = (homes["class"] == word(CLASSES, "lifted_out")) & (rng.random(size) < 0.08)
    parts = []
    for number in range(3):
        since = np.where(
            homes["included_on"] == NO_DATE, period.history - 100, homes["included_on"]
        )
        start = np.where(
            monitored,
            since + rng.integers(0, 8, size) + 8 * number,
            period.history - rng.integers(0, 300, size),
        )
        chance = (0.985, 0.7, 0.25)[number]
        here = (monitored & (rng.random(size) < chance)) | (anyway & (number == 0))
        level = rng.choice(len(MEASURES), size, p=_MEASURE_SHARES)
        level = np.where(monitored & (number == 0), rng.choice(2, size), level)
        level = np.where(rng.random(size) < 0.004, NO_WORD, level + word(LEVELS, MEASURES[0]))
        end = start + rng.integers(200, 900, size)
        end = np.where((rng.random(size) < 0.15) & (number > 0) & (end < period.stop), end, NO_DATE)
        made = _of_homes(
            homes, "help_measure", start, here & (start < period.stop), level=level, ended_on=end
        )
        parts.append(made)
    return concat(parts)
