"""What was reported of a task, and what the system knows before a unit begins to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties import matching
from anju.duties.models import (
    NEVER,
    Comparison,
    DueState,
    Indicator,
    IndicatorSource,
    IndicatorTarget,
    IndicatorValue,
    Progress,
    ProgressState,
    Proof,
    Task,
    TaskDue,
    TaskKind,
    TaskState,
    TaskUnit,
    UnitRole,
    ValueState,
)
from anju.duties.queries.gates import of_tasks_for, unit_of, units_for

_OPEN = (DueState.WAITING, DueState.SUBMITTED, DueState.RETURNED)
_COUNTS = (ProgressState.SUBMITTED, ProgressState.ACCEPTED)
REACHES = (Comparison.AT_LEAST, Comparison.MORE, Comparison.EQUAL)
_SHARES = ("%", "百分点", "比例")


@dataclass(frozen=True, slots=True)
class Known:
    """What stands in the form already. `indicator` is set where the value comes from one.

    `is_computed`: the registers hold the value, nobody is asked for it.
    """

    words: str = ""
    value: Decimal | None = None
    percent: int | None = None
    as_of: date | None = None
    indicator: Indicator | None = None
    is_computed: bool = False
    is_sum: bool = False
    proofs: tuple[Proof, ...] = ()


def due_for(viewer: Viewer, number: str, due_id: int) -> TaskDue:
    """A due day of a task the viewer may see; raises TaskDue.DoesNotExist."""
    dues = TaskDue.objects.filter(of_tasks_for(viewer, "task"), task__number=number)
    return dues.select_related("task__plan", "task__parent").get(pk=due_id)


def seen_by(viewer: Viewer) -> QuerySet[Progress]:
    """Reports the viewer may read: of tasks they may see, those of units in their reach.

    Who leads a task, or handed it down, reads what all its units report. Files may hold lists of
    people, so a town does not see another town's.
    """
    reports = Progress.objects.filter(of_tasks_for(viewer, "due__task"))
    if viewer.scope_for(Permission.VIEW_DUTIES).is_county_wide:
        return reports
    unit = unit_of(viewer)
    led = TaskUnit.objects.filter(unit=unit, role=UnitRole.LEAD).values("task")
    own = Q(unit__in=units_for(viewer)) | Q(due__task__in=led)
    return reports.filter(own | Q(due__task__given_by=unit) if unit else own)


def progress_for(viewer: Viewer, progress_id: int) -> Progress:
    """A report that the viewer may read; raises Progress.DoesNotExist."""
    found = seen_by(viewer).select_related("due__task__plan", "due__task__parent", "unit")
    return found.get(pk=progress_id)


def proof_for(viewer: Viewer, proof_id: int) -> Proof:
    """A file attached to a report that the viewer may read; raises Proof.DoesNotExist."""
    found = Proof.objects.select_related("progress__due__task").get(pk=proof_id)
    if not seen_by(viewer).filter(pk=found.progress_id).exists():
        raise Proof.DoesNotExist
    return found


def reports_of(viewer: Viewer, dues: Sequence[TaskDue]) -> QuerySet[Progress]:
    """Reports of some due days that the viewer may read, the latest first, with units and files."""
    found = seen_by(viewer).filter(due__in=dues).select_related("unit")
    return found.prefetch_related("proofs").order_by("-pk")


def next_due_of(task: Task) -> TaskDue | None:
    """The first due day of a task that is not settled."""
    return task.dues.filter(state__in=_OPEN).order_by("due_on").first()


def last_day_for_parts(task: Task, on: date) -> date | None:
    """The day until which answers of others are of use: the first that is still due; None without one."""
    dues = task.dues.filter(state__in=_OPEN, due_on__gte=on, due_on__lt=NEVER).order_by("due_on")
    return dues.values_list("due_on", flat=True).first()


def asks_value(task: Task) -> bool:
    """Whether a number belongs to the task, so that reports tell how far it is."""
    return task.goal is not None or bool(task.goal_unit)


def percent_of(task: Task, value: Decimal | None) -> int | None:
    """How much of the goal a value is, 0 to 100; None where that is not a share of it."""
    if value is None or task.goal is None or task.operator not in REACHES or task.goal <= 0:
        return None
    return max(0, min(100, int(value * 100 / task.goal)))


def known_of(due: TaskDue, unit: Unit) -> Known:
    """What is known before a unit reports on a due day.

    A report that was sent back or withdrawn comes again whole. Else the words of units it handed parts
    to, and as the value: that of the indicator, the sum of those units, or what the unit said last.
    """
    task = due.task
    own = Progress.objects.filter(unit=unit, due__task=task).prefetch_related("proofs")
    last = own.order_by("-pk").first()
    answers = answers_of(due)
    words = "\n".join(f"{each.unit.name}：{each.words}" for each in answers)
    proofs: tuple[Proof, ...] = ()
    if last is not None and last.due_id == due.pk and last.state not in _COUNTS:
        words, proofs = last.words, tuple(last.proofs.all())
    if not asks_value(task):
        return Known(words, percent=last.percent if last else None, proofs=proofs)
    measured = _measured(task, due.due_on)
    if measured is not None:
        found, value = measured
        return Known(
            words,
            value,
            as_of=found.as_of,
            indicator=found.indicator,
            is_computed=found.indicator.source == IndicatorSource.COMPUTED,
            proofs=proofs,
        )
    values = [each.value for each in answers if each.value is not None]
    if values and task.goal_unit not in _SHARES:
        return Known(words, sum(values, Decimal()), is_sum=True, proofs=proofs)
    past = own.filter(value__isnull=False).order_by("-pk").first()
    if past is None:
        return Known(words, proofs=proofs)
    return Known(words, past.value, as_of=past.reported_on, proofs=proofs)


def answers_of(due: TaskDue) -> list[Progress]:
    """The latest report of each unit that was handed a part, for the period of a due day."""
    reports = Progress.objects.filter(
        due__task__parent=due.task_id,
        due__task__kind=TaskKind.DELEGATED,
        due__due_on__lte=due.due_on,
        state__in=_COUNTS,
    ).exclude(due__task__state=TaskState.ENDED)
    if due.period:
        before = TaskDue.objects.filter(task=due.task_id, due_on__lt=due.due_on)
        previous = before.order_by("-due_on").values_list("due_on", flat=True).first()
        if previous is not None:
            reports = reports.filter(due__due_on__gt=previous)
    latest: dict[int, Progress] = {}
    for each in reports.select_related("unit").order_by("pk"):
        latest[each.unit_id] = each
    return sorted(latest.values(), key=lambda each: (each.unit.division_code, each.unit.name))


def _measured(task: Task, on: date) -> tuple[IndicatorValue, Decimal] | None:
    """The latest value of the indicator that the task's target belongs to, in the task's unit."""
    if task.target_id is None:
        return None
    goals = IndicatorTarget.objects.filter(promised=task.target_id)
    values = IndicatorValue.objects.filter(
        indicator__in=goals.values("indicator"),
        indicator__ended_on__isnull=True,
        state=ValueState.ACCEPTED,
        value__isnull=False,
        as_of__lte=on,
    )
    found = values.select_related("indicator").order_by("-as_of", "-pk").first()
    if found is None or found.value is None:
        return None
    if found.indicator.unit == "比例" and task.goal_unit == "%":
        return found, found.value * 100
    value = matching.in_unit(found.value, found.indicator.unit, task.goal_unit)
    return None if value is None else (found, value)
