"""Loading what packs say of supervision, checked whole: every problem with file, line and remedy.

An entry of a child replaces the parent's of the same kind and id.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

import anju.policies
from anju.duties.models import Plan
from anju.policies import files
from anju.policies.files import Problem
from anju.policies.tables import Table
from anju.procedures.model import Basis
from anju.supervision.book_model import (
    COUNTED,
    GOALS,
    NEEDS,
    SAMPLED,
    Checklist,
    ClassOfVillages,
    PointsRule,
    Said,
    Stage,
    SupervisionBook,
    VillageGoal,
)

_KINDS: Final = ("checklist", "points", "stage", "village_class", "village_goal")
_Shelf = dict[str, dict[str, Table]]


class SupervisionBookError(ValueError):
    """A pack that cannot be used; the text names every place."""


@cache
def book_of(pack: str) -> SupervisionBook:
    """What a shipped pack says; `SupervisionBookError` lists everything wrong with it."""
    return load(pack)


def book_of_plan(plan: Plan | None) -> SupervisionBook:
    """What the pack of a plan says; that of the county's own pack where the plan names none."""
    return book_of(plan.pack if plan and plan.pack else settings.POLICY_PACK)


def load(pack: str, folder: Path | None = None) -> SupervisionBook:
    """What a pack says, from `folder` (a folder of pack folders) before those shipped."""
    book, problems = _read(pack, folder)
    if problems:
        raise SupervisionBookError("\n".join(problem.chinese for problem in problems))
    return book


def check(pack: str, folder: Path | None = None) -> list[Problem]:
    """Everything wrong with what a pack says of supervision; an empty list is a sound pack."""
    return _read(pack, folder)[1]


def _read(pack: str, folder: Path | None) -> tuple[SupervisionBook, list[Problem]]:
    problems: list[Problem] = []
    shelf: _Shelf = {kind: {} for kind in _KINDS}
    for home in _chain(pack, folder, problems):
        for path in sorted((home / "supervision").glob("*.toml")):
            _take(path, f"{home.name}/supervision/{path.name}", shelf, problems)
    book = SupervisionBook(
        pack,
        tuple(_checklist(table) for table in shelf["checklist"].values()),
        tuple(_points(table) for table in shelf["points"].values()),
        tuple(_stage(table, tuple(shelf["stage"])) for table in shelf["stage"].values()),
        tuple(_village_class(table) for table in shelf["village_class"].values()),
        tuple(
            _goal(table, tuple(shelf["village_class"])) for table in shelf["village_goal"].values()
        ),
    )
    return book, problems


def _chain(pack: str, folder: Path | None, problems: list[Problem]) -> list[Path]:
    """The folders of a pack and of those it extends, the farthest ancestor first."""
    shipped = Path(anju.policies.__path__[0])
    roots = [shipped] if folder is None else [folder, shipped]
    homes: list[Path] = []
    wanted = pack
    while wanted and wanted not in {home.name for home in homes}:
        home = next(
            (root / wanted for root in roots if (root / wanted / "pack.toml").is_file()), None
        )
        if home is None:
            raise SupervisionBookError(f"没有政策包“{wanted}”。")
        homes.insert(0, home)
        header = files.read(home / "pack.toml", f"{wanted}/pack.toml", problems)
        wanted = str(header.content.get("pack", {}).get("extends", "")) if header else ""
    return homes


def _take(path: Path, name: str, shelf: _Shelf, problems: list[Problem]) -> None:
    file = files.read(path, name, problems)
    if file is None:
        return
    for kind, entries in file.content.items():
        if kind not in _KINDS or not isinstance(entries, list):
            allowed = ", ".join(f"[[{each}]]" for each in _KINDS)
            zh, en = f"这里不能有“{kind}”，可用：{allowed}。", f"not allowed here; use {allowed}."
            problems.append(Problem(name, file.line_of((kind,)), kind, zh, en))
            continue
        for number, entry in enumerate(entries):
            table = Table(file, (kind, number), entry, f"{kind}[{number}]", problems)
            shelf[kind][table.identifier("id")] = table


def _checklist(table: Table) -> Checklist:
    found = Checklist(
        table.identifier("id"),
        table.text("name"),
        table.text("name_en"),
        table.choice("of", SAMPLED),
        tuple(_said(row) for row in table.tables("questions")),
    )
    table.close()
    return found


def _points(table: Table) -> PointsRule:
    counts = table.choice("counts", tuple(COUNTED))
    found = PointsRule(
        id=table.identifier("id"),
        name=table.text("name"),
        name_en=table.text("name_en"),
        counts=counts,
        which=_listed(table, "which", COUNTED.get(counts, ())),
        points=table.whole("points", "分数", "a number of points"),
        most=table.optional_whole("most", "全年最多扣的分", "most points in a year"),
        valid_from=table.day("from"),
        valid_to=table.optional_day("until"),
        basis=_basis(table),
    )
    table.close()
    return found


def _stage(table: Table, stages: tuple[str, ...]) -> Stage:
    after = ""
    if table.optional_text("after"):
        after = table.choice("after", stages)
    found = Stage(
        id=table.identifier("id"),
        name=table.text("name"),
        name_en=table.text("name_en"),
        acts=table.text("acts"),
        acts_en=table.text("acts_en"),
        limit=table.text("limit"),
        after=after,
        needs=_listed(table, "needs", NEEDS),
        basis=_basis(table),
    )
    table.close()
    return found


def _village_class(table: Table) -> ClassOfVillages:
    found = ClassOfVillages(
        table.identifier("id"),
        table.text("name"),
        table.text("name_en"),
        tuple(_said(row) for row in table.tables("standards")),
        _basis(table),
    )
    table.close()
    return found


def _goal(table: Table, classes: tuple[str, ...]) -> VillageGoal:
    found = VillageGoal(
        table.identifier("id"),
        table.choice("class", classes),
        table.choice("counts", GOALS),
        table.text("indicator"),
    )
    table.close()
    return found


def _said(table: Table) -> Said:
    found = Said(table.identifier("id"), table.text("zh"), table.text("en"), _basis(table))
    table.close()
    return found


def _basis(table: Table) -> Basis:
    inner = table.table("basis")
    if inner is None:
        return Basis()
    if "default" in inner:
        found = Basis(default=inner.text("default"), default_en=inner.text("default_en"))
    else:
        found = Basis(inner.text("doc"), inner.text("clause"))
    inner.close()
    return found


def _listed(table: Table, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    found = table.texts(key)
    for name in found:
        if name not in allowed:
            listed = ", ".join(allowed) or "-"
            table.note(
                key,
                f"“{name}”不在允许之列：{listed}。",
                f"'{name}' is not allowed: use one of {listed}.",
            )
    return tuple(name for name in found if name in allowed)
