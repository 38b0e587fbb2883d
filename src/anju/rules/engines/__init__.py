"""The engines rules run on, behind one small protocol; drivers are imported only when opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from anju.rules.dialects import Dialect
from anju.rules.errors import RunError

if TYPE_CHECKING:
    from anju.rules.engines.duckdb import Store
    from anju.rules.evaluating import RuleText

NAMES: Final = ("duckdb", "spark")


class Engine(Protocol):
    """What a run asks of an engine. Names of steps are those of the fact queries."""

    name: str
    dialect: Dialect

    def versions(self) -> dict[str, str]:
        """The engine's parts and their versions, for `run.json`."""

    def read(self, table: str, files: Sequence[Path], columns: Mapping[str, str]) -> None:
        """Make a snapshot table readable: each column as the SQL text that gives its type."""

    def define(self, name: str, query: str) -> None:
        """Name a query; naming it again replaces it."""

    def stage(self, name: str, query: str) -> None:
        """Name a step on the way, computed now or when it is used, as suits the engine."""

    def build(self, name: str, query: str) -> None:
        """Compute a query and keep its rows under a name."""

    def forget(self, names: Sequence[str]) -> None:
        """Let go of staged steps that are no longer needed."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a small query."""

    def distinct(self, table: str, key: str, low: int, high: int) -> int:
        """How many different whole numbers `key` has, NULL apart; all lie from `low` to `high`."""

    def verdicts(self, facts: str, rules: Sequence[RuleText]) -> str:
        """The query that judges every household by every rule, a row for each hit or unknown."""

    def finish(self, names: Sequence[str]) -> Store:
        """The built tables of those names in a DuckDB store, which writes the results."""

    def close(self) -> None:
        """Let go of everything held."""


def open_engine(name: str, *, workspace: Path, threads: int | None, memory: str) -> Engine:
    """Open an engine; `workspace` is a folder it may use until it is closed."""
    if name == "duckdb":
        from anju.rules.engines.duckdb import DuckDBEngine

        return DuckDBEngine(workspace, threads=threads, memory=memory)
    if name == "spark":
        from anju.rules.engines.spark import SparkEngine

        return SparkEngine(workspace, threads=threads, memory=memory)
    raise RunError(
        zh=f"没有叫 {name} 的计算引擎，可以是 {'、'.join(NAMES)}。",
        en=f"there is no engine '{name}': allowed are {', '.join(NAMES)}.",
    )
