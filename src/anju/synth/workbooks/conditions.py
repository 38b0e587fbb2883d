"""What the member lists tell in passing, as of the day before the first month."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from anju.synth.columns import (
    EVENTS,
    HOUSING,
    LEVELS,
    NO_DATE,
    NULL,
    STATUSES,
    Array,
    take,
    word,
)  # fmt: skip
from anju.synth.periods import day
from anju.synth.workbooks.register import Register

_FIRST_GRADE = word(LEVELS, HOUSING[0])


class Conditions:
    """Insurance, housing, water, work and income as arrays by person or household."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._start = register.period.start
        self._persons = len(register.persons["person_id"])
        self._homes = register.county.size

    @cached_property
    def insured(self) -> Array:
        rows = self._register.of_kind("statuses", STATUSES, "medical_insured")
        made = np.zeros(self._persons, dtype=bool)
        made[rows["person_id"][rows["started_on"] < self._start] - 1] = True
        return made

    @cached_property
    def unsafe_water(self) -> Array:
        rows = self._register.of_kind("statuses", STATUSES, "unsafe_water")
        holds = (rows["started_on"] < self._start) & (
            (rows["ended_on"] == NO_DATE) | (rows["ended_on"] >= self._start)
        )
        made = np.zeros(self._homes, dtype=bool)
        made[rows["household_id"][holds] - 1] = True
        return made

    @cached_property
    def unsafe_home(self) -> Array:
        rows = self._register.of_kind("events", EVENTS, "housing_graded")
        rows = take(rows, rows["occurred_on"] < self._start)
        rows = take(rows, np.argsort(rows["occurred_on"], kind="stable"))
        latest = np.full(self._homes, -1)
        latest[rows["household_id"] - 1] = rows["level"] - _FIRST_GRADE
        return latest >= HOUSING.index("C")

    @cached_property
    def months_worked(self) -> Array:
        """Whole months of work since the year began, by person."""
        rows = self._register.tables["employments"]
        begin = day(self._register.period.first.year, 1)
        end = np.where(rows["ended_on"] == NO_DATE, self._start, rows["ended_on"])
        days = np.minimum(end, self._start) - np.maximum(rows["started_on"], begin)
        total = np.bincount(
            rows["person_id"] - 1, weights=np.clip(days, 0, None), minlength=self._persons
        )
        return np.floor(total / 30).astype(np.int64)

    @cached_property
    def income_a_head(self) -> Array:
        """Last year's net income a head in fen, whole yuan; unknown where a quarter is."""
        rows = self._register.tables["incomes"]
        rows = take(rows, rows["quarter"] // 10 == self._register.period.first.year - 1)
        parts = [rows[name] for name in ("wage", "business", "property", "transfer")]
        cost = rows["business_cost"]
        known = np.all([part != NULL for part in [*parts, cost]], axis=0)
        at = rows["household_id"][known] - 1
        net = (np.sum(parts, axis=0) - cost)[known]
        total = np.bincount(at, weights=net, minlength=self._homes)
        quarters = np.bincount(at, minlength=self._homes)
        members = np.bincount(
            self._register.tables["persons"]["household_id"] - 1, minlength=self._homes
        )
        each = np.round(total / np.maximum(members, 1) / 100).astype(np.int64) * 100
        return np.where(quarters == 4, each, NULL)
