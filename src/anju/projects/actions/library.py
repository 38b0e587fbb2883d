"""Writing what is said of projects, one or a whole list; whoever calls has compared and checked it.

What is known otherwise closes the old row and adds a new one; what was learnt the same day is set
right in place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from anju.projects.facts import DESCRIPTION, Change, Fact, Held, Told, changes, merged, standing
from anju.projects.models import (
    Funding,
    Payment,
    Project,
    ProjectProgress,
    ProjectRecord,
    ProjectStep,
)
from anju.registry.models.dated import Known

_PARTS: Final[Mapping[str, tuple[Any, str, str]]] = {
    "steps": (ProjectStep, "step", "reached_on"),
    "funds": (Funding, "fund", "amount"),
    "progress": (ProjectProgress, "seen_on", "percent"),
}
_PAYMENT: Final = ("paid_on", "amount", "payee", "workers", "relocated_workers")
_AT_ONCE = 1_000


class _Writes:
    """Rows to close and to add, by their tables: closed first, since only one may be open."""

    def __init__(self, known_on: date, source: str) -> None:
        self._on, self._source = known_on, source
        self._closed: dict[Any, list[int]] = {}
        self._added: dict[Any, list[Known]] = {}

    def replace(self, model: Any, fact: Fact | None, values: Mapping[str, Any] | None) -> None:
        """Put new values in the place of a fact; None takes it back."""
        if fact is not None and values is not None and fact.known_from >= self._on:
            model.objects.filter(pk=fact.id).update(**values, source=self._source)
            return
        if fact is not None:
            self._closed.setdefault(model, []).append(fact.id)
        if values is not None:
            row = model(**values, known_from=self._on, source=self._source)
            self._added.setdefault(model, []).append(row)

    def carry_out(self) -> None:
        """Write everything."""
        for model, ids in self._closed.items():
            for at in range(0, len(ids), _AT_ONCE):
                part = model.objects.filter(pk__in=ids[at : at + _AT_ONCE])
                part.update(known_to=self._on)
        for model, rows in self._added.items():
            model.objects.bulk_create(rows, batch_size=_AT_ONCE)


@transaction.atomic
def write(
    *, known_on: date, source: str, entries: Sequence[tuple[Told, Held | None]]
) -> list[Project]:
    """Write what is said of each project, new where nothing was known; the projects in that order."""
    projects = _projects(entries)
    writes = _Writes(known_on, source)
    described = []
    for (told, held), project in zip(entries, projects, strict=True):
        if _describe(writes, project, told, held):
            described.append(project)
        for change in changes(told, held):
            if change.part != "description":
                _put(writes, project, change)
    writes.carry_out()
    _update(described, DESCRIPTION)
    _update(_moved(entries, projects), ("step", "reached_on"))
    return projects


def _projects(entries: Sequence[tuple[Told, Held | None]]) -> list[Project]:
    """The rows of the projects, made where there is none."""
    made = []
    for told, held in entries:
        if held is None:
            step, reached_on = standing(merged(told, None, "steps"))
            named = {"county_code": told.county_code, "code": told.code, **told.description}
            made.append(Project(**named, step=step, reached_on=reached_on))
    new = iter(Project.objects.bulk_create(made, batch_size=_AT_ONCE))
    known = Project.objects.in_bulk([held.project_id for _, held in entries if held is not None])
    return [next(new) if held is None else known[held.project_id] for _, held in entries]


def _moved(
    entries: Sequence[tuple[Told, Held | None]], projects: Sequence[Project]
) -> list[Project]:
    """Those that stand at another step than before, with it."""
    moved = []
    for (told, held), project in zip(entries, projects, strict=True):
        now = standing(merged(told, held, "steps"))
        if now != (project.step, project.reached_on):
            project.step, project.reached_on = now
            moved.append(project)
    return moved


def _update(projects: Sequence[Project], names: Sequence[str]) -> None:
    if projects:
        Project.objects.bulk_update(projects, names, batch_size=_AT_ONCE // 10)


def _describe(writes: _Writes, project: Project, told: Told, held: Held | None) -> bool:
    """Write the description down where it is new or another; whether the project's own row is behind."""
    before = held.description.value if held is not None else {}
    if held is not None and all(before[name] == value for name, value in told.description.items()):
        return False
    for name, value in told.description.items():
        setattr(project, name, value)
    values = {name: getattr(project, name) for name in DESCRIPTION}
    fact = held.description if held is not None else None
    writes.replace(ProjectRecord, fact, {"project_id": project.pk, **values})
    return held is not None


def _put(writes: _Writes, project: Project, change: Change) -> None:
    model, key, value = _PARTS[change.part]
    values = {"project_id": project.pk, key: change.name, value: change.after}
    writes.replace(model, change.fact, None if change.after is None else values)


@transaction.atomic
def write_payments(
    *, known_on: date, source: str, entries: Sequence[tuple[Payment, Payment | None]]
) -> None:
    """Write payments, each beside the one it replaces, if any. New ones are not saved yet."""
    writes = _Writes(known_on, source)
    for new, old in entries:
        fact = None if old is None else Fact(old.pk, None, old.known_from)
        values = {name: getattr(new, name) for name in _PAYMENT}
        named = {"project_id": new.project_id, "voucher": new.voucher, "kind": new.kind}
        writes.replace(Payment, fact, {**named, **values})
    writes.carry_out()
