"""The dated facts as ledgers: which columns tell two facts apart, and which ones may change.

A ledger is what an incoming row is compared with. Columns carry the names of the incoming lists
(`started_on`, `ended_on`); `stored` gives the name in the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from anju.registry.columns import Schema, fetch_by


@dataclass(frozen=True, slots=True)
class Ledger:
    """One table of facts. `owners`: the columns that say whose fact it is. `columns`: the rest.

    `texts`: columns that hold empty text instead of NULL.
    """

    table: str
    owners: tuple[str, ...]
    columns: Schema
    texts: tuple[str, ...] = ()
    stored: dict[str, str] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """The column of the table behind a name."""
        return self.stored.get(name, name)

    @property
    def schema(self) -> Schema:
        """Names in the table, with their types, of all that is read."""
        owned: Schema = dict.fromkeys(self.owners, pl.Int64)
        named = {self.column(name): kind for name, kind in self.columns.items()}
        return {"id": pl.Int64, **owned, **named, "known_from": pl.Date}

    def open_rows(
        self, owner: str, ids: pl.Series, among: Mapping[str, Sequence[Any]] | None = None
    ) -> pl.DataFrame:
        """What is known now about those owners (`household_id` or `person_id`): all facts, or those
        whose columns are `among` the values asked for."""
        where, params = '"known_to" IS NULL', []
        for name, values in (among or {}).items():
            where += f' AND "{self.column(name)}" IN ({", ".join(["%s"] * len(values))})'
            params += values
        if owner == "household_id" and "person_id" in self.owners:
            where += ' AND "person_id" IS NULL'
        wanted = ids.unique().to_list()
        rows = fetch_by(self.table, self.schema, owner, wanted, where=where, params=params)
        return rows.rename({self.column(name): name for name in self.columns})


_DATED = {"started_on": "valid_from", "ended_on": "valid_to"}

STATUSES = Ledger(
    "registry_status",
    ("household_id", "person_id"),
    {
        "kind": pl.String,
        "level": pl.String,
        "reference": pl.String,
        "started_on": pl.Date,
        "ended_on": pl.Date,
    },
    texts=("level", "reference"),
    stored=_DATED,
)
EVENTS = Ledger(
    "registry_event",
    ("household_id", "person_id"),
    {
        "kind": pl.String,
        "occurred_on": pl.Date,
        "amount": pl.Int64,
        "level": pl.String,
        "reference": pl.String,
    },
    texts=("level", "reference"),
)
HOLDINGS = Ledger(
    "registry_holding",
    ("household_id", "person_id"),
    {
        "kind": pl.String,
        "value": pl.Int64,
        "reference": pl.String,
        "started_on": pl.Date,
        "ended_on": pl.Date,
    },
    texts=("reference",),
    stored=_DATED,
)
INCOMES = Ledger(
    "registry_income",
    ("household_id",),
    {
        "quarter": pl.Int64,
        "wage": pl.Int64,
        "business": pl.Int64,
        "business_cost": pl.Int64,
        "property": pl.Int64,
        "transfer": pl.Int64,
    },
)
HOUSEHOLD_RECORDS = Ledger(
    "registry_householdrecord",
    ("household_id",),
    {
        "village_code": pl.String,
        "site_id": pl.Int64,
        "grid_id": pl.Int64,
        "household_class": pl.String,
        "relocated": pl.Boolean,
        "self_moved": pl.Boolean,
        "monitored_kind": pl.String,
        "included_on": pl.Date,
        "risk_removed_on": pl.Date,
        "started_on": pl.Date,
        "ended_on": pl.Date,
    },
    texts=("village_code",),
    stored=_DATED,
)
PERSON_RECORDS = Ledger(
    "registry_personrecord",
    ("person_id",),
    {
        "sex": pl.String,
        "born_on": pl.Date,
        "education": pl.String,
        "schooling": pl.String,
        "labour": pl.String,
        "health": pl.String,
        "started_on": pl.Date,
        "ended_on": pl.Date,
    },
    texts=("sex", "education", "health"),
    stored=_DATED,
)
MEMBERSHIPS = Ledger(
    "registry_membership",
    ("household_id", "person_id"),
    {
        "relation": pl.String,
        "joined_on": pl.Date,
        "left_on": pl.Date,
        "left_reason": pl.String,
    },
    texts=("relation", "left_reason"),
)
HOUSING = Ledger(
    "registry_housing",
    ("household_id",),
    {
        "building_id": pl.Int64,
        "entrance": pl.String,
        "room": pl.String,
        "address": pl.String,
        "area_dm2": pl.Int64,
        "has_title": pl.Boolean,
        "started_on": pl.Date,
        "ended_on": pl.Date,
    },
    texts=("entrance", "room", "address"),
    stored=_DATED,
)
