"""Lists of the labour ledger that no rule reads: who was trained, and what workers say they want.

They are drawn from a stream of their own, so that the tables of the snapshot stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from anju.synth.columns import LABOURS, NO_DATE, NULL, SCHOOLINGS, Array, Table, word
from anju.synth.families import YEAR
from anju.synth.periods import day
from anju.synth.workbooks import labels, layouts, text
from anju.synth.workbooks.filled import Columns, Filled, lasting, once
from anju.synth.workbooks.register import Register

_TOPIC = 4_101
_GUIDANCE, _SKILLS, _STARTUP, _ON_THE_JOB, _FARMING = range(len(labels.TRAININGS))
_CATEGORY_SHARES = (0.1, 0.55, 0.08, 0.15, 0.12)
_DAYS = np.array([2, 12, 10, 60, 4])
_SUBSIDY = np.array([0, 1_200, 1_500, 600, 200]) * 100
_SKILLED = word(LABOURS, "skilled")
_ASKED = 0.18
_ASKED_AGAIN = 0.05
_NONE, _COMPLETION, _LEVEL = 0, 1, 3
_NO_LEVEL = -1


@dataclass(frozen=True)
class _Workers:
    """Those who were asked, by person: whether they work, and away; what they wanted at first."""

    ids: Array
    works: Array
    away: Array
    wants_work: Array
    wants_training: Array
    skilled: Array


def sheets(register: Register) -> Iterator[Filled]:
    """All sheets of this module."""
    rng = np.random.default_rng((register.county.seed, register.county.size, _TOPIC))
    workers = _workers(register, rng)
    trained = _trainings(register, workers, rng)
    yield from lasting(register, layouts.TRAINING, trained, lambda rows: _taught(register, rows))
    answers = _answers(register, workers, trained, rng)
    yield from once(
        register, layouts.LABOUR, answers, "told_on", lambda rows: _told(register, rows)
    )


def _workers(register: Register, rng: np.random.Generator) -> _Workers:
    """A part of those of working age who can work, are not at school and stay."""
    people, start = register.persons, register.period.start
    age = (start - people["born_on"]) / YEAR
    able = np.isin(people["labour"], (0, _SKILLED, word(LABOURS, "weak")))
    able &= (age >= 18) & (age < 60) & (people["schooling"] == word(SCHOOLINGS, "none"))
    able &= (people["joined_on"] < start) & (people["left_on"] == NO_DATE)
    ids = people["person_id"][able & (rng.random(len(able)) < _ASKED)]
    jobs = register.tables["employments"]
    holds = (jobs["started_on"] < start) & (
        (jobs["ended_on"] == NO_DATE) | (jobs["ended_on"] >= start)
    )
    works = np.isin(ids, jobs["person_id"][holds])
    away = np.isin(ids, jobs["person_id"][holds & (jobs["channel"] == 0)])
    chance = rng.random((2, len(ids)))
    return _Workers(
        ids,
        works,
        away,
        chance[0] < np.where(works, 0.2, 0.85),
        chance[1] < np.where(away, 0.15, 0.4),
        people["labour"][ids - 1] == _SKILLED,
    )


def _trainings(register: Register, workers: _Workers, rng: np.random.Generator) -> Table:
    """Last year's courses, and those of the year: mostly of who wants them."""
    period, parts = register.period, []
    this_year = day(period.first.year, 1)
    for first, last, chance in (
        (day(period.first.year - 1, 1), this_year, np.full(len(workers.ids), 0.12)),
        (this_year, period.stop, np.where(workers.wants_training, 0.55, 0.04)),
    ):
        ids = workers.ids[rng.random(len(workers.ids)) < chance]
        size = len(ids)
        category = rng.choice(len(labels.TRAININGS), size, p=_CATEGORY_SHARES)
        started = rng.integers(first, last, size)
        over = started + np.maximum(_DAYS[category] + rng.integers(-1, 5, size), 1)
        certified = rng.random(size) < 0.92
        parts.append(
            {
                "person_id": ids,
                "category": category,
                "trade": rng.integers(0, len(labels.TRADES), size),
                "started_on": started.astype(np.int32),
                "ended_on": np.where(over < period.stop, over, NO_DATE).astype(np.int32),
                "certificate": _certificates(category, certified, rng),
                "level": (rng.random(size) < 0.3).astype(np.int64),
                "subsidy": _SUBSIDY[category],
            }
        )
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _certificates(category: Array, certified: Array, rng: np.random.Generator) -> Array:
    of_a_trade = rng.choice([_COMPLETION, 2, _LEVEL, 4], len(category), p=(0.3, 0.25, 0.4, 0.05))
    made = np.where(category == _SKILLS, of_a_trade, _COMPLETION)
    return np.where(certified & (category != _GUIDANCE), made, _NONE)


