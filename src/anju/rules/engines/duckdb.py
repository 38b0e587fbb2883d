"""DuckDB, embedded: the engine for a county or a city, and the writer of results for every engine."""

# ruff: noqa: S608 (table and column names come from this package, values from checked numbers)

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb

from anju.rules.dialects import DUCKDB, Dialect
from anju.rules.errors import RunError
from anju.rules.evaluating import RuleText

# Fixed, so that the same rows give the same bytes on any machine.
_PARQUET: Final = "FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880"
_BITMAP_LIMIT: Final = 1 << 29


class Store:
    """A DuckDB connection that answers and writes; refuses with `RunError`."""

    def __init__(self, workspace: Path, *, threads: int | None, memory: str) -> None:
        settings: dict[str, Any] = {
            "memory_limit": memory,
            "temp_directory": str(workspace / "spill"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if threads is not None:
            settings["threads"] = threads
        try:
            self._connection = duckdb.connect(config=settings)
        except duckdb.Error as error:
            raise _refusal(error) from error

    def execute(self, statement: str) -> None:
        """Run a statement for its effect."""
        try:
            self._connection.execute(statement)
        except duckdb.Error as error:
            raise _refusal(error) from error

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            return self._connection.execute(query).fetchall()
        except duckdb.Error as error:
            raise _refusal(error) from error

    def write(self, query: str, path: Path) -> None:
        """Write the rows of an ordered query, in that order, to one Parquet file."""
        self.execute("SET preserve_insertion_order = true")
        self.execute(f"COPY ({query}) TO {quoted(path)} ({_PARQUET})")

    def close(self) -> None:
        """Close the connection and drop what it holds."""
        self._connection.close()


class DuckDBEngine:
    """Everything in one process; tables in memory, spilling into the workspace."""

    name = "duckdb"
    dialect: Dialect = DUCKDB

    def __init__(self, workspace: Path, *, threads: int | None, memory: str) -> None:
        self._store = Store(workspace, threads=threads, memory=memory)
        # Order is asked for where it matters (the writers sort), and costs memory elsewhere.
        self._store.execute("SET preserve_insertion_order = false")

    def versions(self) -> dict[str, str]:
        """DuckDB's own version."""
        return {"duckdb": duckdb.__version__}

    def read(self, table: str, files: Sequence[Path], columns: Mapping[str, str]) -> None:
        """A view over the files; only the columns asked for are ever read."""
        listed = ", ".join(quoted(file) for file in files)
        chosen = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
        several = ", union_by_name = true" if len(files) > 1 else ""
        self._store.execute(
            f"CREATE OR REPLACE TEMP VIEW {table} AS "
            f"SELECT {chosen} FROM read_parquet([{listed}]{several})"
        )

    def define(self, name: str, query: str) -> None:
        """A view."""
        self._store.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {query}")

    def stage(self, name: str, query: str) -> None:
        """A temporary table: some steps are used twice, and joins of tables plan better."""
        self.build(name, query)

    def forget(self, names: Sequence[str]) -> None:
        """Drop the tables, before the sorts of the results need their memory."""
        for name in names:
            self._store.execute(f"DROP TABLE IF EXISTS {name}")

    def build(self, name: str, query: str) -> None:
        """A temporary table."""
        self._store.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a small query."""
        return self._store.rows(query)

    def distinct(self, table: str, key: str, low: int, high: int) -> int:
        """The bits set in a bitmap of the keys: a fifth to an eighth of what counting them costs."""
        counted = f"COUNT(DISTINCT {key})"
        if 0 <= high - low < _BITMAP_LIMIT:
            counted = f"COALESCE(bit_count(bitstring_agg({key}, {low}, {high})), 0)"
        return int(self.rows(f"SELECT {counted} FROM {table}")[0][0])

    def verdicts(self, facts: str, rules: Sequence[RuleText]) -> str:
        """A scan a rule over the columns it names.

        Measured on a million households: 0.8 s against 2.9 s for one pass that unnests a list of
        structs, because each scan touches two or three columns of a table in memory.
        """
        return " UNION ALL ".join(
            f"SELECT household_id, CAST({rule.number} AS SMALLINT) AS rule_number, "
            f"{rule.condition} AS hit, {rule.observed.number} AS observed, "
            f"{rule.threshold.number} AS threshold, {rule.observed.text} AS observed_text, "
            f"{rule.threshold.text} AS threshold_text "
            f"FROM {facts} WHERE ({rule.condition}) IS NOT FALSE"
            for rule in rules
        )

    def finish(self, names: Sequence[str]) -> Store:
        """The tables are here already."""
        return self._store

    def close(self) -> None:
        """Close the connection."""
        self._store.close()


@contextmanager
def described() -> Iterator[Callable[[Path], dict[str, str]]]:
    """Tells the columns and DuckDB types of a Parquet file; one that is none raises `duckdb.Error`."""
    with duckdb.connect(config={"threads": 1}) as connection:

        def describe(file: Path) -> dict[str, str]:
            rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(file)})")
            return {str(row[0]): str(row[1]) for row in rows.fetchall()}

        yield describe


def quoted(path: Path) -> str:
    """A path as an SQL text."""
    return "'" + str(path).replace("'", "''") + "'"


def _refusal(error: duckdb.Error) -> RunError:
    reason = str(error).splitlines()[0]
    if isinstance(error, duckdb.OutOfMemoryException):
        return RunError(
            zh=f"内存不够（{reason}）；请加大 --memory，或换内存更大的机器。",
            en=f"out of memory ({reason}): give more with --memory, or use a larger machine.",
        )
    if isinstance(error, (duckdb.OutOfRangeException, duckdb.ConversionException)):
        return RunError(
            zh=f"金额或次数大得无法计算（{reason}）；请检查快照里的数。",
            en=f"a number is too large to compute with ({reason}): check the snapshot's amounts.",
        )
    return RunError(zh=f"计算引擎出错：{reason}", en=f"the engine failed: {reason}")
