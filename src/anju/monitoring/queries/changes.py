"""Counts of what changed between two runs, by village and rule, worked out once.

Runs never change, so the counts of a pair are kept beside the later run's files and read from there;
whoever may see only some villages is given the sum of those.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anju.accounts.scope import Scope
from anju.monitoring.models import Run
from anju.monitoring.queries.runs import folder_of
from anju.rules import comparing

KINDS: Final = ("new", "still", "gone")
Counts = dict[str, dict[str, int]]


def keep(run: Run, against: Run) -> bool:
    """Work the counts of a pair out and keep them; False where the files of a run are gone."""
    return _file(run, against) is not None


def counts(run: Run, against: Run, scopes: list[Scope], *, digits: int) -> Counts | None:
    """Rule (no digits) or place → kind → number, in villages inside all scopes.

    None where the files of a run are gone: then the rows themselves must be counted.
    """
    kept = _file(run, against)
    return None if kept is None else _summed(kept, frozenset(scopes), digits)


@lru_cache(maxsize=64)
def _summed(kept: Path, scopes: frozenset[Scope], digits: int) -> Counts:
    """The sums for who may see the same places: they never change, and a page asks three times."""
    changes = pq.read_table(kept)
    for scope in scopes:
        changes = changes.filter(_inside(changes["village_code"], scope))
    if digits:
        changes = changes.set_column(
            0, "key", pc.utf8_slice_codeunits(changes["village_code"], 0, digits)
        )
    else:
        changes = changes.rename_columns({"rule": "key"})
    summed = changes.group_by("key").aggregate([(kind, "sum") for kind in KINDS])
    return {
        row["key"]: {kind: row[f"{kind}_sum"] for kind in KINDS}
        for row in summed.sort_by("key").to_pylist()
    }


def _file(run: Run, against: Run) -> Path | None:
    """The counts of a pair, worked out where they are not kept yet."""
    now, before = folder_of(run), folder_of(against)
    if now is None or before is None:
        return None
    kept = now.parent / f"changes-since-{against.folder}.parquet"
    if not kept.exists():
        _write(kept, now, before)
    return kept


def _write(kept: Path, now: Path, before: Path) -> None:
    difference = comparing.diff(now, before)
    places = {"new": now, "still": now, "gone": before}
    parts = []
    for kind in KINDS:
        rows: pa.Table = getattr(difference, kind)
        counted = (
            pa.table({"village_code": _villages(rows, places[kind]), "rule": rows["rule"]})
            .group_by(["village_code", "rule"])
            .aggregate([([], "count_all")])
        )
        number = counted["count_all"]
        none = pa.repeat(pa.scalar(0, pa.int64()), counted.num_rows)
        parts.append(
            pa.table(
                {
                    "village_code": counted["village_code"],
                    "rule": counted["rule"],
                    **{each: number if each == kind else none for each in KINDS},
                }
            )
        )
    changes = pa.concat_tables(parts).sort_by(
        [("village_code", "ascending"), ("rule", "ascending")]
    )
    draft = kept.with_name(f".{kept.name}-{uuid4().hex}")
    pq.write_table(changes, draft)
    os.replace(draft, kept)


def _villages(rows: pa.Table, folder: Path) -> pa.ChunkedArray:
    homes = pq.read_table(folder / "facts.parquet", columns=["household_id", "village_code"])
    at = pc.index_in(rows["household_id"], value_set=homes["household_id"])
    return homes["village_code"].take(at)


def _inside(villages: pa.ChunkedArray, scope: Scope) -> pa.ChunkedArray:
    inside = pa.chunked_array([pa.repeat(pa.scalar(False), len(villages))])
    for low, high in scope.ranges:
        within = pc.and_(pc.greater_equal(villages, low), pc.less(villages, high))
        inside = pc.or_(inside, within)
    return inside
