"""What lists of tasks need: rows through the gate, their units and latest reports, choices of filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.duties.models import (
    Plan,
    PlanMeasure,
    Progress,
    ProgressState,
    Task,
    TaskKind,
    TaskUnit,
)
from anju.duties.queries.gates import of_tasks_for, tasks_for, units_for
from anju.duties.queries.reports import seen_by
from anju.duties.queries.standing import OWN

_LAST = 1_000_000
_FEW_NAMED = 2_500


def leaves_for(viewer: Viewer) -> QuerySet[Task]:
    """Tasks that are reported on; those with a part for each promise are told by their parts."""
    return tasks_for(viewer).filter(is_whole=False)


def of_plan(viewer: Viewer, plan: Plan) -> QuerySet[Task]:
    """Tasks of a plan, wholes too and nothing that was handed down, with three fields to sort by.

    `place` and `top` follow the plan's measures, each whole before its parts; added ones come last.
    """
    tasks = tasks_for(viewer).filter(plan=plan, kind__in=OWN)
    return tasks.annotate(
        place=Coalesce(F("measure__position"), _LAST), top=Coalesce(F("parent"), F("pk"))
    )


def units_of(tasks: Iterable[Task]) -> dict[int, list[TaskUnit]]:
    """Units with their roles by task: one query."""
    found: dict[int, list[TaskUnit]] = {}
    ids = [task.pk for task in tasks]
    for row in TaskUnit.objects.filter(task__in=ids).select_related("unit").order_by("pk"):
        found.setdefault(row.task_id, []).append(row)
    return found


def latest_reports(viewer: Viewer, tasks: Sequence[Task]) -> dict[int, Progress]:
    """The latest report of each task that was not withdrawn and the viewer may read: two queries."""
    said = seen_by(viewer).exclude(state=ProgressState.WITHDRAWN).order_by()
    last = said.filter(due__task__in=[task.pk for task in tasks]).values("due__task")
    ids = list(last.annotate(last=Max("pk")).values_list("last", flat=True))
    return {
        each.due.task_id: each
        for each in Progress.objects.filter(pk__in=ids).select_related("due", "unit")
    }


def of_unit(unit_id: int, role: str = "") -> Q:
    """The condition on tasks that a unit has to do with them, in a role where one is named."""
    rows = TaskUnit.objects.filter(unit=unit_id)
    return Q(pk__in=(rows.filter(role=role) if role else rows).values("task"))


def units_with_tasks(viewer: Viewer) -> list[tuple[int, str]]:
    """Units that have tasks, of those whose work the viewer may see; by kind and name."""
    busy = Exists(TaskUnit.objects.filter(unit=OuterRef("pk")))
    units = units_for(viewer).filter(busy).order_by("kind", "division_code", "name")
    return list(units.values_list("pk", "name"))


def named(tasks: QuerySet[Task], text: str) -> tuple[QuerySet[Task], int | None]:
    """Tasks with these words in their name or their measure's, or of this number or clause.

    Words inside a name are found by reading every name: they are read once, and how many have them is
    known; of more than `_FEW_NAMED` a page is soon found.
    """
    of_measure = PlanMeasure.objects.filter(title__contains=text).values("pk")
    found = tasks.filter(
        Q(title__contains=text)
        | Q(measure__in=of_measure)
        | Q(number__startswith=text)
        | Q(clause__startswith=text)
    )
    ids = list(found.order_by().values_list("pk", flat=True)[: _FEW_NAMED + 1])
    return (found, None) if len(ids) > _FEW_NAMED else (tasks.filter(pk__in=ids), len(ids))


def parts_of(viewer: Viewer, task: Task, kind: TaskKind) -> list[Task]:
    """Parts of a task of one kind that the viewer may see, in the order they were made."""
    rows = Task.objects.filter(of_tasks_for(viewer), parent=task, kind=kind)
    return list(rows.order_by("pk"))


def visible(viewer: Viewer, task: Task) -> Task | None:
    """The task, if the viewer may see it."""
    return task if Task.objects.filter(of_tasks_for(viewer), pk=task.pk).exists() else None


def units_to_choose(viewer: Viewer) -> list[Unit]:
    """Every unit in the viewer's places, to choose from."""
    return list(units_for(viewer).order_by("kind", "division_code", "name"))
