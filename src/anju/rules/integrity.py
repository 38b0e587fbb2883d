"""Does a snapshot contradict itself? Doubled keys refuse the run; rows that name nobody are left out.

Ids are usually one unbroken run of numbers, and then a row names somebody exactly when its id lies
between the smallest and the largest; only otherwise are the lists joined.
"""

# ruff: noqa: S608 (table and column names come from this package, values from checked numbers)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anju.rules.engines import Engine
from anju.rules.errors import SnapshotError
from anju.rules.snapshots import TABLES, Snapshot


@dataclass(frozen=True)
class Ids:
    """The ids of a table: how to ask whether a column's id is one of them."""

    column: str
    table: str
    low: int
    high: int
    unbroken: bool

    def holds(self, column: str) -> str:
        """The condition that the id in `column` exists; never NULL for an id that is given."""
        if self.unbroken:
            return f"{column} BETWEEN {self.low} AND {self.high}"
        return f"{column} IN (SELECT {self.column} FROM {self.table})"


def settle(engine: Engine, snapshot: Snapshot) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Make the tables readable without rows that name nobody.

    Returns the rows kept and the rows left out by table; raises `SnapshotError` where a household
    stands twice or has two rows for a quarter.
    """
    for table in snapshot.tables.values():
        engine.read(table.name, table.files, table.columns)
    kept: dict[str, int] = {}
    left_out: dict[str, int] = {}
    households = _households(engine, snapshot)
    kept["households"], left_out["households"] = _count(engine, "households"), 0
    persons: Ids | None = None
    for name in ("persons", "incomes", "employments", "statuses", "events", "holdings"):
        kept[name], left_out[name] = _leave_out(engine, snapshot, name, households, persons)
        if name == "persons":
            persons = _ids(engine, "persons", "person_id")
    _one_row_a_quarter(engine, snapshot, households, kept["incomes"])
    return kept, left_out


def _households(engine: Engine, snapshot: Snapshot) -> Ids:
    file = snapshot.tables["households"].files[0]
    total, known = engine.rows("SELECT COUNT(*), COUNT(household_id) FROM households")[0]
    if total != known:
        raise SnapshotError(
            zh=f"快照文件 {file}：表 households 有 {total - known} 行没有 household_id；每户都要有编号。",
            en=f"{file}: {total - known} row(s) of households have no household_id: give every "
            "household its id.",
        )
    ids = _ids(engine, "households", "household_id")
    if ids.unbroken or not total:
        return ids
    doubled = engine.rows(
        "SELECT household_id, COUNT(*) FROM households GROUP BY household_id "
        "HAVING COUNT(*) > 1 ORDER BY household_id LIMIT 1"
    )
    if doubled:
        raise SnapshotError(
            zh=f"快照文件 {file}：表 households 里 household_id {doubled[0][0]} 出现 {doubled[0][1]} 次；"
            "一户只能一行，请去掉重复。",
            en=f"{file}: household_id {doubled[0][0]} stands {doubled[0][1]} times in households; "
            "keep one row a household.",
        )
    return ids


def _ids(engine: Engine, table: str, column: str) -> Ids:
    rows, low, high = engine.rows(f"SELECT COUNT(*), MIN({column}), MAX({column}) FROM {table}")[0]
    if not rows:
        return Ids(column, table, 0, -1, unbroken=True)
    unbroken = False
    if high - low < rows:  # otherwise there are surely gaps
        distinct = engine.distinct(table, column, low, high)
        unbroken = distinct == high - low + 1 and (table != "households" or rows == distinct)
    return Ids(column, table, low, high, unbroken)


def _names_somebody(table: str, households: Ids, persons: Ids | None) -> str:
    household, person = households.holds("household_id"), ""
    if persons is not None:
        person = persons.holds("person_id")
    if table == "persons":
        return f"person_id IS NOT NULL AND {household}"
    if table == "incomes":
        return household
    if table == "employments":
        return person
    if table == "events":
        return f"{household} AND (person_id IS NULL OR {person})"
    return (
        f"(household_id IS NULL OR {household}) AND (person_id IS NULL OR {person}) "
        "AND (household_id IS NOT NULL OR person_id IS NOT NULL)"
    )


def _leave_out(
    engine: Engine, snapshot: Snapshot, name: str, households: Ids, persons: Ids | None
) -> tuple[int, int]:
    total = _count(engine, name)
    if _surely_whole(engine, name, total, households, persons):
        return total, 0
    condition = _names_somebody(name, households, persons)
    kept = int(engine.rows(f"SELECT COUNT(*) FROM {name} WHERE {condition}")[0][0])
    if kept != total:
        raw = snapshot.tables[name]
        engine.read(f"all_{name}", raw.files, raw.columns)
        engine.define(name, f"SELECT * FROM all_{name} WHERE {condition}")
    return kept, total - kept


def _surely_whole(
    engine: Engine, name: str, total: int, households: Ids, persons: Ids | None
) -> bool:
    """Whether every id that is given exists, as far as the smallest and the largest can tell.

    Parquet keeps both, so that the rows need not be read.
    """
    asked = [
        (column, ids)
        for column, ids in (("household_id", households), ("person_id", persons))
        if ids is not None and column in TABLES[name]
    ]
    if not total or not all(ids.unbroken for _, ids in asked):
        return not total
    # The household, or for work the person, must be given in every row.
    first = asked[0][0]
    bounds = ", ".join(f"MIN({column}), MAX({column})" for column, _ in asked)
    extra = ", COUNT(person_id)" if name == "persons" else f", COUNT({first})"
    found = engine.rows(f"SELECT COUNT({first}){extra}, {bounds} FROM {name}")[0]
    if found[0] != total or found[1] != total:
        return False
    pairs = zip(found[2::2], found[3::2], asked, strict=True)
    return all(
        low is None or (ids.low <= low and high <= ids.high) for low, high, (_, ids) in pairs
    )


def _one_row_a_quarter(engine: Engine, snapshot: Snapshot, households: Ids, rows: int) -> None:
    low, high = engine.rows("SELECT MIN(quarter), MAX(quarter) FROM incomes")[0]
    if low is None:
        return
    years = high // 10 - low // 10 + 1
    if 0 < years <= 100:
        # One number a household and quarter: quarters count 1 to 4, digits 0 to 9 leave room.
        width = years * 10
        key = f"(household_id - {households.low}) * {width} + quarter - {low // 10 * 10}"
        last = (households.high - households.low) * width + width - 1
        if engine.distinct("incomes", key, 0, last) == rows:
            return
    doubled = engine.rows(
        "SELECT household_id, quarter, COUNT(*) FROM incomes WHERE quarter IS NOT NULL "
        "GROUP BY household_id, quarter HAVING COUNT(*) > 1 ORDER BY household_id, quarter LIMIT 1"
    )
    if doubled:
        household, quarter, times = doubled[0]
        file = snapshot.tables["incomes"].files[0]
        raise SnapshotError(
            zh=f"快照文件 {file}：表 incomes 里 household_id {household} 的季度 {quarter} 有 {times} 行；"
            "一户一季只能一行，请合并。",
            en=f"{file}: household_id {household} has {times} rows for the quarter {quarter} in "
            "incomes; merge them into one.",
        )


def _count(engine: Engine, table: str) -> int:
    return int(engine.rows(f"SELECT COUNT(*) FROM {table}")[0][0])
