"""What of tasks waits for a viewer: reports their unit owes, and reports they have to check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import (
    NEVER,
    UNSETTLED,
    DueState,
    Progress,
    ProgressState,
    Task,
    TaskDue,
    TaskKind,
    TaskState,
)
from anju.duties.queries.answering import answers
from anju.duties.queries.gates import of_tasks_for, tasks_for, unit_of
from anju.duties.queries.standing import OWN
from anju.memory import remembered

#: The oldest reports that are looked at for groups: nobody checks more in a day.
_GROUPED = 200
_AT_ONCE = 40
_LOOKED_AT = 250
_FEW_LACKING = 2_500
_FEW_HANDED = 1_000
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
    dues = TaskDue.objects.filter(answers(unit.pk, "task"), ~Exists(reported))
    dues = dues.order_by("due_on", "pk")
    # Of two conditions joined by "or" neither index would be used.
    until = on + timedelta(days=warn_days)
    near = _first_of_each(dues.filter(UNSETTLED, due_on__lte=until), most)
    back = _first_of_each(dues.filter(state=DueState.RETURNED), most)
    return list(_by_task(sorted([*near, *back], key=lambda each: (each.due_on, each.pk))))[:most]


def sent_back_to_helpers(viewer: Viewer, most: int) -> list[TaskDue]:
    """Days on which a report of the viewer's unit was sent back though others answer for the task, the
    first due first: `owed` tells none of them, and nobody else would."""
    unit = unit_of(viewer) if viewer.may(Permission.REPORT_PROGRESS) else None
    if unit is None:
        return []
    own = Progress.objects.filter(unit=unit)
    later = own.filter(due=OuterRef("due"), pk__gt=OuterRef("pk")).exclude(
        state=ProgressState.WITHDRAWN
    )
    back = own.filter(~Exists(later), state=ProgressState.RETURNED).order_by()
    # Named: those few of a unit; asked with the rest, every open task would be looked at.
    ids = list(back.values_list("due", flat=True))
    if not ids:
        return []
    dues = TaskDue.objects.filter(
        UNSETTLED, ~answers(unit.pk, "task"), pk__in=ids, task__state=TaskState.OPEN
    )
    return list(dues.select_related("task__plan").order_by("due_on", "pk")[:most])


def to_check(viewer: Viewer) -> QuerySet[Progress]:
    """Reports that wait for the viewer, the oldest first: not their own, of units that answer."""
    rows = Progress.objects.filter(state=ProgressState.SUBMITTED, due__task__state=TaskState.OPEN)
    mine = Q(pk__in=[])
    if viewer.may(Permission.CHECK_PROGRESS):
        mine |= Q(due__task__kind__in=OWN)
    unit = unit_of(viewer) if viewer.may(Permission.REPORT_PROGRESS) else None
    if unit is not None:
        mine |= Q(due__task__kind=TaskKind.DELEGATED, due__task__given_by=unit)
    seen = rows.filter(
        mine, answers(OuterRef("unit"), "due__task"), of_tasks_for(viewer, "due__task")
    )
    return seen.exclude(reported_by=viewer.username).order_by("reported_on", "pk")


def checks(viewer: Viewer) -> bool:
    """Whether reports may come to the viewer to be checked."""
    return viewer.may(Permission.CHECK_PROGRESS) or viewer.may(Permission.REPORT_PROGRESS)


@dataclass(frozen=True, slots=True)
class Reported:
    """A task of which a report waits: its number and title. A part handed down tells the task it helps."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Reports that wait to be checked, of one task or of all tasks of one plan."""

    plan_id: int
    plan: str
    since: date
    tasks: tuple[Reported, ...]
    units: tuple[str, ...]

    @property
    def task(self) -> Reported | None:
        """The only task; None where there are several."""
        return self.tasks[0] if len(self.tasks) == 1 else None


def to_check_grouped(viewer: Viewer, most_of_a_plan: int) -> list[Waiting]:
    """What waits to be checked, a group a task (parts handed down by the task they help); of a plan
    with more tasks than `most_of_a_plan` one group. The longest waiting first; two queries."""
    waiting = _oldest_to_check(viewer)
    rows = Progress.objects.filter(pk__in=waiting).values_list(*_TOLD) if waiting else ()
    by_plan: dict[tuple[int, str], dict[Reported, list[_Row]]] = {}
    for row in map(_Row._make, sorted(rows, key=lambda each: each[:2])):
        task = Reported(row.number, row.title)
        if row.kind == TaskKind.DELEGATED and row.parent and row.parent_title:
            task = Reported(row.parent, row.parent_title)
        by_plan.setdefault((row.plan_id, row.plan), {}).setdefault(task, []).append(row)
    groups = []
    for by_task in by_plan.values():
        one_each = [{task: rows} for task, rows in by_task.items()]
        groups += [by_task] if len(by_task) > most_of_a_plan else one_each
    return sorted(map(_waiting, groups), key=lambda each: each.since)


