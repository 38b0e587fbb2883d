"""Runs of all drawn cases, grouped: one snapshot, one engine run for each month and pack.

Every group is judged twice, by the reference and by DuckDB; the tests only compare. Results are kept for the session, since each case asks for its group's.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from tests.reference import findings as reference
from tests.reference.days import as_of
from tests.reference.world import World
from tests.spec import snapshots
from tests.spec.drawn import Case, all_cases

from anju.rules import packs, running
from anju.rules.months import Month
from anju.rules.pack_model import Basis, DatedValue, Examples, Parameter, Rule

_FOLDER = tempfile.TemporaryDirectory(prefix="anju-spec-")


@dataclass(frozen=True)
class Group:
    """The cases of one month and one pack; those that bring rules along stand apart."""

    month: str
    pack: str
    has_own_rules: bool

    @property
    def id(self) -> str:
        return f"{self.month} {self.pack}" + (" with rules" if self.has_own_rules else "")

    @property
    def folder(self) -> Path:
        return Path(_FOLDER.name) / self.id.replace(" ", "_")


def group_of(case: Case) -> Group:
    return Group(case.month, case.pack, has_own_rules=bool(case.rules))


@cache
def groups() -> tuple[Group, ...]:
    return tuple(dict.fromkeys(group_of(case) for case in all_cases()))


def cases_of(group: Group) -> list[Case]:
    return [case for case in all_cases() if group_of(case) == group]


@cache
def pack_of(group: Group) -> packs.Pack:
    """The pack; where cases bring rules along, those in place of its own, with its parameters."""
    pack = packs.load(group.pack)
    if not group.has_own_rules:
        return pack
    rules = [_rule(case, rule) for case in cases_of(group) for rule in case.rules]
    parameters = [_parameter(drawn) for case in cases_of(group) for drawn in case.parameters]
    known = {**pack.parameters, **{parameter.id: parameter for parameter in parameters}}
    assert len(known) == len(pack.parameters) + len(parameters), "a parameter drawn twice"
    return dataclasses.replace(pack, rules=tuple(rules), parameters=known)


def _parameter(drawn: Mapping[str, str]) -> Parameter:
    exact = Fraction(drawn["value"])
    value = DatedValue(
        from_=date(2020, 1, 1),
        until=None,
        value=int(exact) if exact.denominator == 1 else exact,
        formula="",
        basis=Basis(default="drawn"),
    )
    return Parameter(drawn["id"], drawn["id"], drawn["id"], drawn["unit"], (value,))


def _rule(case: Case, drawn: Mapping[str, str]) -> Rule:
    return Rule(
        id=case.rule_id(drawn["id"]),
        name=case.name,
        name_en=case.name,
        subject="household",
        when=drawn["when"],
        observe=drawn.get("observe", "members"),
        threshold=drawn.get("threshold", "1"),
        unit=drawn.get("unit", "人"),
        level=drawn.get("level", "hint"),
        risk="means",
        clears="",
        clears_en="",
        basis=(Basis(default="drawn"),),
        show=(),
        examples=Examples(month=case.month, hit=(), miss=(), near=()),
        from_=None,
        until=None,
        pack="drawn",
        hash=case.rule_id(drawn["id"]),
    )


@cache
def tables_of(group: Group) -> Mapping[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in cases_of(group):
        for table, rows in case.rows().items():
            tables[table] += rows
    return tables


@cache
def snapshot_of(group: Group) -> Path:
    return snapshots.write(group.folder / "snapshot", tables_of(group))


@cache
def reference_answer(group: Group) -> reference.Answer:
    return judged(tables_of(group), pack_of(group), group.month)


def judged(tables: Mapping[str, Iterable[Any]], pack: packs.Pack, month: str) -> reference.Answer:
    """What the reference says of rows under a pack in a month."""
    when = Month.parse(month)
    return reference.run(World(tables), pack.values(when), pack.rules_in(when), as_of(month))


@cache
def duckdb_output(group: Group) -> Path:
    out = group.folder / "duckdb"
    running.run(snapshot_of(group), pack_of(group), Month.parse(group.month), out)
    return out
