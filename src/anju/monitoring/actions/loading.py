"""From a run's Parquet columns into the tables the pages read, in sets and never row by row.

Called inside the one transaction that also makes the run visible. Rows go in by place and
household, so that the rows of one page lie together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import connection

from anju.monitoring.models import Finding, HouseholdLevel, LevelTally, Tally

_CHUNK: Final = 20_000
_DIGITS: Final = (6, 9, 12)
_FINDING_COLUMNS: Final = (
    "household_id", "person_id", "village_code", "rule", "status", "level", "risk", "observed",
    "threshold", "observed_text", "threshold_text",
)  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """What came in: households looked at, hits, gaps, households of each level."""

    households: int
    hits: int
    unknown: int
    levels: dict[str, int]


def load(*, run_id: int, out: Path) -> Loaded:
    """Insert findings, levels and tallies of a finished output folder, in the caller's transaction."""
    homes = pq.read_table(out / "facts.parquet", columns=["household_id", "village_code"])
    findings = _placed(pq.read_table(out / "findings.parquet"), homes).sort_by(
        [("village_code", "ascending"), ("household_id", "ascending"), ("rule", "ascending")]
    )
    insert(Finding, run_id, findings.select(_FINDING_COLUMNS))
    statuses = _counted(findings["status"])
    del findings
    levels = _placed(pq.read_table(out / "levels.parquet"), homes).sort_by(
        [("village_code", "ascending"), ("household_id", "ascending")]
    )
    insert(HouseholdLevel, run_id, levels.select(["household_id", "village_code", "level"]))
    for digits in _DIGITS:
        insert(LevelTally, run_id, _level_tally(levels, digits))
    insert(Tally, run_id, _rule_tally(pq.read_table(out / "rollup.parquet")))
    return Loaded(
        households=homes.num_rows,
        hits=statuses.get("hit", 0),
        unknown=statuses.get("unknown", 0),
        levels=_counted(levels["level"]),
    )


def _counted(values: pa.ChunkedArray) -> dict[str, int]:
    return {pair["values"]: pair["counts"] for pair in pc.value_counts(values).to_pylist()}


def _placed(rows: pa.Table, homes: pa.Table) -> pa.Table:
    """The rows with the village each household lived in at the time."""
    at = pc.index_in(rows["household_id"], value_set=homes["household_id"])
    return rows.append_column("village_code", homes["village_code"].take(at))


def _level_tally(levels: pa.Table, digits: int) -> pa.Table:
    place = pc.utf8_slice_codeunits(levels["village_code"], 0, digits)
    counted = (
        pa.table({"place": place, "level": levels["level"]})
        .group_by(["place", "level"])
        .aggregate([([], "count_all")])
        .rename_columns({"count_all": "households"})
        .sort_by([("place", "ascending"), ("level", "ascending")])
    )
    return counted.append_column("digits", pa.repeat(pa.scalar(digits), counted.num_rows))


def _rule_tally(rollup: pa.Table) -> pa.Table:
    return rollup.select(["place", "rule", "hits", "unknown", "households"]).append_column(
        "digits", pc.utf8_length(rollup["place"])
    )


def insert(model: type, run_id: int, rows: pa.Table) -> None:
    """Insert columns under the names of the table's columns, with the run's id in front."""
    table: str = model._meta.db_table  # type: ignore[attr-defined]
    columns = ["run_id", *rows.column_names]
    texts = [field.name for field in rows.schema if pa.types.is_string(field.type)]
    for name in texts:
        at = rows.schema.get_field_index(name)
        rows = rows.set_column(at, name, pc.fill_null(rows[name], ""))
    if connection.vendor == "postgresql":
        _copy(table, columns, run_id, rows)
    else:
        _execute_many(table, columns, run_id, rows)


def _copy(table: str, columns: Sequence[str], run_id: int, rows: pa.Table) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,  # type: ignore[attr-defined]
    ):
        for chunk in _chunks(run_id, rows):
            for row in chunk:
                copy.write_row(row)


def _execute_many(table: str, columns: Sequence[str], run_id: int, rows: pa.Table) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        for chunk in _chunks(run_id, rows):
            cursor.executemany(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks})',  # noqa: S608
                chunk,
            )


def _chunks(run_id: int, rows: pa.Table) -> Iterator[list[tuple[Any, ...]]]:
    """The rows as tuples, a limited number at a time."""
    for start in range(0, rows.num_rows, _CHUNK):
        piece = rows.slice(start, _CHUNK)
        columns = [column.to_pylist() for column in piece.columns]
        yield [(run_id, *values) for values in zip(*columns, strict=True)]
