"""Writes the snapshot of a made-up county: one Parquet file a table, block by block."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq

from anju.synth.arrow import schema, to_arrow
from anju.synth.columns import TABLES
from anju.synth.county import County


def write(county: County, folder: Path) -> dict[str, int]:
    """Writes `<table>.parquet` into the folder and returns the number of rows of each.

    The files appear together at the end; a folder that is there already is replaced.
    """
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    rows = dict.fromkeys(TABLES, 0)
    writers = {
        name: pq.ParquetWriter(unfinished / f"{name}.parquet", schema(name), compression="zstd")
        for name in TABLES
    }
    try:
        for block in county.blocks():
            for name, table in block.tables.items():
                made = to_arrow(name, table)
                rows[name] += made.num_rows
                writers[name].write_table(made, row_group_size=250_000)
    finally:
        for writer in writers.values():
            writer.close()
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
    return rows
