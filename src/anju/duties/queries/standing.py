"""How tasks stand on a day: their lights, one by one, as conditions, and counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from anju.duties.lights import Light, light
from anju.duties.models import NEVER, DueState, Task, TaskDue, TaskKind, TaskState

#: Those of a county's own; what units hand down is theirs to follow.
OWN: Final = (TaskKind.MEASURE, TaskKind.PROMISE, TaskKind.ADDED)
_NO_DATE: Final = Q(state=TaskState.OPEN, next_due_on=NEVER)


def light_of(task: Task, on: date, warn_days: int) -> Light | None:
    """The light of a task on a day; None of one that was ended before it was done.

    What was reported in time waits for the lead bureau, not for the unit: it stays green.
    """
    if task.state == TaskState.ENDED:
        return None
    is_open = task.state == TaskState.OPEN
    due_on = None if task.next_due_on == NEVER else task.next_due_on
    if is_open and due_on is not None and task.next_reported_on is not None:
        return Light.GREEN if task.next_reported_on <= due_on else Light.RED
    return light(due_on, on, not is_open, warn_days)


def light_of_due(due: TaskDue, on: date, warn_days: int) -> Light | None:
    """The light of one day a task is due; None where it is no longer asked for."""
    if due.state == DueState.LAPSED:
        return None
    if due.day is not None and due.reported_on is not None and due.state != DueState.ACCEPTED:
        return Light.GREEN if due.reported_on <= due.day else Light.RED
    return light(due.day, on, due.state == DueState.ACCEPTED, warn_days)


def where(wanted: Light, on: date, warn_days: int) -> Q:
    """The condition on tasks that `light_of` gives this light."""
    return _CONDITIONS[wanted](on, on + timedelta(days=warn_days))


def with_due(field: str, first: date, last: date) -> Q:
    """The condition on tasks that a day of theirs (`due_on`, `settled_on`) lies in a span."""
    rows = TaskDue.objects.filter(task=OuterRef("pk"), **{f"{field}__range": (first, last)})
    return Q(Exists(rows.exclude(state=DueState.LAPSED)))


def _red(on: date, until: date) -> Q:
    late = Q(next_reported_on__isnull=True, next_due_on__lt=on)
    return Q(state=TaskState.OPEN) & (late | Q(next_due_on__lt=F("next_reported_on")))


def _yellow(on: date, until: date) -> Q:
    near = Q(next_due_on__gte=on, next_due_on__lte=until)
    return Q(state=TaskState.OPEN, next_reported_on__isnull=True) & near


def _green(on: date, until: date) -> Q:
    far = Q(next_reported_on__isnull=True, next_due_on__gt=until, next_due_on__lt=NEVER)
    in_time = Q(next_due_on__gte=F("next_reported_on"), next_due_on__lt=NEVER)
    return Q(state=TaskState.OPEN) & (far | in_time)


_CONDITIONS: Final[Mapping[Light, Callable[[date, date], Q]]] = {
    Light.RED: _red,
    Light.YELLOW: _yellow,
    Light.GREEN: _green,
    Light.NO_DATE: lambda on, until: _NO_DATE,
    Light.DONE: lambda on, until: Q(state=TaskState.DONE),
}


@dataclass(frozen=True, slots=True)
class Lights:
    """How many tasks of a plan or a unit have which light; those that were ended are not counted."""

    id: int
    name: str
    counts: Mapping[Light, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


def by_plan(tasks: QuerySet[Task], on: date, warn_days: int) -> list[Lights]:
    """Counts by light of each plan, newest plan first; wholes are counted by their parts."""
    rows = tasks.filter(kind__in=OWN, is_whole=False)
    found = _counted(rows, "plan", "plan__short_title", on, warn_days)
    return sorted(found, key=lambda each: -each.id)


def by_unit(tasks: QuerySet[Task], on: date, warn_days: int) -> list[Lights]:
    """Counts by light of each unit in whichever role, what was handed down to it too; by name.

    A task of several units counts for each of them.
    """
    rows = tasks.filter(is_whole=False)
    found = _counted(rows, "units__unit", "units__unit__name", on, warn_days)
    return sorted(found, key=lambda each: each.name)


def _counted(rows: QuerySet[Task], key: str, name: str, on: date, warn_days: int) -> list[Lights]:
    """Each task is given its light and counted with it; what has none was ended."""
    cases = (When(where(each, on, warn_days), then=Value(each.value)) for each in Light)
    grouped = (
        rows.exclude(state=TaskState.ENDED)
        .annotate(light=Case(*cases))
        .order_by()
        .values_list(key, name, "light")
        .annotate(number=Count("pk", distinct=True))
    )
    found: dict[tuple[int, str], dict[Light, int]] = {}
    for id_, named, shown, number in grouped:
        if id_ is not None:
            found.setdefault((id_, named), dict.fromkeys(Light, 0))[Light(shown)] = number
    return [Lights(*which, counts) for which, counts in found.items()]
