"""Turns drafts into rows of the tables of a block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from anju.synth import people as persons
from anju.synth.columns import (
    CHANNELS,
    EDUCATIONS,
    EVENTS,
    HOLDINGS,
    LABOURS,
    LEVELS,
    MONITORED,
    NO_DATE,
    NO_WORD,
    NULL,
    RELATIONS,
    SEXES,
    STATUSES,
    TABLES,
    Array,
    Table,
    rows_of,
    word,
)  # fmt: skip
from anju.synth.counties import COUNTY_CODES
from anju.synth.drafts import Draft, Event, Member, Status
from anju.synth.families import YEAR
from anju.synth.households import LIFTED_OUT, ORDINARY
from anju.synth.people import NOT_IN_SCHOOL, SCHOOL_GRADES
from anju.synth.periods import day

Placed = Sequence[tuple[int, Draft]]
"""Drafts with the positions of their households in the block, in order."""


def set_households(households: Table, placed: Placed) -> None:
    """Writes class and monitoring of scripted households over what chance gave them."""
    for at, draft in placed:
        households["class"][at] = LIFTED_OUT if draft.lifted_out else ORDINARY
        kind = NO_WORD if draft.monitored is None else word(MONITORED, draft.monitored)
        households["monitored_kind"][at] = kind
        households["included_on"][at] = draft.included
        households["risk_removed_on"][at] = draft.removed


def people(placed: Placed, first_on: Array, offset: int, rng: np.random.Generator) -> Table:
    """Persons of the drafts; the first gets the position `offset`."""
    rows = [
        (at, role, draft, member)
        for at, draft in placed
        for role, member in enumerate(draft.members)
    ]
    size = len(rows)
    draw = rng.integers(0, 60, size)
    born = np.array(
        [
            d.period.start - int(m.age * YEAR + 170) + int(x)
            for (_, _, d, m), x in zip(rows, draw, strict=True)
        ],
        dtype=np.int32,
    ).reshape(size)
    household = np.array([at for at, *_ in rows], dtype=np.int64)
    grade = _words(SCHOOL_GRADES, [m.grade for *_, m in rows])
    before = _words(SCHOOL_GRADES, [m.grade_before or m.grade for *_, m in rows])
    ages = np.array([m.age for *_, m in rows])
    disabled, disabled_on = _disabled(rows)
    joined = np.array([m.joined or NO_DATE for *_, m in rows], dtype=np.int64)
    table: Table = {
        "person": np.arange(offset, offset + size),
        "household": household,
        "role": np.array([role for _, role, *_ in rows], dtype=np.int64),
        "sex": _words(SEXES, [m.sex for *_, m in rows]),
        "born_on": born,
        "relation": _words(RELATIONS, [m.relation for *_, m in rows]),
        "education": _words(EDUCATIONS, [m.education for *_, m in rows]),
        "schooling": persons.schooling_of(grade, ages),
        "labour": _words(LABOURS, [m.labour for *_, m in rows]),
        "grade": grade,
        "grade_before": before,
        "disabled": disabled,
        "disabled_on": disabled_on,
        "disability": np.full(size, 4),
        "chronic_on": np.full(size, NO_DATE, dtype=np.int32),
        "joined_on": np.where(
            joined != NO_DATE, joined, np.maximum(first_on[household], born)
        ).astype(np.int32),
        "left_on": np.array([m.left for *_, m in rows], dtype=np.int32),
        "join_reason": np.zeros(size, dtype=np.int8),
        "leave_reason": np.array([m.left_for for *_, m in rows], dtype=np.int8),
    }
    return table | persons.naming(household, table["role"], table["sex"], table["relation"], rng)


def _disabled(rows: list[tuple[int, int, Draft, Member]]) -> tuple[Array, Array]:
    grade, since = [], []
    for _, role, draft, _ in rows:
        found = [s for s in draft.statuses if s.kind == "disabled" and s.member == role]
        grade.append(int(found[0].level or 0) if found else 0)
        since.append(found[0].start if found else NO_DATE)
    return np.array(grade, dtype=np.int64), np.array(since, dtype=np.int32)


def _words(words: Sequence[str], wanted: list[str | None]) -> Array:
    return np.array([NO_WORD if w is None else word(words, w) for w in wanted], dtype=np.int8)


class Rows:
    """Rows of the other tables for the drafts of one block."""

    def __init__(self, placed: Placed, people: Table, households: Table) -> None:
        self._placed = placed
        self._ids = households["household_id"]
        first: dict[int, int] = {}
        for person, at in zip(people["person"].tolist(), people["household"].tolist(), strict=True):
            first.setdefault(at, person)
        self._first = first
        self._born = dict(zip(people["person"].tolist(), people["born_on"].tolist(), strict=True))

    def _person(self, at: int, member: int | None) -> int:
        return NULL if member is None else self._first[at] + member

    def incomes(self) -> Table:
        rows = [
            {"household_id": self._ids[at], "quarter": q.code, **draft.amounts(q)}
            for at, draft in self._placed
            for q in draft.period.quarters
        ]
        return _table("incomes", rows)

    def employments(self) -> Table:
        rows = [
            {
                "person_id": self._person(at, index),
                "started_on": job.start,
                "ended_on": job.end,
                "channel": word(CHANNELS, job.channel),
                "county_code": word(COUNTY_CODES, job.county),
                "monthly_wage": job.wage,
            }
            for at, draft in self._placed
            for index, member in enumerate(draft.members)
            for job in member.jobs
        ]
        return _table("employments", rows)

    def statuses(self) -> Table:
        rows = []
        for at, draft in self._placed:
            for status in [*draft.statuses, *self._usual(at, draft)]:
                rows.append(
                    {
                        "household_id": self._ids[at],
                        "person_id": self._person(at, status.member),
                        "kind": word(STATUSES, status.kind),
                        "level": NO_WORD if status.level is None else word(LEVELS, status.level),
                        "started_on": status.start,
                        "ended_on": status.end,
                    }
                )
        return _table("statuses", rows)

    def _usual(self, at: int, draft: Draft) -> list[Status]:
        """Medical insurance of everybody and pension insurance of grown-ups."""
        year = day(draft.period.first.year, 1)
        made = []
        for index, member in enumerate(draft.members):
            if member.insured:
                born = self._born[self._first[at] + index]
                made.append(Status("medical_insured", max(year, born), member=index))
            grown = member.age >= 17 and member.grade in (None, SCHOOL_GRADES[NOT_IN_SCHOOL])
            if grown and member.pensioned:
                made.append(Status("pension_insured", day(2015, 1), member=index))
        return made

    def events(self) -> Table:
        rows = []
        for at, draft in self._placed:
            graded = any(e.kind == "housing_graded" for e in draft.events)
            usual = [] if graded else [Event("housing_graded", draft.in_month(-20, 8), level="A")]
            for event in [*draft.events, *usual]:
                rows.append(
                    {
                        "household_id": self._ids[at],
                        "person_id": self._person(at, event.member),
                        "kind": word(EVENTS, event.kind),
                        "occurred_on": event.on,
                        "amount": event.amount,
                        "level": NO_WORD if event.level is None else word(LEVELS, event.level),
                    }
                )
        return _table("events", rows)

    def holdings(self) -> Table:
        rows = [
            {
                "household_id": self._ids[at],
                "person_id": self._person(at, holding.member),
                "kind": word(HOLDINGS, holding.kind),
                "value": holding.value,
                "started_on": holding.start,
                "ended_on": holding.end,
            }
            for at, draft in self._placed
            for holding in draft.holdings
        ]
        return _table("holdings", rows)


def _table(name: str, rows: list[dict[str, int]]) -> Table:
    given = {
        column: np.array([row[column] for row in rows], dtype=np.int64)
        for column in (rows[0] if rows else TABLES[name])
    }
    return rows_of(name, len(rows), **given)
