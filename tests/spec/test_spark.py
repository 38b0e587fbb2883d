"""Spark says what DuckDB says, byte for byte, on every drawn case and every rule there is.

Spark is slow to start and slow to plan, so all cases stand in one snapshot and the rules of all
packs in one pack, run in one session for two months: one in the middle of the cases, and one that
ends on a leap day with no quarter of its year ended.
"""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.spec import runs, snapshots
from tests.spec.drawn import all_cases

from anju.rules import packs, running
from anju.rules.months import Month
from anju.rules.pack_model import Parameter, Rule

MONTHS = ("2023-09", "2024-02")
TABLES = ("facts", "findings", "levels", "rollup")
# A machine of a minute: compiling its code for hours takes it half of its time.
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
pytestmark = [pytest.mark.spark, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def quick_java() -> Iterator[None]:
    """Before Spark starts the machine it runs in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", QUICK_JAVA)
        yield


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in all_cases():
        for table, rows in case.rows().items():
            tables[table] += rows
    return snapshots.write(tmp_path_factory.mktemp("cases"), tables)


@pytest.fixture(scope="module")
def pack() -> packs.Pack:
    """The rules and parameters of all packs and cases at once, in force at any time."""
    rules: list[Rule] = []
    parameters: dict[str, Parameter] = {}
    drawn = [runs.pack_of(group) for group in runs.groups() if group.has_own_rules]
    for pack in [*drawn, *map(packs.load, packs.names())]:
        parameters = {
            **{key: _always(value) for key, value in pack.parameters.items()},
            **parameters,
        }
        rules += [
            dataclasses.replace(
                rule, id=f"{pack.id}_{rule.id}".replace("-", "_"), from_=None, until=None
            )
            for rule in pack.rules
            if rule.pack in (pack.id, "drawn")
        ]
    return dataclasses.replace(packs.load("national"), rules=tuple(rules), parameters=parameters)


def _always(parameter: Parameter) -> Parameter:
    """The parameter with its first value, whatever the month."""
    value = dataclasses.replace(parameter.values[0], from_=date(2015, 1, 1), until=None)
    return dataclasses.replace(parameter, values=(value,))


@pytest.mark.parametrize("month", MONTHS)
def test_spark_gives_what_duckdb_gives(
    snapshot: Path, pack: packs.Pack, month: str, tmp_path: Path
):
    for engine in ("duckdb", "spark"):
        running.run(snapshot, pack, Month.parse(month), tmp_path / engine, engine=engine)

    differing = [
        table
        for table in TABLES
        if _bytes(tmp_path / "spark", table) != _bytes(tmp_path / "duckdb", table)
    ]

    assert len(pack.rules) > 60
    assert not differing
    assert _record(tmp_path / "spark") == _record(tmp_path / "duckdb")


def _bytes(out: Path, table: str) -> bytes:
    return (out / f"{table}.parquet").read_bytes()


def _record(out: Path) -> dict[str, Any]:
    """run.json without the one entry that has to differ."""
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    record.pop("engine")
    return record