class _Row(NamedTuple):
    """What is told of a report, and no more of what it is joined to: there may be hundreds."""

    reported_on: date
    id: int
    unit: str
    number: str
    title: str
    kind: str
    parent: str | None
    parent_title: str | None
    plan_id: int
    plan: str


_TOLD = (
    "reported_on",
    "pk",
    "unit__name",
    "due__task__number",
    "due__task__title",
    "due__task__kind",
    "due__task__parent__number",
    "due__task__parent__title",
    "due__task__plan",
    "due__task__plan__short_title",
)


def _oldest_to_check(viewer: Viewer) -> list[int]:
    """The first that wait for the viewer, of so many for groups; taken from all that wait in steps: which
    are the viewer's is asked of few at a time."""
    rows, found = to_check(viewer), list[int]()
    if not viewer.may(Permission.CHECK_PROGRESS):  # only what their unit handed down: few
        handed = list(_handed_down(viewer).values_list("pk", flat=True)[: _FEW_HANDED + 1])
        if len(handed) <= _FEW_HANDED:
            rows = rows.filter(due__task__in=handed) if handed else rows.none()
        return list(rows.values_list("pk", flat=True)[:_GROUPED])
    waiting = Progress.objects.filter(state=ProgressState.SUBMITTED).order_by("reported_on", "pk")
    for start in count(0, _LOOKED_AT):
        some = list(waiting.values_list("pk", flat=True)[start : start + _LOOKED_AT])
        found += rows.filter(pk__in=some).values_list("pk", flat=True) if some else ()
        if len(some) < _LOOKED_AT or len(found) >= _GROUPED:
            break
    return found[:_GROUPED]


def _handed_down(viewer: Viewer) -> QuerySet[Task]:
    """Open parts that the viewer's unit gave to others."""
    parts = Task.objects.filter(kind=TaskKind.DELEGATED, state=TaskState.OPEN)
    return parts.filter(given_by=unit_of(viewer)).order_by()


def _waiting(by_task: Mapping[Reported, Sequence[_Row]]) -> Waiting:
    rows = [row for rows in by_task.values() for row in rows]
    units = dict.fromkeys(row.unit for row in rows)
    since = min(row.reported_on for row in rows)
    return Waiting(rows[0].plan_id, rows[0].plan, since, tuple(by_task), tuple(units))


def without_date(viewer: Viewer) -> tuple[int, date | None]:
    """How many open tasks nobody can be late with, or nobody answers for, and the first day one of them
    begins, for who sets dates and units; one query."""
    if not viewer.may(Permission.MANAGE_PLANS):
        return 0, None
    found = tasks_for(viewer).filter(lacking())
    counted = found.order_by().aggregate(number=Count("pk"), since=Min("starts_on"))
    return counted["number"], counted["since"]


def lacking() -> Q:
    """The condition on tasks that they are open and lack a date or a unit; where they are few they are
    named."""
    few = _lacking(_FEW_LACKING + 1)
    if len(few) <= _FEW_LACKING:
        return Q(pk__in=few)
    undated, nobodys = _undated_and_nobodys()
    return Q(pk__in=undated.values("pk").union(nobodys.values("pk")))


@remembered
def _lacking(most: int) -> list[int]:
    """Each found by an index: of a condition with "or" every open task would be read."""
    undated, nobodys = (rows.values_list("pk", flat=True)[:most] for rows in _undated_and_nobodys())
    return list({*undated, *nobodys})


def _undated_and_nobodys() -> tuple[QuerySet[Task], QuerySet[Task]]:
    own = Task.objects.filter(state=TaskState.OPEN, is_whole=False, kind__in=OWN).order_by()
    return own.filter(next_due_on=NEVER), own.filter(units_named=0)


def _first_of_each(dues: QuerySet[TaskDue], most: int) -> list[TaskDue]:
    """The first of each open task, of so many tasks. The days alone are looked through by their index;
    what they are joined to is read of those found."""
    found: dict[int, TaskDue] = {}
    ids = dues.values_list("pk", flat=True)
    for start in count(0, _AT_ONCE):
        some = list(ids[start : start + _AT_ONCE])
        rows = TaskDue.objects.select_related("task__plan").in_bulk(some)
        for due in _by_task(rows[pk] for pk in some if pk in rows):
            if due.task.state == TaskState.OPEN:
                found.setdefault(due.task_id, due)
        if len(some) < _AT_ONCE or len(found) >= most:
            break
    return list(found.values())


def _by_task(dues: Iterable[TaskDue]) -> Iterable[TaskDue]:
    first: dict[int, TaskDue] = {}
    for due in dues:
        first.setdefault(due.task_id, due)
    return first.values()
