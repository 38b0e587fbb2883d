"""Why a household is flagged, from a run's output folder alone.

`run.json` holds the names, clauses and parameter values of that run, so an old run explains itself
even after the packs have changed.
"""

# ruff: noqa: S608 (paths are quoted, ids are numbers)

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anju.rules import records, wording
from anju.rules.errors import RunError


@dataclass(frozen=True)
class Evidence:
    """A fact behind a finding, as it was on the day."""

    fact: str
    name: str
    name_en: str
    value: int | str | bool | None
    shown: str
    shown_en: str


@dataclass(frozen=True)
class Reading:
    """A parameter a rule was asked with, and where its value comes from."""

    parameter: str
    name: str
    name_en: str
    shown: str
    shown_en: str
    basis: str
    is_default: bool
    holds_from: str


@dataclass(frozen=True)
class Explained:
    """One finding of the household."""

    rule: str
    name: str
    name_en: str
    status: str  # hit, or unknown where data is missing
    level: str
    risk: str
    condition: str
    observed: str
    observed_en: str
    threshold: str
    threshold_en: str
    basis: tuple[str, ...]
    clears: str
    clears_en: str
    evidence: tuple[Evidence, ...]
    parameters: tuple[Reading, ...]
    missing: tuple[str, ...]  # facts that are unknown


@dataclass(frozen=True)
class Explanation:
    """Everything a run says about one household, highest level first."""

    household_id: int
    code: str | None
    village_code: str | None
    pack: str
    month: str
    as_of: str
    level: str | None
    findings: tuple[Explained, ...]
    facts: Mapping[str, int | str | bool | None]

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return dataclasses.asdict(self)


def explain(out: Path, household: str | int) -> Explanation:
    """Explain a household, given by its id or its code, from the output folder of a run.

    A text is first taken as a code, then as an id. Raises `RunError` where the folder holds no run
    or the run no such household.
    """
    import duckdb

    from anju.rules.engines.duckdb import quoted

    record = records.read(out)
    try:
        with duckdb.connect() as connection:
            facts = _facts(connection, quoted(out / "facts.parquet"), household)
            if facts is None:
                raise RunError(
                    zh=f"运行结果 {out} 里没有编号或代码为 {household} 的户。",
                    en=f"the run in {out} has no household with the id or code {household}.",
                )
            cursor = connection.execute(
                f"SELECT * FROM read_parquet({quoted(out / 'findings.parquet')}) "
                "WHERE household_id = ? ORDER BY rule",
                [facts["household_id"]],
            )
            rows = [
                dict(zip((item[0] for item in cursor.description), row, strict=True))
                for row in cursor.fetchall()
            ]
    except duckdb.Error as error:
        raise RunError(
            zh=f"运行结果 {out} 读不了（{str(error).splitlines()[0]}）；请重新运行。",
            en=f"the run in {out} cannot be read ({str(error).splitlines()[0]}): run it again.",
        ) from error
    findings = [_explained(row, record, facts) for row in rows]
    findings.sort(key=lambda item: (item.status != "hit", _height(item.level), item.rule))
    hits = [item.level for item in findings if item.status == "hit"]
    return Explanation(
        household_id=facts["household_id"],
        code=facts["code"],
        village_code=facts["village_code"],
        pack=record["pack"]["id"],
        month=record["month"],
        as_of=record["as_of"],
        level=hits[0] if hits else None,
        findings=tuple(findings),
        facts={name: facts[name] for name in record["facts"]},
    )


def _facts(connection: Any, path: str, household: str | int) -> dict[str, Any] | None:
    attempts: list[tuple[str, str | int]] = []
    if isinstance(household, str):
        attempts.append(("code", household))
        if household.isascii() and household.isdigit() and len(household) <= 18:
            attempts.append(("household_id", int(household)))
    else:
        attempts.append(("household_id", household))
    for column, asked in attempts:
        cursor = connection.execute(
            f"SELECT * FROM read_parquet({path}) WHERE {column} = ? ORDER BY household_id LIMIT 2",
            [asked],
        )
        rows = cursor.fetchall()
        if len(rows) > 1:
            raise RunError(
                zh=f"代码 {household} 有不止一户；请用户编号。",
                en=f"the code {household} belongs to several households: give the id.",
            )
        if rows:
            return dict(zip((item[0] for item in cursor.description), rows[0], strict=True))
    return None


def _height(level: str) -> int:
    order = ("red", "orange", "yellow", "hint")
    return order.index(level) if level in order else len(order)


def _explained(
    row: Mapping[str, Any], record: Mapping[str, Any], facts: Mapping[str, Any]
) -> Explained:
    rule = record["rules"][row["rule"]]
    named = list(dict.fromkeys([*rule["facts"], *rule["show"]]))
    return Explained(
        rule=row["rule"],
        name=rule["name"],
        name_en=rule["name_en"],
        status=row["status"],
        level=row["level"],
        risk=row["risk"],
        condition=rule["when"],
        observed=_shown(row, "observed", rule, facts, "zh"),
        observed_en=_shown(row, "observed", rule, facts, "en"),
        threshold=_shown(row, "threshold", rule, facts, "zh"),
        threshold_en=_shown(row, "threshold", rule, facts, "en"),
        basis=tuple(_basis(basis, record) for basis in rule["basis"]),
        clears=rule["clears"],
        clears_en=rule["clears_en"],
        evidence=tuple(_evidence(name, record, facts) for name in named),
        parameters=tuple(_reading(name, record) for name in rule["parameters"]),
        missing=tuple(name for name in rule["facts"] if facts.get(name) is None),
    )


def _shown(
    row: Mapping[str, Any],
    part: str,
    rule: Mapping[str, Any],
    facts: Mapping[str, Any],
    language: str,
) -> str:
    written = rule["observe" if part == "observed" else "threshold"]
    found: object = row[part] if row[part] is not None else row[f"{part}_text"]
    if found is None and isinstance(facts.get(written), bool):
        found = facts[written]
    if found is None and written.upper() in ("TRUE", "FALSE"):
        found = written.upper() == "TRUE"
    if found is None and not written:
        return ""
    return wording.value(found, rule["unit"], language)


def _basis(basis: Mapping[str, str], record: Mapping[str, Any]) -> str:
    if "default" in basis:
        words = (basis["default"], basis.get("default_en", ""))
        return f"默认，待确认：{' · '.join(word for word in words if word)}"
    document = record["pack"]["documents"].get(basis["doc"])
    title = f"《{document['title']}》" if document else basis["doc"]
    return f"{title}{basis['clause']}"


def _evidence(name: str, record: Mapping[str, Any], facts: Mapping[str, Any]) -> Evidence:
    fact, value = record["facts"][name], facts.get(name)
    return Evidence(
        fact=name,
        name=fact["zh"],
        name_en=fact["en"],
        value=value,
        shown=wording.value(value, fact["unit"], "zh"),
        shown_en=wording.value(value, fact["unit"], "en"),
    )


def _reading(name: str, record: Mapping[str, Any]) -> Reading:
    parameter = record["parameters"][name]
    return Reading(
        parameter=name,
        name=parameter["name"],
        name_en=parameter["name_en"],
        shown=wording.parameter(parameter["value"], parameter["unit"], "zh"),
        shown_en=wording.parameter(parameter["value"], parameter["unit"], "en"),
        basis=_basis(parameter["basis"], record),
        is_default=parameter["default"],
        holds_from=parameter["from"],
    )
