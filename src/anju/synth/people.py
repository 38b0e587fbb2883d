"""What a person is: schooling, education, labour, health, name; and who comes and goes.

A table of people carries the columns of `persons` and, for the workbooks, school grades, reasons of
coming and going, nation and the parts of the name. A row is a membership; `person` is the position
of the person within the block, so somebody who moved appears twice.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from anju.synth import names
from anju.synth.columns import (
    EDUCATIONS,
    LABOURS,
    NO_DATE,
    NO_WORD,
    RELATIONS,
    SCHOOLINGS,
    Array,
    Table,
    concat,
    take,
    word,
)  # fmt: skip
from anju.synth.families import ROLES, YEAR, People
from anju.synth.periods import Period

SCHOOL_GRADES: Final = (
    "学龄前儿童", "学前教育", "小学", "七年级", "八年级", "九年级",
    "普通高中一年级", "普通高中二年级", "普通高中三年级",
    "中职一年级", "中职二年级", "中职三年级",
    "高职高专一年级", "高职高专二年级", "高职高专三年级", "技师", "本科", "硕士及以上", "不在校",
)  # fmt: skip
_NONE, _PRE, _COMP, _UPPER, _TERT = range(len(SCHOOLINGS))
GRADE_SCHOOLING: Final = np.array(
    [_NONE, _PRE] + [_COMP] * 4 + [_UPPER] * 6 + [_TERT] * 6 + [_NONE], dtype=np.int8
)
NOT_IN_SCHOOL: Final = SCHOOL_GRADES.index("不在校")
BLANK_FROM: Final = 25
"""Age from which lists leave the school column blank for people who are not in school."""
REASONS: Final = ("", "死亡", "婚出", "迁出", "户间迁移", "出生", "婚入", "迁入")
DEATH, MARRIED_OUT, MOVED_OUT, BETWEEN, BIRTH, MARRIED_IN, MOVED_IN = range(1, 8)
_ORDINARY, _SKILLED, _WEAK, _LOST, _NO_LABOUR = range(len(LABOURS))
_EDUCATION = (
    (70, (0.34, 0.5, 0.14, 0.02, 0.0, 0.0)),
    (50, (0.1, 0.5, 0.33, 0.07, 0.0, 0.0)),
    (35, (0.03, 0.27, 0.53, 0.12, 0.04, 0.01)),
    (23, (0.01, 0.1, 0.5, 0.2, 0.12, 0.07)),
    (0, (0.0, 0.04, 0.66, 0.28, 0.02, 0.0)),
)


def describe(people: People, first_on: Array, period: Period, rng: np.random.Generator) -> Table:
    """One membership a person, with all attributes; nobody has moved yet."""
    size = len(people)
    age = (period.start - people.born) / YEAR
    grade = _grades(age, (period.stop - 1 - people.born) / YEAR, rng)
    schooling = schooling_of(grade, age)
    disabled, disabled_on = _disability(age, period, rng)
    labour = _labour(age, schooling, grade, disabled, rng)
    table: Table = {
        "person": np.arange(size),
        "household": people.household,
        "role": people.role,
        "sex": people.female.astype(np.int8),
        "born_on": people.born,
        "relation": people.relation,
        "education": _education(age, schooling, grade, rng),
        "schooling": schooling,
        "labour": labour,
        "grade": grade,
        "grade_before": _grades_before(grade, age, period, rng),
        "disabled": disabled,
        "disabled_on": disabled_on,
        "disability": rng.choice(7, size, p=(0.12, 0.1, 0.03, 0.52, 0.09, 0.1, 0.04)) + 1,
        "chronic_on": _chronic(age, period, rng),
    }
    table |= _membership(people, age, first_on, period, rng)
    table |= naming(people.household, people.role, table["sex"], people.relation, rng)
    return table


def schooling_of(grade: Array, age: Array) -> Array:
    """Schooling as the registers hold it: blank means none for adults, unknown for the young."""
    blank = np.where(age >= BLANK_FROM - 1, _NONE, NO_WORD)
    return np.where(grade < 0, blank, GRADE_SCHOOLING[grade]).astype(np.int8)


def _grades(age: Array, age_at_end: Array, rng: np.random.Generator) -> Array:
    size = len(age)
    draw, vocational = rng.random(size), rng.random(size) < 0.4
    out = rng.random(size)
    whole = np.floor(age).astype(np.int64)
    upper = np.where(vocational, 9, 6) + np.clip(whole - 15, 0, 2)
    tertiary = np.where(vocational, 12 + np.clip(whole - 18, 0, 2), 16)
    left = np.where(whole >= BLANK_FROM, NO_WORD, NOT_IN_SCHOOL)
    choices = [
        (age_at_end < 3, np.zeros(size, np.int64)),
        (age_at_end < 6, np.where(draw < 0.88, 1, 0)),
        (age < 12, np.full(size, 2)),
        (age < 15, whole - 9),
        (age < 16, np.where(draw < 0.5, 5, upper)),
        (age < 18, np.where(draw < 0.9, upper, left)),
        (age < 19, np.where(draw < 0.45, tertiary, np.where(draw < 0.7, upper, left))),
        (age < 22, np.where(draw < 0.42, tertiary, left)),
        (age < 25, np.where(draw < 0.03, 17, left)),
    ]
    grade = np.select([c for c, _ in choices], [v for _, v in choices], left)
    grade = np.where((age_at_end >= 6) & (age < 16) & (out < 0.0012), NOT_IN_SCHOOL, grade)
    forgotten = (age > 3) & (age < 18) & (out > 0.9985)
    return np.where(forgotten, NO_WORD, grade).astype(np.int8)


def _grades_before(grade: Array, age: Array, period: Period, rng: np.random.Generator) -> Array:
    """Grades as the base lists show them: some pupils change school in a September within."""
    before = grade.copy()
    if not any(month.number == 9 for month in period.months):
        return before
    moved = rng.random(len(grade)) < 0.5
    before[moved & np.isin(grade, (6, 9)) & (age < 16)] = 5
    before[moved & np.isin(grade, (12, 16)) & (age < 19)] = 8
    return before


def _education(age: Array, schooling: Array, grade: Array, rng: np.random.Generator) -> Array:
    draw = rng.random(len(age))
    made = np.zeros(len(age), dtype=np.int8)
    upper = 999.0
    for lower, shares in _EDUCATION:
        here = (age >= lower) & (age < upper)
        made[here] = np.searchsorted(np.cumsum(shares)[:-1], draw[here], side="right")
        upper = lower
    made[(grade == NOT_IN_SCHOOL) & (age < 16)] = word(EDUCATIONS, "primary")
    made[(schooling > 0) | (age < 6) | ((grade < 0) & (age < BLANK_FROM - 1))] = NO_WORD
    return made


def _disability(age: Array, period: Period, rng: np.random.Generator) -> tuple[Array, Array]:
    """Grade (0 for none) and the day the card was given."""
    size = len(age)
    share = np.select([age < 1, age < 18, age < 60], [0.0, 0.008, 0.02], 0.045)
    disabled = rng.random(size) < share
    grade = rng.choice(4, size, p=(0.1, 0.22, 0.32, 0.36)) + 1
    latest = np.where(rng.random(size) < 0.02, period.stop, period.history)
    earliest = np.maximum(period.start - age * YEAR + 200, period.history - 4000)
    day = earliest + rng.random(size) * np.maximum(latest - earliest, 1)
    disabled &= day < period.stop
    return np.where(disabled, grade, 0), np.where(disabled, day, NO_DATE).astype(np.int32)


def _chronic(age: Array, period: Period, rng: np.random.Generator) -> Array:
    ill = rng.random(len(age)) < np.select([age < 35, age < 60], [0.001, 0.04], 0.17)
    ill &= age > 2
    span = np.minimum(2500, age * YEAR - 100).clip(1)
    day = period.stop - 1 - rng.random(len(age)) * span
    return np.where(ill, day, NO_DATE).astype(np.int32)


def _labour(
    age: Array, schooling: Array, grade: Array, disabled: Array, rng: np.random.Generator
) -> Array:
    size = len(age)
    draw = rng.random(size)
    prime = np.select([draw < 0.74, draw < 0.93, draw < 0.985], [_ORDINARY, _SKILLED, _WEAK], _LOST)
    late = np.select([draw < 0.35, draw < 0.85], [_ORDINARY, _WEAK], _NO_LABOUR)
    old = np.where(draw < 0.2, _WEAK, _NO_LABOUR)
    labour = np.select([age < 16, age < 58, age < 65], [_NO_LABOUR, prime, late], old)
    labour = np.where((disabled > 0) & (age >= 16) & (age < 65), _WEAK, labour)
    severe = np.isin(disabled, (1, 2)) & (age >= 16)
    labour = np.where(severe, np.where(draw < 0.6, _LOST, _NO_LABOUR), labour)
    labour = np.where((schooling > _PRE) & (age < 30), _NO_LABOUR, labour)
    unknown = (age > 17) & (age < 20.5) & (grade == NOT_IN_SCHOOL) & (rng.random(size) < 0.02)
    return np.where(unknown, NO_WORD, labour).astype(np.int8)


def _membership(
    people: People, age: Array, first_on: Array, period: Period, rng: np.random.Generator
) -> Table:
    size = len(people)
    first = first_on[people.household]
    joined = np.maximum(first, people.born)
    reason = np.where(people.born > first, BIRTH, 0)
    wed = (people.role == ROLES.index("child_spouse")) & (rng.random(size) < 0.05)
    joined = np.where(wed, _between(period.history, period.stop, size, rng), joined)
    draw = rng.random(size)
    mortal = np.select([age >= 75, age >= 60, age >= 1], [0.06, 0.015, 0.0006], 0.0)
    bride = (people.relation == word(RELATIONS, "daughter")) & (age > 20) & (age < 32)
    movable = (people.role > 1) & (age > 1) & ~wed
    leave = np.select(
        [draw < mortal, draw > 1 - 0.02 * bride - 0.0004],
        [DEATH, np.where(bride, MARRIED_OUT, MOVED_OUT)],
        0,
    )
    leave = np.where(movable | ((leave == DEATH) & (people.role == 1)), leave, 0)
    left = _between(period.history, period.stop, size, rng)
    leave = np.where(left > joined + 30, leave, 0)
    return {
        "joined_on": joined.astype(np.int32),
        "left_on": np.where(leave > 0, left, NO_DATE).astype(np.int32),
        "join_reason": np.where(wed, MARRIED_IN, reason).astype(np.int8),
        "leave_reason": leave.astype(np.int8),
    }


def _between(low: int, high: int, size: int, rng: np.random.Generator) -> Array:
    return rng.integers(low, high, size)


def naming(
    household: Array, role: Array, sex: Array, relation: Array, rng: np.random.Generator
) -> Table:
    """Parts of names: children bear the name of the head or of the head's husband."""
    size = len(household)
    homes = int(household.max()) + 1 if size else 0
    family = rng.integers(0, len(names.SURNAMES), homes)
    nation = rng.choice(len(names.NATIONS), homes, p=names.NATION_SHARES)
    dotted = (nation == names.YI) & (rng.random(homes) < 0.5)
    stranger = np.isin(
        relation,
        [word(RELATIONS, r) for r in ("spouse", "daughter_in_law", "son_in_law", "mother")],
    )
    surname = np.where(stranger, rng.integers(0, len(names.SURNAMES), size), family[household])
    surname = np.where(dotted[household], -1 - rng.integers(0, 10, size), surname)
    second = np.where(rng.random(size) < 0.85, rng.integers(0, 60, size), NO_WORD)
    rare = np.where(rng.random(size) < 0.004, rng.integers(0, len(names.GIVEN_RARE), size), NO_WORD)
    return {
        "nation": nation[household].astype(np.int8),
        "surname": surname.astype(np.int16),
        "first_name": rng.integers(0, 60, size).astype(np.int16),
        "second_name": second.astype(np.int16),
        "rare_name": rare.astype(np.int8),
    }


