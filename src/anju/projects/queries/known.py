"""What the library knows now, for what compares with it: by keys that a list or a gate gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from anju.projects.facts import DESCRIPTION, Fact, Held
from anju.projects.models import (
    Funding,
    Payment,
    Project,
    ProjectProgress,
    ProjectRecord,
    ProjectStep,
)

Key = tuple[str, str]
_AT_ONCE = 5_000


def held_by_code(keys: Collection[Key]) -> dict[Key, Held]:
    """(county, code) → what is known of the project, of those that are in the library."""
    found: dict[Key, Held] = {}
    for part in _parts(sorted({code for _, code in keys})):
        rows = Project.objects.filter(code__in=part)
        ids = {
            pk: (county, code)
            for pk, county, code in rows.values_list("pk", "county_code", "code")
            if (county, code) in keys
        }
        found.update((ids[pk], held) for pk, held in held_by_id(list(ids)).items())
    return found


def held_by_id(project_ids: Collection[int]) -> dict[int, Held]:
    """Project → what is known of it."""
    steps = _facts(ProjectStep, project_ids, "step", "reached_on")
    funds = _facts(Funding, project_ids, "fund", "amount")
    progress = _facts(ProjectProgress, project_ids, "seen_on", "percent")
    records = ProjectRecord.objects.filter(project__in=project_ids, known_to__isnull=True)
    return {
        each["project_id"]: Held(
            each["project_id"],
            Fact(each["id"], {name: each[name] for name in DESCRIPTION}, each["known_from"]),
            steps[each["project_id"]],
            funds[each["project_id"]],
            progress[each["project_id"]],
        )
        for each in records.values("id", "project_id", "known_from", *DESCRIPTION)
    }


def ids_by_code(codes: Iterable[str]) -> dict[str, list[tuple[int, str, str]]]:
    """Code → the projects that have it, as (id, place, step); several where two counties use it."""
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for part in _parts(sorted(set(codes))):
        rows = Project.objects.filter(code__in=part)
        for pk, code, place, step in rows.values_list("pk", "code", "division_code", "step"):
            found[code].append((pk, place, step))
    return found


def reached(project_ids: Collection[int], step: str) -> dict[int, date]:
    """Project → the day it reached a step, of those that did."""
    found: dict[int, date] = {}
    for part in _parts(sorted(set(project_ids))):
        rows = ProjectStep.objects.filter(project__in=part, step=step, known_to__isnull=True)
        found.update(rows.values_list("project_id", "reached_on"))
    return found


def payments_of(project_ids: Collection[int]) -> dict[tuple[int, str, str], Payment]:
    """(project, voucher, kind) → the payment as known now."""
    found: dict[tuple[int, str, str], Payment] = {}
    for part in _parts(sorted(set(project_ids))):
        rows = Payment.objects.filter(project__in=part, known_to__isnull=True)
        found.update(((row.project_id, row.voucher, row.kind), row) for row in rows)
    return found


def written_by(mark: str) -> Q:
    """Projects of which something came from a list whose sources end so."""
    found = Q()
    for model in (ProjectRecord, ProjectStep, ProjectProgress, Funding, Payment):
        rows = model._default_manager.filter(project=OuterRef("pk"), source__endswith=mark)
        found |= Q(Exists(rows))
    return found


def _facts(
    model: Any, project_ids: Collection[int], name: str, value: str
) -> dict[int, dict[Any, Fact]]:
    rows = model.objects.filter(project__in=project_ids, known_to__isnull=True)
    found: dict[int, dict[Any, Fact]] = defaultdict(dict)
    for pk, project, key, held, known in rows.values_list(
        "id", "project_id", name, value, "known_from"
    ):
        found[project][key] = Fact(pk, held, known)
    return found


def _parts(values: list[Any]) -> Iterable[list[Any]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
