"""Columns of the snapshot tables, and how numpy holds their unknowns.

Everything is numbers until it is written: words are positions in a vocabulary, dates are days since
1970-01-01, codes of 12 or 16 digits are integers. That keeps a million households within memory.
Columns a table carries beyond `TABLES` are for the workbooks and never reach the snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from anju.synth.counties import COUNTY_CODES

Array = NDArray[Any]
Table = dict[str, Array]

NULL = np.iinfo(np.int64).min
"""Unknown id or amount."""
NO_DATE = np.iinfo(np.int32).min
"""Unknown or open date."""
NO_WORD = -1
"""Unknown word."""

CLASSES = ("lifted_out", "ordinary")
MONITORED = ("unstable", "marginal", "sudden_hardship")
SEXES = ("M", "F")
RELATIONS = (
    "head", "spouse", "son", "daughter", "daughter_in_law", "son_in_law", "grandson",
    "granddaughter", "grandson_maternal", "granddaughter_maternal", "father", "mother",
    "father_in_law", "mother_in_law", "husbands_father", "husbands_mother", "grandfather",
    "grandmother", "sibling", "nephew", "niece", "other",
)  # fmt: skip
EDUCATIONS = ("illiterate", "primary", "junior", "senior", "college", "bachelor")
SCHOOLINGS = ("none", "preschool", "compulsory", "upper_secondary", "tertiary")
LABOURS = ("ordinary", "skilled", "weak", "lost", "none")
CHANNELS = ("migrant", "local", "workshop", "welfare_post", "self_employed")
STATUSES = (
    "dibao", "tekun", "dibao_marginal", "medical_insured", "pension_insured", "disabled",
    "chronic", "health_exempt_from_school", "unsafe_water", "no_title", "help_measure",
)  # fmt: skip
EVENTS = (
    "medical_selfpaid", "serious_illness", "death", "accident", "disaster", "tuition", "dropout",
    "housing_graded", "water_cut", "loan_overdue",
)  # fmt: skip
HOLDINGS = ("vehicle", "company", "commercial_housing")
GRADES = ("1", "2", "3", "4")
HOUSING = ("A", "B", "C", "D")
MEASURES = (
    "industry", "employment", "finance", "public_post", "health", "education",
    "compulsory_schooling", "housing", "relocation", "water", "safety_net", "social",
    "infrastructure",
)  # fmt: skip
CUT_DAYS = tuple(str(days) for days in range(5, 61))
LEVELS = GRADES + HOUSING + MEASURES + CUT_DAYS
"""All words of `level`. Digits 1 to 4 serve as disability grades and as days without water."""

Kind = Literal["int", "digits", "date", "word", "bool"]


@dataclass(frozen=True)
class Column:
    """One column: how it is kept in memory and which words it may hold."""

    kind: Kind
    words: tuple[str, ...] = ()


_INT, _DIGITS, _DATE, _BOOL = Column("int"), Column("digits"), Column("date"), Column("bool")

TABLES: dict[str, dict[str, Column]] = {
    "households": {
        "household_id": _INT,
        "code": _DIGITS,
        "village_code": _DIGITS,
        "site_id": _INT,
        "grid_id": _INT,
        "class": Column("word", CLASSES),
        "relocated": _BOOL,
        "self_moved": _BOOL,
        "monitored_kind": Column("word", MONITORED),
        "included_on": _DATE,
        "risk_removed_on": _DATE,
    },
    "persons": {
        "person_id": _INT,
        "household_id": _INT,
        "sex": Column("word", SEXES),
        "born_on": _DATE,
        "relation": Column("word", RELATIONS),
        "education": Column("word", EDUCATIONS),
        "schooling": Column("word", SCHOOLINGS),
        "labour": Column("word", LABOURS),
        "joined_on": _DATE,
        "left_on": _DATE,
    },
    "incomes": {
        "household_id": _INT,
        "quarter": _INT,
        "wage": _INT,
        "business": _INT,
        "business_cost": _INT,
        "property": _INT,
        "transfer": _INT,
    },
    "employments": {
        "person_id": _INT,
        "started_on": _DATE,
        "ended_on": _DATE,
        "channel": Column("word", CHANNELS),
        "county_code": Column("word", COUNTY_CODES),
        "monthly_wage": _INT,
    },
    "statuses": {
        "household_id": _INT,
        "person_id": _INT,
        "kind": Column("word", STATUSES),
        "level": Column("word", LEVELS),
        "started_on": _DATE,
        "ended_on": _DATE,
    },
    "events": {
        "household_id": _INT,
        "person_id": _INT,
        "kind": Column("word", EVENTS),
        "occurred_on": _DATE,
        "amount": _INT,
        "level": Column("word", LEVELS),
    },
    "holdings": {
        "household_id": _INT,
        "person_id": _INT,
        "kind": Column("word", HOLDINGS),
        "value": _INT,
        "started_on": _DATE,
        "ended_on": _DATE,
    },
}

DTYPES: dict[Kind, type[np.generic]] = {
    "int": np.int64,
    "digits": np.int64,
    "date": np.int32,
    "word": np.int8,
    "bool": np.bool_,
}

BLANKS: dict[str, int] = {
    "person_id": NULL,
    "amount": NULL,
    "level": NO_WORD,
    "ended_on": NO_DATE,
    "monthly_wage": NULL,
    "value": NULL,
}
"""What a column holds when rows are added without naming it."""


def rows_of(table: str, size: int, **given: Array | int | bool) -> Table:
    """`size` rows of a snapshot table; scalars are repeated, unnamed columns are unknown."""
    made: Table = {}
    for name, column in TABLES[table].items():
        value = given.pop(name, BLANKS.get(name))
        if value is None:
            raise KeyError(f"{table}.{name} has no value")
        dtype = DTYPES[column.kind]
        made[name] = (
            value.astype(dtype, copy=False)
            if isinstance(value, np.ndarray)
            else np.full(size, value, dtype=dtype)
        )
    for name, value in given.items():
        made[name] = value if isinstance(value, np.ndarray) else np.full(size, value)
    return made


def concat(tables: Sequence[Table]) -> Table:
    """One below the other; all must have the same columns."""
    return {name: np.concatenate([t[name] for t in tables]) for name in tables[0]}


def take(table: Table, rows: Array) -> Table:
    """The given rows (positions or a mask)."""
    return {name: values[rows] for name, values in table.items()}


def size_of(table: Table) -> int:
    """Number of rows."""
    return len(next(iter(table.values())))


def word(words: Sequence[str], wanted: str) -> int:
    """Position of a word in its vocabulary."""
    return tuple(words).index(wanted)


def positions(words: Sequence[str], wanted: Iterable[str]) -> Array:
    """Positions of several words."""
    return np.array([word(words, w) for w in wanted], dtype=np.int8)
