"""What of tasks waits for a viewer: reports their unit owes, and reports they have to check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import (
    NEVER,
    DueState,
    Plan,
    Progress,
    ProgressState,
    Task,
    TaskDue,
    TaskKind,
    TaskState,
    TaskUnit,
)
from anju.duties.queries.answering import ORDER, answered_by, tasks_of
from anju.duties.queries.gates import of_tasks_for, tasks_for, unit_of
from anju.duties.queries.standing import OWN

#: The oldest reports that are looked at for groups: nobody checks more in a day.
_GROUPED = 200
_REPORTED = Q(state=ProgressState.SUBMITTED) | Q(state=ProgressState.ACCEPTED, is_complete=True)


def owed(viewer: Viewer, on: date, warn_days: int, most: int) -> list[TaskDue]:
    """The first day of each task that the viewer's unit has to report on, late ones first.

    From `warn_days` days before it is due; what was sent back at once. Nothing for who reports for
    nobody.
    """
    unit = unit_of(viewer) if viewer.may(Permission.REPORT_PROGRESS) else None
    if unit is None:
        return []
    reported = Progress.objects.filter(_REPORTED, due=OuterRef("pk"), unit=unit)
    near = Q(due_on__lte=on + timedelta(days=warn_days)) | Q(state=DueState.RETURNED)
    tasks = tasks_of(unit).filter(answered_by(unit), state=TaskState.OPEN)
    dues = (
        TaskDue.objects.filter(near, task__in=tasks)
        .exclude(state__in=(DueState.ACCEPTED, DueState.LAPSED))
        .filter(~Exists(reported))
        .select_related("task__plan")
        .order_by("due_on", "pk")
    )
    return list(islice(_first_of_each(dues), most))


def to_check(viewer: Viewer) -> QuerySet[Progress]:
    """Reports that wait for the viewer, the oldest first: not their own, of units that answer."""
    rows = Progress.objects.filter(state=ProgressState.SUBMITTED, due__task__state=TaskState.OPEN)
    mine = Q(pk__in=[])
    if viewer.may(Permission.CHECK_PROGRESS):
        mine |= Q(due__task__kind__in=OWN)
    unit = unit_of(viewer) if viewer.may(Permission.REPORT_PROGRESS) else None
    if unit is not None:
        mine |= Q(due__task__kind=TaskKind.DELEGATED, due__task__given_by=unit)
    seen = rows.filter(mine, _settles(), of_tasks_for(viewer, "due__task"))
    return seen.exclude(reported_by=viewer.username).order_by("reported_on", "pk")


def checks(viewer: Viewer) -> bool:
    """Whether reports may come to the viewer to be checked."""
    return viewer.may(Permission.CHECK_PROGRESS) or viewer.may(Permission.REPORT_PROGRESS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Reports that wait to be checked, of one task or of all tasks of one plan."""

    plan: Plan
    since: date
    tasks: tuple[Task, ...]
    units: tuple[str, ...]

    @property
    def task(self) -> Task | None:
        """The only task; None where there are several."""
        return self.tasks[0] if len(self.tasks) == 1 else None


def to_check_grouped(viewer: Viewer, most_of_a_plan: int) -> list[Waiting]:
    """What waits to be checked, a group a task (parts handed down by the task they help); of a plan
    with more tasks than `most_of_a_plan` one group. The longest waiting first; two queries."""
    fields = ("due__task__plan", "due__task__parent", "unit")
    by_task: dict[int, list[Progress]] = {}
    waiting = list(to_check(viewer).values_list("pk", flat=True)[:_GROUPED])
    rows = Progress.objects.filter(pk__in=waiting).order_by("reported_on", "pk")
    for row in rows.select_related(*fields) if waiting else ():
        by_task.setdefault(_top(row.due.task).pk, []).append(row)
    by_plan: dict[int, list[list[Progress]]] = {}
    for rows in by_task.values():
        by_plan.setdefault(rows[0].due.task.plan_id, []).append(rows)
    groups: list[list[Progress]] = []
    for found in by_plan.values():
        is_many = len(found) > most_of_a_plan
        groups += [[row for rows in found for row in rows]] if is_many else found
    return sorted(map(_waiting, groups), key=lambda each: each.since)


def _waiting(rows: list[Progress]) -> Waiting:
    tasks = {_top(row.due.task).pk: _top(row.due.task) for row in rows}
    units = dict.fromkeys(row.unit.name for row in rows)
    since = min(row.reported_on for row in rows)
    return Waiting(rows[0].due.task.plan, since, tuple(tasks.values()), tuple(units))


def _top(task: Task) -> Task:
    """The task that a part handed down helps; else the task itself."""
    return task.parent if task.kind == TaskKind.DELEGATED and task.parent else task


def without_date(viewer: Viewer) -> tuple[int, date | None]:
    """How many open tasks nobody can be late with, or nobody answers for, and the first day one of them
    begins, for who sets dates and units; one query."""
    if not viewer.may(Permission.MANAGE_PLANS):
        return 0, None
    found = tasks_for(viewer).filter(lacking())
    counted = found.order_by().aggregate(number=Count("pk"), since=Min("starts_on"))
    return counted["number"], counted["since"]


def lacking() -> Q:
    """The condition on tasks that they are open and lack a date or a unit: each found by an index, since
    of a condition with "or" every open task would be read."""
    own = Task.objects.filter(state=TaskState.OPEN, is_whole=False, kind__in=OWN).order_by()
    undated, nobodys = own.filter(next_due_on=NEVER), own.filter(units_named=0)
    return Q(pk__in=undated.values("pk").union(nobodys.values("pk")))


def _first_of_each(dues: QuerySet[TaskDue]) -> Iterator[TaskDue]:
    seen: set[int] = set()
    for due in dues.iterator(200):
        if due.task_id not in seen:
            seen.add(due.task_id)
            yield due


def _settles() -> Q:
    """The condition on reports that they are of a unit that answers; others go with them."""
    condition = Q(pk__in=[])
    for place, role in enumerate(ORDER):
        here = TaskUnit.objects.filter(task=OuterRef("due__task"))
        own = Exists(here.filter(unit=OuterRef("unit"), role=role))
        condition |= Q(own) & ~Exists(here.filter(role__in=ORDER[:place]))
    return condition
