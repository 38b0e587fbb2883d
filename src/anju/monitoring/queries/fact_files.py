"""Facts of one household out of a run's Parquet file, without reading the whole of it.

The file is sorted by household, so the statistics of its row groups say which one to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq


def facts_of(out: Path | None, household_id: int, facts: Iterable[str]) -> dict[str, Any]:
    """The values of some facts; empty where the file or the household is not there.

    Facts the file does not have (an older engine) are left out.
    """
    if out is None or not (out / "facts.parquet").exists():
        return {}
    with pq.ParquetFile(out / "facts.parquet") as file:
        wanted = [name for name in dict.fromkeys(facts) if name in file.schema_arrow.names]
        key = file.schema_arrow.get_field_index("household_id")
        for group in range(file.num_row_groups):
            statistics = file.metadata.row_group(group).column(key).statistics
            if statistics is not None and not statistics.min <= household_id <= statistics.max:
                continue
            rows = file.read_row_group(group, columns=["household_id", *wanted])
            at = pc.index(rows["household_id"], household_id).as_py()
            if at >= 0:
                return {name: rows[name][at].as_py() for name in wanted}
    return {}