def move_between(table: Table, scripted: Array, period: Period, rng: np.random.Generator) -> Table:
    """Some parents move in with the next household: a second membership from that day on."""
    parent = np.isin(table["role"], (ROLES.index("father"), ROLES.index("mother")))
    target = table["household"] + 1
    free = ~np.r_[scripted, True][np.minimum(target, len(scripted))]
    moves = parent & free & (rng.random(len(parent)) < 0.006) & (table["left_on"] == NO_DATE)
    day = _between(period.history, period.stop, len(parent), rng)
    moves &= day > table["joined_on"] + 30
    table["left_on"] = np.where(moves, day, table["left_on"]).astype(np.int32)
    table["leave_reason"] = np.where(moves, BETWEEN, table["leave_reason"]).astype(np.int8)
    again = take(table, moves)
    again["household"] = target[moves]
    again["role"] = np.full(len(again["role"]), len(ROLES))
    again["relation"] = np.full(len(again["role"]), word(RELATIONS, "other"), dtype=np.int8)
    again["joined_on"] = again["left_on"]
    again["left_on"] = np.full(len(again["role"]), NO_DATE, dtype=np.int32)
    again["join_reason"] = np.full(len(again["role"]), BETWEEN, dtype=np.int8)
    again["leave_reason"] = np.zeros(len(again["role"]), dtype=np.int8)
    return concat([table, again])
