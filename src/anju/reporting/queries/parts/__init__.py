"""The parts of a report, in the order they stand, and what tells each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from anju.reporting.models import Replacing
from anju.reporting.queries.asked import Asked
from anju.reporting.queries.parts import (
    cases,
    clearing,
    imports,
    indicators,
    problems,
    tasks,
    units,
    warnings,
)
from anju.reporting.told import Part


@dataclass(frozen=True)
class PartKind:
    """One part: `tell` gives what it says by itself, or None where it has no place in the report."""

    id: str
    title: str
    tell: Callable[[Asked], Part | None] | None = None


PARTS: tuple[PartKind, ...] = (
    PartKind("warnings", warnings.TITLE, warnings.tell),
    PartKind("cases", cases.TITLE, cases.tell),
    PartKind("clearing", clearing.TITLE, clearing.tell),
    PartKind("tasks", tasks.TITLE, tasks.tell),
    PartKind("indicators", indicators.TITLE, indicators.tell),
    PartKind("problems", problems.TITLE, problems.tell),
    PartKind("imports", imports.TITLE, imports.tell),
    PartKind("units", units.TITLE, units.tell),
    PartKind("difficulties", "存在的困难和问题"),
    PartKind("next", "下一步工作打算"),
)


def tell(asked: Asked) -> list[Part]:
    """All parts with their figures as they are on a day; those without a place are left out.

    Nothing of what is withdrawn: that document only says so.
    """
    told: list[Part] = []
    if asked.report.replacing == Replacing.WITHDRAWAL:
        return told
    for kind in PARTS:
        part = kind.tell(asked) if kind.tell else Part(kind.id, kind.title)
        if part is not None:
            told.append(part)
    return told
