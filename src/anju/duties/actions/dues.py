"""The days tasks are due: made from their dates and rhythms, ahead to a horizon; and which is next.

A task whose promises are parts has no days of its own: its parts have. One that nobody has set a
day for is due on `NEVER`, so that its units can report what they did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.actions.holding import hold
from anju.duties.models import NEVER, DueState, Task, TaskDue, TaskKind, TaskState, TaskUnit
from anju.duties.periods import next_due, periods
from anju.duties.promises import reported_every

#: What recurs has its days made so far ahead, and one more where none lies within.
AHEAD = timedelta(days=100)
SETTLED = (DueState.ACCEPTED, DueState.LAPSED)
_AT_ONCE = 500


def days_of(task: Task, *, since: date, on: date) -> list[tuple[str, date]]:
    """Period and day of each time a task is due from `since` on, as far ahead as is made on a day."""
    if not task.every:
        return [("", task.due_on or NEVER)]
    every = reported_every(task.every)
    ends = min([each for each in (task.ends_on, task.plan.ended_on) if each], default=NEVER)
    found = periods(every, since, min(ends, on + AHEAD), anchor=task.due_on)
    if since <= max(on, task.starts_on) and not any(due >= on for _period, due in found):
        following = next_due(every, max(since, on), anchor=task.due_on)
        found += [following] if following[1] <= ends else []
    return found


def comes_again(task: Task, *, after: date) -> bool:
    """Whether what recurs is due once more after a day, before it ends."""
    ends = min([each for each in (task.ends_on, task.plan.ended_on) if each], default=NEVER)
    start = after + timedelta(days=1)
    return next_due(reported_every(task.every), start, anchor=task.due_on)[1] <= ends


@transaction.atomic
def lay(tasks: Sequence[Task], *, on: date, since: date | None = None) -> None:
    """Make the days that tasks are due from the day they start, or from `since` where it is given.

    A day that was given up comes back when it is asked for again.
    """
    hold(task.pk for task in tasks)
    _lay([due for task in tasks for due in _wanted(task, since or task.starts_on, on)])
    point([task.pk for task in tasks])


def _wanted(task: Task, since: date, on: date) -> list[TaskDue]:
    days = days_of(task, since=since, on=on)
    return [TaskDue(task=task, period=period, due_on=due_on) for period, due_on in days]


def _lay(wanted: Sequence[TaskDue]) -> None:
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        TaskDue.objects.bulk_create(some, ignore_conflicts=True)
        days = {(due.task_id, due.due_on) for due in some}
        given_up = TaskDue.objects.filter(
            task__in={due.task_id for due in some}, state=DueState.LAPSED
        )
        back = [due.pk for due in given_up if (due.task_id, due.due_on) in days]
        if back:
            TaskDue.objects.filter(pk__in=back).update(state=DueState.WAITING, settled_on=None)


def give_up(task_ids: Collection[int], *, on: date) -> None:
    """Ask no longer for what is not settled. What nobody reported on is taken away."""
    open_ones = TaskDue.objects.filter(task_id__in=task_ids).exclude(state__in=SETTLED)
    open_ones.filter(progress__isnull=True).delete()
    open_ones.update(state=DueState.LAPSED, settled_on=on, reported_on=None)


@transaction.atomic
def point(task_ids: Iterable[int]) -> None:
    """Set which day is next for tasks and how many units they name, and which day for those they are
    promises of; all of them held."""
    ids = list(task_ids)
    for start in range(0, len(ids), _AT_ONCE):
        _point(ids[start : start + _AT_ONCE])


def _point(ids: Sequence[int]) -> None:
    hold(ids)
    rows = TaskDue.objects.filter(task_id__in=ids).exclude(state__in=SETTLED)
    first: dict[int, tuple[date, date | None]] = {}
    for task_id, due_on, reported_on in rows.order_by("due_on").values_list(
        "task_id", "due_on", "reported_on"
    ):
        first.setdefault(task_id, (due_on, reported_on))
    tasks = list(_pointing(ids))
    _count_units(tasks)
    _set([task for task in tasks if not task.is_whole], first)
    wholes = {task.pk for task in tasks if task.is_whole}
    wholes |= {task.parent_id for task in tasks if task.kind == TaskKind.PROMISE and task.parent_id}
    if wholes:
        _set(list(_pointing(wholes)), _of_wholes(wholes))


def _count_units(tasks: Sequence[Task]) -> None:
    named = TaskUnit.objects.filter(task__in=tasks).order_by().values("task")
    counts = dict(named.annotate(number=Count("pk")).values_list("task", "number"))
    by_number: dict[int, list[int]] = {}
    for task in tasks:
        number = counts.get(task.pk, 0)
        if task.units_named != number:
            by_number.setdefault(number, []).append(task.pk)
    for number, ids in by_number.items():
        Task.objects.filter(pk__in=ids).update(units_named=number)


def _pointing(ids: Collection[int]) -> QuerySet[Task]:
    """Tasks with what says which day is next, and no more of them."""
    rows = Task.objects.filter(pk__in=ids).order_by()
    return rows.only(
        "parent", "is_whole", "kind", "state", "next_due_on", "next_reported_on", "units_named"
    )


def _of_wholes(ids: Collection[int]) -> dict[int, tuple[date, date | None]]:
    """Of tasks with promises: what the first of these is due."""
    found: dict[int, tuple[date, date | None]] = {}
    parts = Task.objects.filter(
        parent__in=ids, kind=TaskKind.PROMISE, state=TaskState.OPEN, next_due_on__lt=NEVER
    )
    said = parts.order_by("-next_due_on", "-pk")
    for parent, due_on, reported_on in said.values_list(
        "parent", "next_due_on", "next_reported_on"
    ):
        found[parent] = (due_on, reported_on)
    return found


def _set(tasks: Sequence[Task], dues: Mapping[int, tuple[date, date | None]]) -> None:
    changed = []
    for task in tasks:
        due_on, reported_on = dues.get(task.pk, (NEVER, None))
        if task.state != TaskState.OPEN:
            due_on, reported_on = NEVER, None
        if (task.next_due_on, task.next_reported_on) != (due_on, reported_on):
            task.next_due_on, task.next_reported_on = due_on, reported_on
            changed.append(task)
    Task.objects.bulk_update(changed, ["next_due_on", "next_reported_on"], batch_size=_AT_ONCE)


def lay_ahead(*, by: Actor, on: date) -> int:
    """The daily job: make the coming days of what recurs; how many tasks got some. Safe to repeat."""
    recurring = (
        Task.objects.filter(state=TaskState.OPEN)
        .exclude(every="")
        .annotate(last=Max("dues__due_on"))
        .filter(Q(ends_on__isnull=True) | Q(last__isnull=True) | Q(last__lt=F("ends_on")))
        .select_related("plan")
    )
    count = 0
    for tasks in _batches(recurring.order_by("pk").iterator(_AT_ONCE)):
        count += _lay_behind(tasks, on)
    undated = Task.objects.filter(
        state=TaskState.OPEN, is_whole=False, due_on__isnull=True, every="", dues__isnull=True
    )
    for tasks in _batches(undated.select_related("plan").order_by("pk").iterator(_AT_ONCE)):
        lay(tasks, on=on)
        count += len(tasks)
    if count:
        record(by=by, action="task.lay_ahead", kind="task", count=count)
    return count


@transaction.atomic
def _lay_behind(tasks: Sequence[Task], on: date) -> int:
    """Days behind the last one each task has."""
    hold(task.pk for task in tasks)
    wanted = []
    for task in tasks:
        last: date | None = task.last  # type: ignore[attr-defined]
        wanted += _wanted(task, last + timedelta(days=1) if last else task.starts_on, on)
    _lay(wanted)
    got = {due.task_id for due in wanted}
    point(got)
    return len(got)


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    rest = iter(tasks)
    while batch := list(islice(rest, _AT_ONCE)):
        yield batch
