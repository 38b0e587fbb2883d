"""Rows as the Parquet tables that the engines read."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_ID, _DAY, _FEN, _TEXT, _TRUTH = pa.int64(), pa.date32(), pa.int64(), pa.string(), pa.bool_()

SCHEMAS = {
    "households": pa.schema(
        {
            "household_id": _ID, "code": _TEXT, "village_code": _TEXT, "site_id": _ID,
            "grid_id": _ID, "class": _TEXT, "relocated": _TRUTH, "self_moved": _TRUTH,
            "monitored_kind": _TEXT, "included_on": _DAY, "risk_removed_on": _DAY,
        }
    ),
    "persons": pa.schema(
        {
            "person_id": _ID, "household_id": _ID, "sex": _TEXT, "born_on": _DAY,
            "relation": _TEXT, "education": _TEXT, "schooling": _TEXT, "labour": _TEXT,
            "joined_on": _DAY, "left_on": _DAY,
        }
    ),
    "incomes": pa.schema(
        {
            "household_id": _ID, "quarter": pa.int64(), "wage": _FEN, "business": _FEN,
            "business_cost": _FEN, "property": _FEN, "transfer": _FEN,
        }
    ),
    "employments": pa.schema(
        {
            "person_id": _ID, "started_on": _DAY, "ended_on": _DAY, "channel": _TEXT,
            "county_code": _TEXT, "monthly_wage": _FEN,
        }
    ),
    "statuses": pa.schema(
        {
            "household_id": _ID, "person_id": _ID, "kind": _TEXT, "level": _TEXT,
            "started_on": _DAY, "ended_on": _DAY,
        }
    ),
    "events": pa.schema(
        {
            "household_id": _ID, "person_id": _ID, "kind": _TEXT, "occurred_on": _DAY,
            "amount": _FEN, "level": _TEXT,
        }
    ),
    "holdings": pa.schema(
        {
            "household_id": _ID, "person_id": _ID, "kind": _TEXT, "value": _FEN,
            "started_on": _DAY, "ended_on": _DAY,
        }
    ),
}  # fmt: skip


def write(folder: Path, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> Path:
    """Write every table of a snapshot, empty ones too; rows may lack columns that are unknown."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in SCHEMAS.items():
        table = pa.Table.from_pylist([dict(row) for row in tables.get(name, ())], schema=schema)
        pq.write_table(table, folder / f"{name}.parquet")
    return folder


def read(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of a snapshot written by anyone, as dictionaries."""
    tables = {}
    for name in SCHEMAS:
        single = folder / f"{name}.parquet"
        table = pq.read_table(single if single.exists() else folder / name)
        tables[name] = table.select([c for c in SCHEMAS[name].names if c in table.column_names])
    return {name: table.to_pylist() for name, table in tables.items()}
