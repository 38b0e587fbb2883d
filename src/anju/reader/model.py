"""What a plan document holds, with the place in the text that says so.

`start` and `end` are offsets of characters (end exclusive) in the text that was read.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What an office does for a measure."""

    LEAD = "lead"
    COOPERATING = "co-operating"
    RESPONSIBLE = "responsible"
    IMPLEMENTING = "implementing"


class MeasureKind(StrEnum):
    """A measure proper, a guarantee clause (保障措施), or a step of the timetable (实施步骤)."""

    MEASURE = "measure"
    GUARANTEE = "guarantee"
    STEP = "step"


class DeadlineKind(StrEnum):
    """By a day, within a span of time, or again and again."""

    BY = "by"
    WITHIN = "within"
    RECURRING = "recurring"


class Every(StrEnum):
    """How often something recurs."""

    DAY = "day"
    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    HALF_MONTH = "half_month"
    MONTH = "month"
    TWO_MONTHS = "two_months"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Flag(StrEnum):
    """Why a date is not certain."""

    YEAR_MISSING = "year_missing"
    YEAR_MARK_LOST = "year_mark_lost"
    MIDDLE_OF_MONTH = "middle_of_month"
    EARLY_IN_MONTH = "early_in_month"
    LATE_IN_MONTH = "late_in_month"
    BEFORE_YEAR = "before_year"
    SCHOOL_TERM = "school_term"
    SEASON = "season"


class Operator(StrEnum):
    """How a value compares with its target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    EQUAL = "="
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Unit:
    """An office and its role; the name as written, spaces removed."""

    name: str
    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date, a span of time or a rhythm; `date` is None where the text leaves it open."""

    text: str
    date: date | None
    kind: DeadlineKind
    every: Every | None
    flag: Flag | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """A number to be reached. `value` is a pair where the operator is `between`."""

    indicator: str
    operator: Operator
    value: float | tuple[float, float]
    unit: str
    by: date | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Amount:
    """A subsidy rate or a sum of money that somebody gets."""

    what: str
    value: float
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that holds others: `path` from the outermost, such as 二/(一)."""

    path: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One promise of the plan. `key` is the section path and the number as printed."""

    key: str
    section: str
    number: str
    title: str
    start: int
    end: int
    units: tuple[Unit, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    amounts: tuple[Amount, ...]
    kind: MeasureKind
    confidence: float


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd that a person should look at: a stable code and words with the place."""

    code: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan document, read."""

    title: str | None
    number: str | None
    issuer: str | None
    dated: date | None
    sections: tuple[Section, ...] = ()
    measures: tuple[Measure, ...] = ()
    warnings: tuple[Oddity, ...] = ()
