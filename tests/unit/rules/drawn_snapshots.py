"""Tiny snapshots drawn by hand for the engine's unit tests."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from anju.rules.packs import Pack, load

_TYPES = {"integer": pa.int64(), "text": pa.string(), "date": pa.date32(), "boolean": pa.bool_()}
Rows = Mapping[str, Sequence[Mapping[str, Any]]]

LONG_AGO = date(2015, 1, 1)


def national() -> Pack:
    return load("national")


def household(number: int, **more: Any) -> dict[str, Any]:
    return {
        "household_id": number,
        "code": f"H{number:04d}",
        "village_code": "529901100200",
        "class": "ordinary",
        "relocated": False,
        "self_moved": False,
    } | more


def person(number: int, household_id: int, **more: Any) -> dict[str, Any]:
    return {
        "person_id": number,
        "household_id": household_id,
        "born_on": date(1985, 5, 5),
        "schooling": "none",
        "labour": "ordinary",
        "joined_on": LONG_AGO,
    } | more


def incomes(household_id: int, by_quarter: Mapping[int, int]) -> list[dict[str, Any]]:
    nothing = dict.fromkeys(("business", "business_cost", "property", "transfer"), 0)
    return [
        {"household_id": household_id, "quarter": quarter, "wage": wage} | nothing
        for quarter, wage in by_quarter.items()
    ]


def last_four(household_id: int, total: int) -> list[dict[str, Any]]:
    """The four quarters before October 2023, the whole sum in the last."""
    return incomes(household_id, {20224: 0, 20231: 0, 20232: 0, 20233: total})


def draw(folder: Path, rows: Rows, **types: Mapping[str, pa.DataType]) -> Path:
    """Write a snapshot; tables not drawn are empty, columns not drawn NULL."""
    from anju.rules.snapshots import TABLES

    folder.mkdir(parents=True, exist_ok=True)
    for table, columns in TABLES.items():
        drawn = list(rows.get(table, []))
        changed = types.get(table, {})
        arrays = {
            column: pa.array([row.get(column) for row in drawn], changed.get(column, _TYPES[kind]))
            for column, kind in columns.items()
        }
        pq.write_table(pa.table(arrays), folder / f"{table}.parquet")
    return folder


def read(path: Path) -> list[dict[str, Any]]:
    return pq.read_table(path).to_pylist()