def _taught(register: Register, rows: Table) -> Columns:
    """A course that goes on has no certificate yet, and no subsidy was paid."""
    ids, category, over = rows["person_id"], rows["category"], rows["ended_on"] != NO_DATE
    certificate = np.where(over, rows["certificate"], -1)
    names = [*labels.TRADES, *labels.COURSES]
    has_own = np.isin(category, (_GUIDANCE, _STARTUP, _FARMING))
    return {
        **_who(register, ids),
        "培训类别": text.words(labels.TRAININGS, category),
        "培训工种": text.words(
            names, np.where(has_own, len(labels.TRADES) + category, rows["trade"])
        ),
        "培训机构": text.varied(labels.SCHOOLS_OF_TRADES, rows["trade"], 53),
        "开班日期": text.dates(rows["started_on"], text.DASH),
        "结业日期": text.dates(rows["ended_on"], text.DASH),
        "取得证书": text.words(labels.CERTIFICATES, certificate),
        "证书等级": text.words(
            labels.SKILL_LEVELS, np.where(certificate >= _LEVEL, rows["level"], _NO_LEVEL)
        ),
        "培训补贴（元）": text.yuan(np.where(over, rows["subsidy"], NULL)),
    }


def _answers(
    register: Register, workers: _Workers, trained: Table, rng: np.random.Generator
) -> Table:
    """The round before the first month, and each month some of them again."""
    start = register.period.start
    size = len(workers.ids)
    everybody = np.arange(size)
    last_days = start - 1 - rng.integers(0, 20, size)
    rounds = [_round(workers, everybody, last_days, trained, rng)]
    for month in register.period.months:
        again = np.flatnonzero(rng.random(size) < _ASKED_AGAIN)
        days = month.next_day - 1 - rng.integers(0, 10, len(again))
        rounds.append(_round(workers, again, days, trained, rng))
    return {name: np.concatenate([part[name] for part in rounds]) for name in rounds[0]}


def _round(
    workers: _Workers, at: Array, days: Array, trained: Table, rng: np.random.Generator
) -> Table:
    """What those at some positions say on some days; who has just been trained wants no more."""
    size, ids = len(at), workers.ids[at]
    done = np.isin(ids, trained["person_id"][trained["started_on"] < days.min(initial=0)])
    turned = rng.random(size) < 0.1
    wants_work = workers.wants_work[at] ^ turned
    return {
        "person_id": ids,
        "told_on": days.astype(np.int32),
        "away": workers.away[at].astype(np.int8),
        "wants_work": wants_work.astype(np.int8),
        "wants_training": (workers.wants_training[at] & ~(done & turned)).astype(np.int8),
        "trade": rng.integers(0, len(labels.TRADES), size),
        "wage": np.where(wants_work, rng.integers(5, 13, size) * 50_000, NULL),
        "skilled": workers.skilled[at],
        "talks": np.where(wants_work, (rng.random(size) < 0.93).astype(np.int64), NULL),
        "openings": np.where(wants_work, rng.choice(5, size, p=(0.05, 0.05, 0.1, 0.7, 0.1)), NULL),
        "offers": np.where(wants_work, (rng.random(size) < 0.85).astype(np.int64), NULL),
    }


def _told(register: Register, rows: Table) -> Columns:
    wishes = (rows["wants_work"] > 0) | (rows["wants_training"] > 0)
    return {
        **_who(register, rows["person_id"]),
        "摸底日期": text.dates(rows["told_on"], text.DASH),
        "常住情况": text.words(labels.RESIDENCES, rows["away"]),
        "就业意愿": text.words(labels.WISHES, rows["wants_work"]),
        "培训意愿": text.words(labels.WISHES, rows["wants_training"]),
        "意向工种": text.words(labels.TRADES, np.where(wishes, rows["trade"], -1)),
        "期望月工资（元）": text.yuan(rows["wage"]),
        "技能特长": text.words(
            labels.TRADES,
            np.where(rows["skilled"], text.spread(len(labels.TRADES), rows["person_id"], 59), -1),
        ),
        "政策宣讲次数": text.integers(rows["talks"]),
        "推荐岗位数": text.integers(rows["openings"]),
        "提供培训机会次数": text.integers(rows["offers"]),
    }


def _who(register: Register, ids: Array) -> Columns:
    home = register.persons["household_id"][ids - 1]
    return {
        **register.village(register.places.origin[home - 1]),
        **register.person(ids),
        "联系电话": text.pick(register.phone, ids - 1),
    }
