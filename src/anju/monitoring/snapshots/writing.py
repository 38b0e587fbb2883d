"""Writing a snapshot: the same registers give the same bytes, whatever the sizes of the batches."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection

from anju.monitoring.snapshots.reading import reading
from anju.monitoring.snapshots.tables import TABLES, Table
from anju.rules import snapshots
from anju.rules.months import Month

ROW_GROUP: Final = 122_880  # the engine's own vector groups: one read, one group

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Written:
    """A finished snapshot: its content hash, its folder, and the rows of each table."""

    hash: str
    folder: Path
    counts: dict[str, int]


def write(
    *, month: Month, known_on: date, into: Path, draft: str, progress: Progress | None = None
) -> Written:
    """Write the registers of `month` as known on `known_on` to ``into/<hash>/``.

    The files are made in ``into/.<draft>`` and renamed when whole, so that a killed process leaves
    nothing that looks finished; a draft of the same name left by one is thrown away first. Files
    that are already there under the same hash are kept. `progress` is told rows written so far.
    """
    folder = into / f".{draft}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    counts: dict[str, int] = {}
    with reading(connection, as_of=month.last_day, known_on=known_on) as read:
        for table in TABLES:
            counts[table.name] = _write_table(
                folder / f"{table.name}.parquet", table, read(table), sum(counts.values()), progress
            )
    digest = _digest(folder)
    target = into / digest
    try:
        os.replace(folder, target)
    except OSError:
        # Another run wrote the same content, before or just now.
        if not target.is_dir():
            raise
        shutil.rmtree(folder)
    return Written(hash=digest, folder=target, counts=counts)


def _digest(folder: Path) -> str:
    """The engine's own hash; it checks tables and columns when it opens the folder for a run."""
    tables = {t.name: snapshots.Table(t.name, (folder / f"{t.name}.parquet",), {}) for t in TABLES}
    return snapshots.Snapshot(folder, tables).digest()


def _write_table(
    path: Path,
    table: Table,
    batches: Iterator[pa.RecordBatch],
    before: int,
    progress: Progress | None,
) -> int:
    """Write one table in row groups of one fixed size; how many rows."""
    rows = 0
    with pq.ParquetWriter(path, table.schema, compression="snappy") as writer:
        for group in _groups(batches):
            writer.write_table(group, row_group_size=ROW_GROUP)
            rows += group.num_rows
            if progress is not None:
                progress(table.name, before + rows, 0)
    return rows


def _groups(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The rows of the batches in pieces of `ROW_GROUP` rows, each of one chunk a column."""
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        while rows >= ROW_GROUP:
            whole = pa.Table.from_batches(waiting)
            yield whole.slice(0, ROW_GROUP).combine_chunks()
            waiting = whole.slice(ROW_GROUP).to_batches()
            rows -= ROW_GROUP
    if rows:
        yield pa.Table.from_batches(waiting).combine_chunks()
