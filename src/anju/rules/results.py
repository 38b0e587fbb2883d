"""The results of a run as queries and files: facts, findings, levels, rollup.

Everything is written by DuckDB from sorted queries, whatever engine computed the verdicts, so that
equal verdicts are equal bytes.
"""

# ruff: noqa: S608 (table and column names come from this package, values from checked numbers)

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from anju.rules import catalogue
from anju.rules.compiling import Compiler
from anju.rules.engines.duckdb import Store
from anju.rules.evaluating import RuleText
from anju.rules.pack_model import LEVELS, Rule

FACTS: Final = "household_facts"
VERDICTS: Final = "verdicts"
PLACE_DIGITS: Final = (6, 9, 12)


@dataclass(frozen=True)
class Stamp:
    """What every finding carries of its run."""

    pack_hash: str
    snapshot_hash: str
    as_of: date


@dataclass(frozen=True)
class Counts:
    """Hits and unknowns by rule, households by level."""

    rules: Mapping[str, tuple[int, int]]
    levels: Mapping[str, int]

    @property
    def hits(self) -> int:
        """All hits."""
        return sum(hit for hit, _ in self.rules.values())

    @property
    def unknown(self) -> int:
        """All gaps in the data."""
        return sum(unknown for _, unknown in self.rules.values())


def facts_query(compiler: Compiler) -> str:
    """The rows of `facts.parquet`."""
    columns = ", ".join(
        f"{compiler.fact_column(fact)} AS {fact.id}" for fact in catalogue.load().values()
    )
    return f"SELECT {', '.join(catalogue.KEYS)}, {columns} FROM {FACTS} ORDER BY household_id"


def write(
    store: Store,
    folder: Path,
    rules: Sequence[RuleText],
    compiler: Compiler,
    stamp: Stamp,
    tick: Callable[[str], None],
) -> Counts:
    """Write the four Parquet files; `tick` is told the name of each before it is written."""
    _name_rules(store, rules)
    tick("facts.parquet")
    store.write(facts_query(compiler), folder / "facts.parquet")
    tick("findings.parquet")
    store.write(_findings_query(rules, stamp), folder / "findings.parquet")
    tick("levels.parquet")
    store.write(_levels_query(rules), folder / "levels.parquet")
    tick("rollup.parquet")
    store.write(_rollup_query(), folder / "rollup.parquet")
    return _counts(store, rules)


def _name_rules(store: Store, rules: Sequence[RuleText]) -> None:
    """The rules by number, for counting by place."""
    lines = ", ".join(f"({text.number}, '{text.rule.id}')" for text in rules) or "(0, '')"
    only = "" if rules else " WHERE FALSE"
    store.execute(
        "CREATE OR REPLACE TEMP TABLE rule_names AS "
        f"SELECT * FROM (VALUES {lines}) listed (rule_number, rule){only}"
    )


def _findings_query(rules: Sequence[RuleText], stamp: Stamp) -> str:
    """Narrow rows are sorted, and the words of each rule looked up behind the sort."""

    def word(of: Callable[[Rule], str]) -> str:
        listed = ", ".join(f"'{of(text.rule)}'" for text in rules) or "''"
        return f"([{listed}])[rule_number + 1]"

    return (
        f"SELECT household_id, CAST(NULL AS BIGINT) AS person_id, {word(lambda r: r.id)} AS rule, "
        f"CASE WHEN hit THEN 'hit' ELSE 'unknown' END AS status, {word(lambda r: r.level)} AS level, "
        f"{word(lambda r: r.risk)} AS risk, observed, threshold, observed_text, threshold_text, "
        f"'{stamp.pack_hash}' AS pack_hash, {word(lambda r: r.hash)} AS rule_hash, "
        f"DATE '{stamp.as_of.isoformat()}' AS as_of, '{stamp.snapshot_hash}' AS snapshot_hash "
        f"FROM (SELECT * FROM {VERDICTS} ORDER BY household_id, rule_number) sorted"
    )


def _height(rules: Sequence[RuleText]) -> str:
    """A rule's level as a number, 0 the highest."""
    listed = ", ".join(str(LEVELS.index(text.rule.level)) for text in rules) or "0"
    return f"([{listed}])[rule_number + 1]"


def _levels_query(rules: Sequence[RuleText]) -> str:
    names = " ".join(f"WHEN {height} THEN '{level}'" for height, level in enumerate(LEVELS))
    return (
        f"SELECT household_id, CASE height {names} END AS level FROM ("
        f"SELECT household_id, MIN({_height(rules)}) AS height FROM {VERDICTS} "
        "WHERE hit GROUP BY household_id) highest ORDER BY household_id"
    )


def _rollup_query() -> str:
    """Every place with every rule, noughts too; households without a place are in none."""
    digits = ", ".join(f"({length})" for length in PLACE_DIGITS)
    return (
        "WITH villages AS ("
        f"SELECT village_code, COUNT(*) AS households FROM {FACTS} "
        "WHERE village_code IS NOT NULL GROUP BY village_code), "
        "counted AS (SELECT f.village_code, v.rule_number, "
        "COUNT(CASE WHEN v.hit THEN 1 END) AS hits, "
        "COUNT(CASE WHEN v.hit IS NULL THEN 1 END) AS unknown "
        f"FROM {VERDICTS} v JOIN {FACTS} f ON f.household_id = v.household_id "
        "WHERE f.village_code IS NOT NULL GROUP BY f.village_code, v.rule_number) "
        "SELECT SUBSTR(p.village_code, 1, d.digits) AS place, n.rule, "
        "CAST(SUM(COALESCE(c.hits, 0)) AS BIGINT) AS hits, "
        "CAST(SUM(COALESCE(c.unknown, 0)) AS BIGINT) AS unknown, "
        "CAST(SUM(p.households) AS BIGINT) AS households "
        f"FROM villages p CROSS JOIN rule_names n CROSS JOIN (VALUES {digits}) d (digits) "
        "LEFT JOIN counted c ON c.village_code = p.village_code AND c.rule_number = n.rule_number "
        "GROUP BY 1, 2 ORDER BY 1, 2"
    )


def _counts(store: Store, rules: Sequence[RuleText]) -> Counts:
    found = {
        int(number): (int(hits), int(unknown))
        for number, hits, unknown in store.rows(
            "SELECT rule_number, COUNT(CASE WHEN hit THEN 1 END), "
            f"COUNT(CASE WHEN hit IS NULL THEN 1 END) FROM {VERDICTS} GROUP BY rule_number"
        )
    }
    levels = dict(
        store.rows(f"SELECT level, COUNT(*) FROM ({_levels_query(rules)}) levels GROUP BY level")
    )
    return Counts(
        rules={text.rule.id: found.get(text.number, (0, 0)) for text in rules},
        levels={level: int(levels.get(level, 0)) for level in LEVELS},
    )
