"""What a snapshot is made of: one portable query a table, on both time axes.

A row is in when the county knew it on the day asked (`known_from <= day < known_to`); of what may
change in time (a household, a person) the record valid on the month's last day is taken, the latest
start first. Names, identity numbers, phones and addresses are never selected.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow as pa

from anju.employment.models import Employment
from anju.quality.items import item_sql
from anju.registry.models import (
    Event,
    Holding,
    Household,
    HouseholdRecord,
    Housing,
    Income,
    Membership,
    Person,
    PersonRecord,
    Status,
)

INT: Final = pa.int64()
TEXT: Final = pa.string()
DATE: Final = pa.date32()
BOOL: Final = pa.bool_()


@dataclass(frozen=True)
class Column:
    """A column of a Parquet table and the SQL expression it is read from."""

    name: str
    type: pa.DataType
    sql: str


@dataclass(frozen=True)
class Table:
    """A table of the snapshot; `body` and `order` name the dates as ``{known}`` and ``{as_of}``."""

    name: str
    columns: tuple[Column, ...]
    body: str
    order: str

    @property
    def schema(self) -> pa.Schema:
        """The columns and types the engine is promised."""
        return pa.schema([(column.name, column.type) for column in self.columns])

    def query(self, *, as_of: date, known_on: date, native_dates: bool) -> str:
        """The SELECT for one month and day; dates are literals, made from `date` objects only.

        Empty text stands for NULL on the way: a driver that guesses a column's type from its first
        rows must not meet a NULL in a text column. `native_dates` says that the database has a type
        for dates (PostgreSQL); where it has none (SQLite) dates travel as text too.
        """
        selected = ", ".join(f"{_expression(c, native_dates)} AS {c.name}" for c in self.columns)
        body = self.body.replace("{known}", f"'{known_on.isoformat()}'").replace(
            "{as_of}", f"'{as_of.isoformat()}'"
        )
        return f"SELECT {selected} FROM {body} ORDER BY {self.order}"  # noqa: S608


def _expression(column: Column, native_dates: bool) -> str:
    if column.type == TEXT or (column.type == DATE and not native_dates):
        return f"COALESCE({column.sql}, '')"
    if column.type == BOOL:
        return f"CAST({column.sql} AS INTEGER)"
    if column.type == INT:
        return f"CAST({column.sql} AS BIGINT)"
    return column.sql


def _known(row: str) -> str:
    return (
        f"{row}.known_from <= {{known}} AND ({row}.known_to IS NULL OR {row}.known_to > {{known}})"
    )


def _valid_record(model: type, owner: str, row: str) -> str:
    """The record of each owner valid on the day: one row an owner, the latest start first."""
    return (
        f"(SELECT {row}.*, ROW_NUMBER() OVER (PARTITION BY {row}.{owner} "  # noqa: S608
        f"ORDER BY {row}.valid_from DESC NULLS LAST, {row}.known_from DESC, {row}.id DESC) AS place "
        f"FROM {_name(model)} {row} WHERE {_known(row)} "
        f"AND ({row}.valid_from IS NULL OR {row}.valid_from <= {{as_of}}) "
        f"AND ({row}.valid_to IS NULL OR {row}.valid_to > {{as_of}}))"
    )


def _name(model: type) -> str:
    return str(model._meta.db_table)  # type: ignore[attr-defined]


def _facts(model: type) -> str:
    return f"{_name(model)} f WHERE {_known('f')}"


HOUSEHOLDS: Final = Table(
    name="households",
    columns=(
        Column("household_id", INT, "r.household_id"),
        Column("code", TEXT, "h.code"),
        Column("village_code", TEXT, "r.village_code"),
        Column("site_id", INT, "r.site_id"),
        Column("grid_id", INT, "r.grid_id"),
        Column("class", TEXT, "r.household_class"),
        Column("relocated", BOOL, "r.relocated"),
        Column("self_moved", BOOL, "r.self_moved"),
        Column("monitored_kind", TEXT, "r.monitored_kind"),
        Column("included_on", DATE, "r.included_on"),
        Column("risk_removed_on", DATE, "r.risk_removed_on"),
        Column("area_dm2", INT, "u.area_dm2"),
    ),
    body=(
        f"{_valid_record(HouseholdRecord, 'household_id', 'c')} r "
        f"JOIN {_name(Household)} h ON h.id = r.household_id "
        f"LEFT JOIN {_valid_record(Housing, 'household_id', 'b')} u "
        "ON u.household_id = r.household_id AND u.place = 1 WHERE r.place = 1"
    ),
    order="r.household_id",
)

PERSONS: Final = Table(
    name="persons",
    columns=(
        Column("person_id", INT, "m.person_id"),
        Column("household_id", INT, "m.household_id"),
        Column("sex", TEXT, "r.sex"),
        Column("born_on", DATE, "r.born_on"),
        Column("relation", TEXT, "m.relation"),
        Column("education", TEXT, "r.education"),
        Column("schooling", TEXT, "r.schooling"),
        Column("labour", TEXT, "r.labour"),
        Column("joined_on", DATE, "m.joined_on"),
        Column("left_on", DATE, "m.left_on"),
        Column("health", TEXT, "r.health"),
        # That there is a number, never the number.
        Column("has_identity", BOOL, "i.identity_sealed IS NOT NULL"),
        Column("has_phone", BOOL, "i.phone_sealed IS NOT NULL"),
    ),
    body=(
        f"{_name(Membership)} m JOIN {_name(Person)} i ON i.id = m.person_id "
        f"LEFT JOIN {_valid_record(PersonRecord, 'person_id', 'c')} r "
        f"ON r.person_id = m.person_id AND r.place = 1 WHERE {_known('m')}"
    ),
    order="m.household_id, m.person_id, m.joined_on NULLS FIRST, m.id",
)

INCOMES: Final = Table(
    name="incomes",
    columns=(
        Column("household_id", INT, "f.household_id"),
        *(
            Column(name, INT, f"f.{name}")
            for name in ("quarter", "wage", "business", "business_cost", "property", "transfer")
        ),
    ),
    body=_facts(Income),
    order="f.household_id, f.quarter, f.id",
)

EMPLOYMENTS: Final = Table(
    name="employments",
    columns=(
        Column("person_id", INT, "f.person_id"),
        Column("started_on", DATE, "f.started_on"),
        Column("ended_on", DATE, "f.ended_on"),
        Column("channel", TEXT, "f.channel"),
        Column("county_code", TEXT, "f.county_code"),
        Column("monthly_wage", INT, "f.monthly_wage"),
        Column("has_employer", BOOL, "f.employer <> ''"),
    ),
    body=_facts(Employment),
    order="f.person_id, f.started_on NULLS FIRST, f.id",
)

STATUSES: Final = Table(
    name="statuses",
    columns=(
        Column("household_id", INT, "f.household_id"),
        Column("person_id", INT, "f.person_id"),
        Column("kind", TEXT, "f.kind"),
        Column("level", TEXT, "f.level"),
        Column("started_on", DATE, "f.valid_from"),
        Column("ended_on", DATE, "f.valid_to"),
        # Other statuses keep numbers and free words there; of a measure only which item it is.
        Column(
            "category",
            TEXT,
            "CASE WHEN f.kind = 'disabled' THEN f.reference "
            f"WHEN f.kind = 'help_measure' THEN {item_sql('f.reference')} END",
        ),
    ),
    body=_facts(Status),
    order="f.household_id, f.kind, f.valid_from NULLS FIRST, f.id",
)

EVENTS: Final = Table(
    name="events",
    columns=(
        Column("household_id", INT, "f.household_id"),
        Column("person_id", INT, "f.person_id"),
        Column("kind", TEXT, "f.kind"),
        Column("occurred_on", DATE, "f.occurred_on"),
        Column("amount", INT, "f.amount"),
        Column("level", TEXT, "f.level"),
    ),
    body=_facts(Event),
    order="f.household_id, f.occurred_on, f.kind, f.id",
)

HOLDINGS: Final = Table(
    name="holdings",
    columns=(
        Column("household_id", INT, "f.household_id"),
        Column("person_id", INT, "f.person_id"),
        Column("kind", TEXT, "f.kind"),
        Column("value", INT, "f.value"),
        Column("started_on", DATE, "f.valid_from"),
        Column("ended_on", DATE, "f.valid_to"),
    ),
    body=_facts(Holding),
    order="f.household_id, f.kind, f.id",
)

TABLES: Final = (HOUSEHOLDS, PERSONS, INCOMES, EMPLOYMENTS, STATUSES, EVENTS, HOLDINGS)
