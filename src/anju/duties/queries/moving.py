"""Which tasks would get other units if names of offices meant something else than they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anju.accounts.models import Unit
from anju.duties.models import (
    MeasureOffice,
    MeasureState,
    OfficeUnit,
    PlanMeasure,
    Task,
    TaskKind,
    TaskState,
    VersionState,
)

Answering = frozenset[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Moving:
    """An open task drawn up from a measure that uses the names: its units (id and role) as they are
    and as the names would have them. `is_by_hand`: somebody has set them otherwise already.
    """

    task: Task
    now: Answering
    wanted: Answering
    is_by_hand: bool


def moving(names: Mapping[str, Sequence[Unit]]) -> list[Moving]:
    """Tasks that would move if these names meant these units, by plan and clause; five queries.

    A name that would leave a task without any unit moves it all the same: who settles names sees it.
    """
    offices = MeasureOffice.objects.filter(name__in=names).values("measure")
    measures = PlanMeasure.objects.filter(
        pk__in=offices, state=MeasureState.CONFIRMED, version__state=VersionState.LIVE
    ).prefetch_related("offices")
    meant = _meant()
    changed = {**meant, **{name: [unit.pk for unit in units] for name, units in names.items()}}
    differs = {
        each.pk: (before, after)
        for each in measures
        for before, after in ((_answering(each, meant), _answering(each, changed)),)
        if before != after
    }
    tasks = Task.objects.filter(
        measure__in=differs, kind__in=(TaskKind.MEASURE, TaskKind.PROMISE), state=TaskState.OPEN
    ).select_related("plan", "measure")
    found = []
    for task in tasks.prefetch_related("units").order_by("plan_id", "measure__position", "pk"):
        before, after = differs[task.measure_id or 0]
        now = frozenset((each.unit_id, each.role) for each in task.units.all())
        if now != after:
            found.append(Moving(task, now, after, is_by_hand=now != before))
    return found


def _meant() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, unit in OfficeUnit.objects.order_by("pk").values_list("office__name", "unit"):
        found.setdefault(name, []).append(unit)
    return found


def _answering(measure: PlanMeasure, meant: Mapping[str, Sequence[int]]) -> Answering:
    return frozenset(
        (unit, office.role)
        for office in measure.offices.all()
        for unit in meant.get(office.name, ())
    )
