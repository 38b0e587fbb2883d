"""What happened to people and households, and what they own."""

from __future__ import annotations

import numpy as np

from anju.synth.columns import (
    EVENTS,
    HOLDINGS,
    HOUSING,
    LEVELS,
    NO_DATE,
    NO_WORD,
    NULL,
    SCHOOLINGS,
    Array,
    Table,
    concat,
    rows_of,
    size_of,
    take,
    word,
)  # fmt: skip
from anju.synth.families import YEAR
from anju.synth.people import BETWEEN, DEATH, GRADE_SCHOOLING, NOT_IN_SCHOOL
from anju.synth.periods import Period, day

_UPPER, _TERTIARY = word(SCHOOLINGS, "upper_secondary"), word(SCHOOLINGS, "tertiary")


def make(
    households: Table, people: Table, scripted: Array, period: Period, rng: np.random.Generator
) -> Table:
    """All events of a block but those of scripted households."""
    settled = take(people, (people["left_on"] == NO_DATE) & (people["join_reason"] != BETWEEN))
    homes = take(households, ~scripted)
    return concat(
        [
            *_illness(households, settled, period, rng),
            _deaths(households, people),
            _school(households, settled, period, rng),
            *_money(households, settled, period, rng),
            *_homes(homes, period, rng),
        ]
    )


def _event(
    households: Table, people: Table, kind: str, on: Array, here: Array, amount: Array | int = NULL
) -> Table:
    """Events of persons; none before the person came or on the day itself."""
    made = rows_of(
        "events",
        len(on),
        household_id=households["household_id"][people["household"]],
        person_id=people["person"],
        kind=word(EVENTS, kind),
        occurred_on=on,
        amount=amount,
    )
    return take(made, here & (on > people["joined_on"]))


def _days(period: Period, size: int, rng: np.random.Generator) -> Array:
    return rng.integers(period.history, period.stop, size)


def _amount(rng: np.random.Generator, median: float, spread: float, size: int) -> Array:
    """Fen, whole yuan, some unknown."""
    yuan = np.round(rng.lognormal(np.log(median), spread, size)).astype(np.int64)
    return np.where(rng.random(size) < 0.004, NULL, yuan * 100)


def _illness(
    households: Table, people: Table, period: Period, rng: np.random.Generator
) -> list[Table]:
    size = len(people["person"])
    years = (period.stop - period.history) / YEAR
    age = (period.start - people["born_on"]) / YEAR
    risk = np.select([age < 1, age < 45, age < 60], [0.0, 0.02, 0.05], 0.09) * years
    chronic = people["chronic_on"] != NO_DATE
    parts = []
    for number in range(2):
        here = rng.random(size) < np.where(chronic, 0.25, risk) / (number * 2 + 1)
        amount = _amount(rng, 620, 0.85, size)
        on = _days(period, size, rng)
        parts.append(_event(households, people, "medical_selfpaid", on, here, amount))
    ill = rng.random(size) < np.where(age > 45, 0.0022, 0.0005) * years
    parts.append(_event(households, people, "serious_illness", _days(period, size, rng), ill))
    return parts


def _deaths(households: Table, people: Table) -> Table:
    here = people["leave_reason"] == DEATH
    return _event(households, people, "death", people["left_on"].astype(np.int64), here)


def _school(households: Table, people: Table, period: Period, rng: np.random.Generator) -> Table:
    """Fees each September for those beyond compulsory school; leaving school before its end."""
    size = len(people["person"])
    parts = []
    stage = np.where(people["grade_before"] < 0, 0, GRADE_SCHOOLING[people["grade_before"]])
    now = np.where(people["grade"] < 0, 0, GRADE_SCHOOLING[people["grade"]])
    for year in range(period.first.year - 1, period.last.year + 1):
        on = day(year, 9, 1) + rng.integers(0, 25, size)
        at = now if on.min() >= period.start else stage
        here = np.isin(at, (_UPPER, _TERTIARY)) & (rng.random(size) < 0.85)
        here &= (on >= period.history) & (on < period.stop)
        median = np.where(at == _TERTIARY, 5200, 1500)
        amount = np.round(median * np.exp(rng.normal(0, 0.28, size))).astype(np.int64) * 100
        amount = np.where(rng.random(size) < 0.004, NULL, amount)
        parts.append(_event(households, people, "tuition", on, here, amount))
    age = (period.start - people["born_on"]) / YEAR
    gone = (people["grade"] == NOT_IN_SCHOOL) & (age < 15.9) & (rng.random(size) < 0.3)
    before = rng.integers(period.history, period.start, size)
    parts.append(_event(households, people, "dropout", before, gone & (age > 7.5)))
    return concat(parts)


