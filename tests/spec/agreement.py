"""Where an engine's output folder and the reference's answer differ, in sentences."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from tests.reference.facts import shown
from tests.reference.findings import Answer

FINDING_COLUMNS = (
    "household_id", "rule", "status", "level", "risk", "observed", "threshold", "observed_text",
    "threshold_text",
)  # fmt: skip


def differences(
    answer: Answer, out: Path, place: Callable[[int], str] = "household {}".format
) -> list[str]:
    """Every fact, finding, level and count that the two do not share; empty where they agree."""
    return [
        *_of_facts(answer, out, place),
        *_of_findings(answer, out, place),
        *_of_levels(answer, out, place),
        *_of_places(answer, out),
        *_of_the_run(answer, out),
    ]


def fact_rows(out: Path) -> dict[int, dict[str, Any]]:
    rows = pq.read_table(out / "facts.parquet").to_pylist()
    return {row["household_id"]: row for row in rows}


def finding_rows(out: Path) -> list[dict[str, Any]]:
    """Findings in the order of the file, with the columns that do not depend on pack and run."""
    table = pq.read_table(out / "findings.parquet", columns=list(FINDING_COLUMNS))
    return table.to_pylist()


def level_rows(out: Path) -> dict[int, str]:
    rows = pq.read_table(out / "levels.parquet").to_pylist()
    return {row["household_id"]: row["level"] for row in rows}


def _of_facts(answer: Answer, out: Path, place: Callable[[int], str]) -> list[str]:
    given = fact_rows(out)
    found = [
        f"{place(household)}: in one of the two only"
        for household in sorted(set(given) ^ set(answer.facts))
    ]
    for household in sorted(set(given) & set(answer.facts)):
        for name, value in answer.facts[household].items():
            expected, seen = shown(value), given[household].get(name, "no such column")
            if seen != expected or type(seen) is not type(expected):
                found.append(f"{place(household)}: {name} is {seen!r}, reference {expected!r}")
    return found


def _of_findings(answer: Answer, out: Path, place: Callable[[int], str]) -> list[str]:
    given = {(row["household_id"], row["rule"]): row for row in finding_rows(out)}
    expected = {
        (finding.household_id, finding.rule): {
            column: getattr(finding, column) for column in FINDING_COLUMNS
        }
        for finding in answer.findings
    }
    found = [] if list(given) == sorted(given) else ["findings are not in order"]
    for key in sorted(set(given) | set(expected)):
        engine, reference = given.get(key), expected.get(key)
        if engine != reference:
            found.append(f"{place(key[0])}: engine {engine}, reference {reference}")
    return found


def _of_levels(answer: Answer, out: Path, place: Callable[[int], str]) -> list[str]:
    given = level_rows(out)
    return [
        f"{place(household)}: level {given.get(household)}, reference {answer.levels.get(household)}"
        for household in sorted(set(given) | set(answer.levels))
        if given.get(household) != answer.levels.get(household)
    ]


def _of_places(answer: Answer, out: Path) -> list[str]:
    """Rows of a place and rule without any finding may be there or not."""
    rows = pq.read_table(out / "rollup.parquet").to_pylist()
    given = {
        (row["place"], row["rule"]): (row["hits"], row["unknown"], row["households"])
        for row in rows
        if row["hits"] or row["unknown"]
    }
    expected = {key: dataclasses.astuple(tally) for key, tally in answer.places.items()}
    return [
        f"{key}: hits, unknown, households {given.get(key)}, reference {expected.get(key)}"
        for key in sorted(set(given) | set(expected))
        if given.get(key) != expected.get(key)
    ]


def _of_the_run(answer: Answer, out: Path) -> list[str]:
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    left_out = {table: rows for table, rows in record["snapshot"]["left_out"].items() if rows}
    absent = {entry["rule"] for entry in record["not_applicable"]}
    counts = {
        (rule, status): number
        for rule, of_rule in record["counts"]["rules"].items()
        for status, number in (("hit", of_rule["hits"]), ("unknown", of_rule["unknown"]))
        if number
    }
    levels = {level: number for level, number in record["counts"]["levels"].items() if number}
    pairs = {
        "rows left out": (left_out, dict(answer.left_out)),
        "rules that do not apply": (absent, answer.not_applicable),
        "findings by rule": (counts, Counter((f.rule, f.status) for f in answer.findings)),
        "households by level": (levels, Counter(answer.levels.values())),
    }
    return [
        f"run.json, {what}: {given}, reference {expected}"
        for what, (given, expected) in pairs.items()
        if given != expected
    ]
