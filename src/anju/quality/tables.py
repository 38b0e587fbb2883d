"""The tables of a snapshot that the checks read, as views; what a snapshot lacks stands as NULL."""

# ruff: noqa: S608 (names come from this module and from columns of files just described)

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import duckdb

from anju.quality.checks import CheckError

# Columns with a type here may be missing in a snapshot: they are then NULL, and the checks that need
# them are not run. Tables of which every column has one may be missing altogether.
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "households": {
        "household_id": "", "village_code": "", "class": "", "monitored_kind": "",
        "included_on": "", "risk_removed_on": "", "area_dm2": "BIGINT",
    },
    "persons": {
        "person_id": "", "household_id": "", "born_on": "", "schooling": "", "labour": "",
        "joined_on": "", "left_on": "", "sex": "VARCHAR", "relation": "VARCHAR",
        "education": "VARCHAR", "health": "VARCHAR", "has_identity": "BOOLEAN",
        "has_phone": "BOOLEAN",
    },
    "incomes": {
        "household_id": "", "quarter": "", "wage": "", "business": "", "business_cost": "",
        "property": "", "transfer": "",
    },
    "employments": {
        "person_id": "", "started_on": "", "ended_on": "", "channel": "VARCHAR",
        "county_code": "VARCHAR", "monthly_wage": "BIGINT", "has_employer": "BOOLEAN",
    },
    "statuses": {
        "household_id": "", "person_id": "", "kind": "", "level": "", "started_on": "",
        "ended_on": "", "category": "VARCHAR",
    },
    "events": {
        "household_id": "", "person_id": "", "kind": "", "occurred_on": "", "level": "",
    },
    "cases": {
        "household_id": "BIGINT", "removal_kind": "VARCHAR", "checked_income": "BIGINT",
        "checked_spending": "BIGINT", "told_out_of_school": "BOOLEAN", "indicators": "BIGINT",
        "removal_income": "BIGINT", "removal_line": "BIGINT",
    },
    "risks": {"household_id": "BIGINT", "risk": "VARCHAR"},
    "planned": {"household_id": "BIGINT", "kind": "VARCHAR", "state": "VARCHAR"},
    "numbers": {
        "person_id": "BIGINT", "identity_length": "BIGINT", "identity_valid": "BOOLEAN",
        "identity_twice": "BOOLEAN", "card_valid": "BOOLEAN", "phone_digits": "BIGINT",
        "phone_valid": "BOOLEAN", "phone_group": "BIGINT",
    },
}  # fmt: skip


def opened(connection: duckdb.DuckDBPyConnection, snapshot: Path) -> frozenset[str]:
    """Views over the tables of the snapshot; the columns it lacks, as table.column."""
    lacking: set[str] = set()
    for table, columns in COLUMNS.items():
        files = _files(snapshot, table)
        if files is None and all(columns.values()):
            nothing = ", ".join(f"CAST(NULL AS {type_}) AS {c}" for c, type_ in columns.items())
            connection.execute(f"CREATE TEMP VIEW {table} AS SELECT {nothing} WHERE FALSE")
            lacking |= {f"{table}.{column}" for column in columns}
            continue
        lacking |= _view(connection, snapshot, table, files or "")
    return frozenset(lacking)


def _files(snapshot: Path, table: str) -> str | None:
    """The file of a table, or the files of its folder; None where there is neither."""
    single, folder = snapshot / f"{table}.parquet", snapshot / table
    if not single.is_file() and not folder.is_dir():
        return None
    return str(single if single.is_file() else folder / "*.parquet").replace("'", "''")


def _view(
    connection: duckdb.DuckDBPyConnection, snapshot: Path, table: str, files: str
) -> set[str]:
    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet('{files}')").fetchall()
    except duckdb.Error as error:
        raise CheckError(
            f"the snapshot {snapshot} has no readable table {table}: write it again"
        ) from error
    types = {str(row[0]): str(row[1]) for row in rows}
    chosen, lacking = [], set()
    for column, type_ in COLUMNS[table].items():
        if types.get(column, '"NULL"') != '"NULL"':
            chosen.append(column)
        elif column in types or type_:
            chosen.append(f"CAST(NULL AS {type_ or _kept(column)}) AS {column}")
            if column not in types:
                lacking.add(f"{table}.{column}")
        else:
            raise CheckError(f"the snapshot's table {table} lacks the column {column}")
    connection.execute(
        f"CREATE TEMP VIEW {table} AS SELECT {', '.join(chosen)} FROM read_parquet('{files}')"
    )
    return lacking


def _kept(column: str) -> str:
    """The type of a column of which no row has a value."""
    if column.endswith("_on"):
        return "DATE"
    text = ("village_code", "class", "monitored_kind", "schooling", "labour", "kind", "level")
    return "VARCHAR" if column in text else "BIGINT"
