"""What of tasks waits for a viewer: reports their unit owes, and reports they have to check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import (
    NEVER,
    DueState,
    Progress,
    ProgressState,
    Task,
    TaskDue,
    TaskKind,
    TaskState,
    TaskUnit,
)
from anju.duties.queries.answering import answered_by, answering, tasks_of
from anju.duties.queries.gates import tasks_for, unit_of
from anju.duties.queries.standing import OWN

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


def to_check(viewer: Viewer, most: int) -> list[Progress]:
    """Reports that wait for the viewer, the oldest first: not their own."""
    waiting = (
        Progress.objects.filter(state=ProgressState.SUBMITTED, due__task__state=TaskState.OPEN)
        .filter(due__task__in=tasks_for(viewer))
        .exclude(reported_by=viewer.username)
        .select_related("due__task__plan", "unit")
        .prefetch_related("due__task__units")
        .order_by("reported_on", "pk")
    )
    mine = Q(pk__in=[])
    if viewer.may(Permission.CHECK_PROGRESS):
        mine |= Q(due__task__kind__in=OWN)
    unit = unit_of(viewer) if viewer.may(Permission.REPORT_PROGRESS) else None
    if unit is not None:
        mine |= Q(due__task__kind=TaskKind.DELEGATED, due__task__given_by=unit)
    settle = (each for each in waiting.filter(mine) if _settles(each))
    return list(islice(settle, most))


def without_date(viewer: Viewer) -> QuerySet[Task]:
    """Open tasks that nobody can be late with, or nobody answers for, for who sets dates and units."""
    if not viewer.may(Permission.MANAGE_PLANS):
        return Task.objects.none()
    return tasks_for(viewer).filter(lacking())


def lacking() -> Q:
    """The condition on tasks that they are open and lack a date or a unit."""
    nobody = ~Exists(TaskUnit.objects.filter(task=OuterRef("pk")))
    own = Q(state=TaskState.OPEN, is_whole=False, kind__in=OWN)
    return own & (Q(next_due_on=NEVER) | nobody)


def _first_of_each(dues: QuerySet[TaskDue]) -> Iterator[TaskDue]:
    seen: set[int] = set()
    for due in dues.iterator(200):
        if due.task_id not in seen:
            seen.add(due.task_id)
            yield due


def _settles(progress: Progress) -> bool:
    """Whether it is of a unit that answers; others are accepted together with it."""
    return progress.unit_id in answering(progress.due.task.units.all())