def _money(
    households: Table, people: Table, period: Period, rng: np.random.Generator
) -> list[Table]:
    size = len(people["person"])
    years = (period.stop - period.history) / YEAR
    age = (period.start - people["born_on"]) / YEAR
    grown = (age > 18) & (age < 70)
    hurt = rng.random(size) < 0.0009 * years
    owes = grown & (rng.random(size) < 0.0007 * years)
    return [
        _event(
            households,
            people,
            "accident",
            _days(period, size, rng),
            hurt & (age > 3),
            _amount(rng, 1800, 0.8, size),
        ),
        _event(
            households,
            people,
            "loan_overdue",
            _days(period, size, rng),
            owes,
            _amount(rng, 9000, 0.6, size),
        ),
    ]


def _home_event(
    homes: Table,
    kind: str,
    on: Array,
    here: Array,
    amount: Array | int = NULL,
    level: Array | int = NO_WORD,
) -> Table:
    made = rows_of(
        "events",
        len(on),
        household_id=homes["household_id"],
        kind=word(EVENTS, kind),
        occurred_on=on,
        amount=amount,
        level=level,
    )
    return take(made, here)


def _homes(homes: Table, period: Period, rng: np.random.Generator) -> list[Table]:
    size = size_of(homes)
    years = (period.stop - period.history) / YEAR
    struck = rng.random(size) < 0.006 * years
    grade = rng.choice(4, size, p=(0.6, 0.396, 0.003, 0.001))
    graded = rng.integers(period.history - 1100, period.history, size)
    again = rng.random(size) < np.where(grade > 1, 0.5, 0.01)
    regraded = rng.integers(period.history, period.stop, size)
    better = np.where(rng.random(size) < 0.03, 2, np.minimum(grade, 1))
    first = word(LEVELS, HOUSING[0])
    cut = rng.random(size) < 0.02 * years
    days = rng.choice(6, size, p=(0.4, 0.27, 0.18, 0.1, 0.03, 0.02))
    lengths = np.array([word(LEVELS, text) for text in ("1", "2", "3", "4", "5", "9")])[days]
    return [
        _home_event(
            homes, "disaster", _days(period, size, rng), struck, _amount(rng, 1900, 0.8, size)
        ),
        _home_event(homes, "housing_graded", graded, rng.random(size) < 0.985, level=first + grade),
        _home_event(homes, "housing_graded", regraded, again, level=first + better),
        _home_event(homes, "water_cut", _days(period, size, rng), cut, level=lengths),
    ]


def holdings(households: Table, people: Table, period: Period, rng: np.random.Generator) -> Table:
    """Vehicles, companies and flats of grown-ups; `people` without those of scripted households."""
    age = (period.start - people["born_on"]) / YEAR
    grown = take(people, (people["left_on"] == NO_DATE) & (age > 21) & (age < 66))
    size = len(grown["person"])
    parts = []
    for kind, share, median, spread in (
        ("vehicle", 0.045, 42_000, 0.45),
        ("company", 0.0012, 150_000, 0.8),
        ("commercial_housing", 0.0022, 380_000, 0.3),
    ):
        start = rng.integers(period.history - 2500, period.stop, size)
        sold = start + rng.integers(100, 2000, size)
        gone = (rng.random(size) < 0.06) & (sold < period.stop)
        yuan = (
            np.round(np.exp(rng.normal(np.log(median), spread, size)) / 100).astype(np.int64) * 100
        )
        made = rows_of(
            "holdings",
            size,
            household_id=households["household_id"][grown["household"]],
            person_id=grown["person"],
            kind=word(HOLDINGS, kind),
            value=np.where(rng.random(size) < 0.01, NULL, yuan * 100),
            started_on=start,
            ended_on=np.where(gone, sold, NO_DATE),
        )
        parts.append(take(made, rng.random(size) < share))
    return concat(parts)
