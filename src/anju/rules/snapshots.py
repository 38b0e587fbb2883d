"""A snapshot folder: which tables and columns it must have, what its files are, and its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from anju.rules.engines.duckdb import described
from anju.rules.errors import SnapshotError

# Columns the engine reads and their kinds; a snapshot may carry more.
TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "households": {
        "household_id": "integer", "code": "text", "village_code": "text", "class": "text",
        "relocated": "boolean", "self_moved": "boolean", "monitored_kind": "text",
        "included_on": "date", "risk_removed_on": "date",
    },
    "persons": {
        "person_id": "integer", "household_id": "integer", "born_on": "date", "schooling": "text",
        "labour": "text", "joined_on": "date", "left_on": "date",
    },
    "incomes": {
        "household_id": "integer", "quarter": "integer", "wage": "integer", "business": "integer",
        "business_cost": "integer", "property": "integer", "transfer": "integer",
    },
    "employments": {"person_id": "integer", "started_on": "date", "ended_on": "date"},
    "statuses": {
        "household_id": "integer", "person_id": "integer", "kind": "text", "level": "text",
        "started_on": "date", "ended_on": "date",
    },
    "events": {
        "household_id": "integer", "person_id": "integer", "kind": "text", "occurred_on": "date",
        "amount": "integer", "level": "text",
    },
    "holdings": {
        "household_id": "integer", "person_id": "integer", "kind": "text", "value": "integer",
        "started_on": "date", "ended_on": "date",
    },
}  # fmt: skip

Describe = Callable[[Path], Mapping[str, str]]

_INTEGERS: Final = ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UINTEGER", "USMALLINT", "UTINYINT")
_ACCEPTED: Final[Mapping[str, tuple[str, ...]]] = {
    "integer": _INTEGERS,
    "text": ("VARCHAR",),
    "date": ("DATE",),
    "boolean": ("BOOLEAN",),
}
_NO_VALUES: Final = '"NULL"'  # a column without any value may have lost its type
_WORDS_ZH: Final = {"integer": "整数", "text": "文本", "date": "日期", "boolean": "是否"}
_WORDS_EN: Final = {"integer": "int64", "text": "text", "date": "date", "boolean": "bool"}
# NULLs of each kind in words that every engine knows.
_NULLS: Final = {
    "integer": "CAST(NULL AS BIGINT)",
    "date": "CAST(NULL AS DATE)",
    "boolean": "CAST(NULL AS BOOLEAN)",
    "text": "NULLIF('', '')",
}


@dataclass(frozen=True)
class Table:
    """One table of a snapshot: its files, and each column as the SQL that gives its type."""

    name: str
    files: tuple[Path, ...]
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Snapshot:
    """A snapshot folder whose tables and columns are all there."""

    folder: Path
    tables: Mapping[str, Table]

    def digest(self) -> str:
        """SHA-256 over the sorted list of table, file and SHA-256 of the file's bytes."""
        found = [(table.name, file) for table in self.tables.values() for file in table.files]
        with ThreadPoolExecutor(max_workers=2) as workers:
            hashes = list(workers.map(lambda item: _file_hash(item[1]), found))
        lines = sorted(
            f"{name}\t{file.relative_to(self.folder).as_posix()}\t{digest}\n"
            for (name, file), digest in zip(found, hashes, strict=True)
        )
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def open_snapshot(folder: Path) -> Snapshot:
    """Check that every table and column is there with a usable type.

    Raises `SnapshotError` naming file, table, column and remedy.
    """
    if not folder.is_dir():
        raise SnapshotError(
            zh=f"没有快照文件夹 {folder}；请给出含 {_listed(TABLES)} 各表的文件夹。",
            en=f"there is no snapshot folder {folder}: give one with the tables {_listed(TABLES)}.",
        )
    with described() as describe:
        return Snapshot(folder, {name: _table(folder, name, describe) for name in TABLES})


def _table(folder: Path, name: str, describe: Describe) -> Table:
    single, parts = folder / f"{name}.parquet", folder / name
    if single.is_file():
        files: tuple[Path, ...] = (single,)
    else:
        files = tuple(sorted(parts.glob("*.parquet"))) if parts.is_dir() else ()
    if not files:
        raise SnapshotError(
            zh=f"快照 {folder} 缺表 {name}：请放入 {name}.parquet，或文件夹 {name}/ 内的 Parquet 文件"
            "（没有记录也要有空表）。",
            en=f"snapshot {folder} lacks the table {name}: add {name}.parquet, or Parquet files in "
            f"a folder {name}/ (an empty table where there are no rows).",
        )
    columns: dict[str, str] = {}
    for file in files:
        found = _types(file, name, describe)
        for column, kind in TABLES[name].items():
            columns[column] = _column(file, name, column, kind, found)
    return Table(name, files, columns)


def _types(file: Path, table: str, describe: Describe) -> Mapping[str, str]:
    try:
        return describe(file)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise SnapshotError(
            zh=f"快照表 {table} 的文件 {file} 不是可读的 Parquet 文件（{reason}）；请重新生成。",
            en=f"{file} of the table {table} is no readable Parquet file ({reason}): write it again.",
        ) from error


def _column(file: Path, table: str, column: str, kind: str, found: Mapping[str, str]) -> str:
    type_ = found.get(column)
    if type_ is None:
        raise SnapshotError(
            zh=f"快照文件 {file}：表 {table} 缺列 {column}（{_WORDS_ZH[kind]}）；请补上，不知道的填空值。",
            en=f"{file}: the table {table} lacks the column {column} ({_WORDS_EN[kind]}); add it, "
            "NULL where unknown.",
        )
    if type_ == _NO_VALUES:
        return _NULLS[kind]
    if type_ not in _ACCEPTED[kind]:
        raise SnapshotError(
            zh=f"快照文件 {file}：表 {table} 的列 {column} 是 {type_}，应为{_WORDS_ZH[kind]}；"
            f"请改成 {_WORDS_EN[kind]}（金额以分计，为整数）。",
            en=f"{file}: column {column} of the table {table} is {type_}, expected "
            f"{_WORDS_EN[kind]}; write it so (money as whole fen).",
        )
    if kind == "integer" and type_ != "BIGINT":
        return f"CAST({column} AS BIGINT)"
    return column


def _file_hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
