"""Handing parts of a unit's task down to towns, villages or other units of its place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.duties.actions import dues
from anju.duties.actions.tasks import note
from anju.duties.models import Plan, Task, TaskKind, TaskState, TaskUnit, UnitRole
from anju.duties.queries.answering import below, delegating_unit
from anju.duties.queries.reports import last_day_for_parts
from anju.duties.refusals import DutyRefused

MOST_UNITS = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of each unit, and by when. `recurs`: each time the task itself is due."""

    requirement: str
    due_on: date
    recurs: bool = False


@transaction.atomic
def delegate(
    *, by: Actor, on: date, viewer: Viewer, task: Task, units: Collection[int], asked: Asked
) -> list[Task]:
    """Hand a part of a task to each of some units; what they report comes back to it.

    Refused: units outside the own unit's place, units that have an open part already, and a day
    after the task's own.
    """
    unit = delegating_unit(viewer, task)
    if unit is None:
        raise DutyRefused(_("只有任务的承担单位可以交办。"))
    Plan.objects.select_for_update().get(pk=task.plan_id)
    chosen = list(below(unit).filter(pk__in=units)[: MOST_UNITS + 1])
    if not chosen or len(chosen) != len(set(units)):
        raise DutyRefused(_("请选择本单位辖区内的单位。"))
    _refuse_day(task, asked, on)
    busy = set(
        TaskUnit.objects.filter(
            task__parent=task, task__kind=TaskKind.DELEGATED, task__state=TaskState.OPEN
        ).values_list("unit", flat=True)
    )
    if names := [each.name for each in chosen if each.pk in busy]:
        raise DutyRefused(
            _("%(names)s 还有没办结的交办任务，不重复交办。") % {"names": "、".join(names[:5])}
        )
    place = Task.objects.filter(parent=task).count()
    made = []
    for number, each in enumerate(chosen, start=place + 1):
        part = Task.objects.create(
            number=f"{task.number}-{number}",
            plan_id=task.plan_id,
            measure_id=task.measure_id,
            parent=task,
            kind=TaskKind.DELEGATED,
            given_by=unit,
            clause=task.clause,
            title=task.title,
            requirement=asked.requirement.strip(),
            starts_on=on,
            due_on=asked.due_on,
            every=task.every if asked.recurs else "",
            ends_on=task.ends_on if asked.recurs else None,
            goal_unit=task.goal_unit,
        )
        TaskUnit.objects.create(task=part, unit=each, role=UnitRole.LEAD)
        made.append(part)
    dues.lay(made, on=on)
    Task.objects.filter(pk=task.pk).update(version=F("version") + 1)
    note(by, "task.delegate", task, detail={"parts": [part.number for part in made]})
    return made


def _refuse_day(task: Task, asked: Asked, on: date) -> None:
    if len(task.number) > 32:
        raise DutyRefused(_("这项任务已经逐级交办多次，请由上级直接交办。"))
    if asked.recurs and not task.every:
        raise DutyRefused(_("一次性任务不能按期交办。"))
    if asked.due_on < on:
        raise DutyRefused(_("到期日期不能早于今天。"))
    last = last_day_for_parts(task, on)
    if last is not None and asked.due_on > last:
        raise DutyRefused(_("交办的期限不能晚于本任务的期限（%(day)s）。") % {"day": last})
