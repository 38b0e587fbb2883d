"""Which units answer for a task, and what a viewer may do with it for theirs.

The units that lead answer; where none leads those responsible, and so on. Their reports settle what is
due. Co-operating units may report too: the answering ones see it beside their own form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import Task, TaskKind, TaskState, TaskUnit, UnitRole
from anju.duties.queries.gates import unit_of

#: Who answers, in this order.
ORDER: Final = (UnitRole.LEAD, UnitRole.RESPONSIBLE, UnitRole.IMPLEMENTING, UnitRole.COOPERATING)


def answering(units: Iterable[TaskUnit]) -> set[int]:
    """The units whose reports settle what is due; empty where a task has none."""
    by_role: dict[str, set[int]] = {}
    for each in units:
        by_role.setdefault(each.role, set()).add(each.unit_id)
    return next((by_role[role] for role in ORDER if role in by_role), set())


def answers(unit: int | OuterRef | F, task: str = "pk") -> Q:
    """The condition on rows whose field `task` is the task, that a unit answers for it.

    One row of the task's units is looked up for each row asked about. (A condition a role, with "or",
    made PostgreSQL read every unit of every task.)
    """
    rank = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(ORDER)))
    of_task = TaskUnit.objects.filter(task=OuterRef("task")).order_by().values("task")
    first = of_task.annotate(first=Min(rank)).values("first")
    here = TaskUnit.objects.filter(task=OuterRef(task), unit=unit)
    return Q(Exists(here.annotate(rank=rank).filter(rank=Subquery(first))))


def tasks_of(unit: Unit) -> QuerySet[Task]:
    """Tasks a unit has to do with, in whichever role."""
    return Task.objects.filter(pk__in=TaskUnit.objects.filter(unit=unit).values("task"))


def reporting_unit(viewer: Viewer, task: Task) -> Unit | None:
    """The unit the viewer may report this task for: their own, if the task is one of its tasks."""
    if not viewer.may(Permission.REPORT_PROGRESS) or task.state != TaskState.OPEN or task.is_whole:
        return None
    unit = unit_of(viewer)
    return unit if unit is not None and _is_of(task, unit) else None


def delegating_unit(viewer: Viewer, task: Task) -> Unit | None:
    """The unit the viewer may hand parts of this task down for; what recurs without end may be too."""
    unit = reporting_unit(viewer, task)
    return unit if unit is not None and unit.pk in answering(task.units.all()) else None


def may_check(viewer: Viewer, task: Task) -> bool:
    """Whoever checks the county's tasks; what was handed down, the unit that did."""
    if task.kind == TaskKind.DELEGATED:
        return _gave(viewer, task)
    return viewer.may(Permission.CHECK_PROGRESS)


def may_reopen(viewer: Viewer, task: Task) -> bool:
    """Who checks a task may open again what was accepted of it; the whole it helps must be open."""
    if task.kind == TaskKind.DELEGATED and task.parent and task.parent.state != TaskState.OPEN:
        return False
    return task.state != TaskState.ENDED and may_check(viewer, task)


def may_manage(viewer: Viewer, task: Task) -> bool:
    """Who may set dates and units, and end it: the lead bureau; what was handed down, who did that."""
    return viewer.may(Permission.MANAGE_PLANS) or _gave(viewer, task)


def below(unit: Unit) -> QuerySet[Unit]:
    """Units in the place of a unit, to whom it may hand something down."""
    prefix = unit.division_code
    while len(prefix) > 6 and prefix.endswith("000"):
        prefix = prefix[:-3]
    return (
        Unit.objects.filter(division_code__startswith=prefix)
        .exclude(pk=unit.pk)
        .order_by("kind", "division_code", "name")
    )


def _gave(viewer: Viewer, task: Task) -> bool:
    if task.given_by_id is None or not viewer.may(Permission.REPORT_PROGRESS):
        return False
    unit = unit_of(viewer)
    return unit is not None and unit.pk == task.given_by_id


def _is_of(task: Task, unit: Unit) -> bool:
    return any(each.unit_id == unit.pk for each in task.units.all())
