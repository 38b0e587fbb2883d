"""Spark, for provinces: the same query texts, computed by PySpark, written by the common writer.

PySpark is an extra and needs Java 17; nothing else imports this module.
"""

# ruff: noqa: S608 (table and column names come from this package, values from checked numbers)

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from anju.rules.dialects import SPARK, Dialect
from anju.rules.engines.duckdb import Store, quoted
from anju.rules.errors import RunError
from anju.rules.evaluating import RuleText

_PARTITIONS: Final = 8  # of shuffles in local mode; a cluster sets its own
_Result = TypeVar("_Result")


class SparkEngine:
    """A Spark session of our own (local unless the environment says otherwise), or the one running."""

    name = "spark"
    dialect: Dialect = SPARK

    def __init__(self, workspace: Path, *, threads: int | None, memory: str) -> None:
        self._workspace = workspace
        self._threads, self._memory = threads, memory
        self._store: Store | None = None
        self._spark, self._is_ours = self._session()

    def versions(self) -> dict[str, str]:
        """Spark's version, and that of the writer."""
        import duckdb

        return {"spark": str(self._spark.version), "duckdb": duckdb.__version__}

    def read(self, table: str, files: Sequence[Path], columns: Mapping[str, str]) -> None:
        """A temporary view over the files."""
        chosen = [f"{sql} AS {name}" for name, sql in columns.items()]
        self._asked(
            lambda: (
                self._spark.read.parquet(*[str(file) for file in files])
                .selectExpr(*chosen)
                .createOrReplaceTempView(table)
            )
        )

    def define(self, name: str, query: str) -> None:
        """A temporary view."""
        self._asked(lambda: self._spark.sql(query).createOrReplaceTempView(name))

    def stage(self, name: str, query: str) -> None:
        """A temporary view: Spark plans the whole at once."""
        self.define(name, query)

    def forget(self, names: Sequence[str]) -> None:
        """Views hold nothing."""

    def build(self, name: str, query: str) -> None:
        """Parquet files in the workspace, read back under the name."""
        folder = str(self._workspace / name)
        self._asked(lambda: self._spark.sql(query).write.parquet(folder, mode="overwrite"))
        self._asked(lambda: self._spark.read.parquet(folder).createOrReplaceTempView(name))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a small query."""
        return self._asked(lambda: [tuple(row) for row in self._spark.sql(query).collect()])

    def distinct(self, table: str, key: str, low: int, high: int) -> int:
        """Counted: Spark has no bitmaps to aggregate."""
        return int(self.rows(f"SELECT COUNT(DISTINCT {key}) FROM {table}")[0][0])

    def verdicts(self, facts: str, rules: Sequence[RuleText]) -> str:
        """One pass: Spark plans a branch a rule as a job part a rule, which is slow."""
        if not rules:
            return (
                "SELECT household_id, CAST(0 AS SMALLINT) AS rule_number, "
                "CAST(NULL AS BOOLEAN) AS hit, CAST(NULL AS BIGINT) AS observed, "
                "CAST(NULL AS BIGINT) AS threshold, CAST(NULL AS STRING) AS observed_text, "
                f"CAST(NULL AS STRING) AS threshold_text FROM {facts} WHERE FALSE"
            )
        listed = ", ".join(
            f"NAMED_STRUCT('rule_number', CAST({rule.number} AS SMALLINT), "
            f"'hit', {rule.condition}, 'observed', {rule.observed.number}, "
            f"'threshold', {rule.threshold.number}, 'observed_text', {rule.observed.text}, "
            f"'threshold_text', {rule.threshold.text})"
            for rule in rules
        )
        return (
            "SELECT household_id, verdict.* FROM ("
            f"SELECT household_id, EXPLODE(ARRAY({listed})) AS verdict FROM {facts}"
            ") judged WHERE verdict.hit IS NULL OR verdict.hit"
        )

    def finish(self, names: Sequence[str]) -> Store:
        """A DuckDB store over the files Spark has written."""
        self._store = Store(self._workspace, threads=self._threads, memory=self._memory)
        for name in names:
            files = quoted(self._workspace / name / "*.parquet")
            self._store.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM read_parquet({files})")
        return self._store

    def close(self) -> None:
        """Stop the session if it is ours."""
        if self._store is not None:
            self._store.close()
        if self._is_ours:
            self._spark.stop()

    def _session(self) -> tuple[Any, bool]:
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise RunError(
                zh="没有安装 PySpark；请安装 anju[spark]，并准备 Java 17。",
                en="PySpark is not installed: install anju[spark] and a Java 17 runtime.",
            ) from error
        running = SparkSession.getActiveSession()
        builder = (
            SparkSession.builder.appName("anju rules")
            .master(f"local[{self._threads or '*'}]")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", str(_PARTITIONS))
            .config("spark.sql.warehouse.dir", str(self._workspace / "warehouse"))
        )
        try:
            session = running or builder.getOrCreate()
            session.sparkContext.setLogLevel("ERROR")
        except Exception as error:  # the launcher raises what it likes when Java is missing
            raise RunError(
                zh=f"Spark 起不来（{_first_line(error)}）；请检查 Java 17 和 JAVA_HOME。",
                en=f"Spark does not start ({_first_line(error)}): check Java 17 and JAVA_HOME.",
            ) from error
        return session, running is None

    def _asked(self, question: Callable[[], _Result]) -> _Result:
        from pyspark.errors import PySparkException

        try:
            return question()
        except PySparkException as error:
            raise RunError(
                zh=f"Spark 计算出错：{_first_line(error)}",
                en=f"Spark failed: {_first_line(error)}",
            ) from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]
