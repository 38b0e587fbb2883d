"""What the lead bureau does with tasks: adding one, setting dates and units, ending one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit import changes
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.actions import dues
from anju.duties.actions.from_plan import end_all
from anju.duties.actions.holding import hold
from anju.duties.models import (
    Comparison,
    DueState,
    Plan,
    Rhythm,
    Task,
    TaskKind,
    TaskState,
    TaskUnit,
    UnitRole,
)
from anju.duties.queries.answering import may_manage
from anju.duties.queries.reports import last_day_for_parts
from anju.duties.refusals import DutyRefused

#: How often tasks may be due; what is done more often is reported once a month.
RHYTHMS = (Rhythm.MONTH, Rhythm.QUARTER, Rhythm.HALF_YEAR, Rhythm.YEAR)
Roles = Collection[tuple[int, str]]


class TaskMoved(DutyRefused):
    """Somebody changed the task since the page was opened."""


@dataclass(frozen=True, slots=True)
class Dates:
    """By a day, or again and again until a day (`due_on` then says where in each period)."""

    due_on: date | None = None
    every: str = ""
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task that no plan names."""

    title: str
    clause: str = ""
    requirement: str = ""
    dates: Dates = field(default_factory=Dates)
    goal: Decimal | None = None
    goal_unit: str = ""


@transaction.atomic
def add(*, by: Actor, on: date, viewer: Viewer, plan: Plan, wanted: Wanted, units: Roles) -> Task:
    """Add a task to a plan by hand, with who answers for it and when it is due."""
    if not viewer.may(Permission.MANAGE_PLANS):
        raise DutyRefused(_("您的岗位不能设置任务。"))
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if not wanted.title.strip():
        raise DutyRefused(_("请填写任务名称。"))
    _refuse_dates(wanted.dates, on)
    number = Task.objects.filter(plan=plan, parent__isnull=True).count() + 1
    task = Task.objects.create(
        number=f"RW-{plan.pk:03}-{number:04}",
        plan=plan,
        kind=TaskKind.ADDED,
        clause=wanted.clause.strip(),
        title=wanted.title.strip(),
        requirement=wanted.requirement.strip(),
        starts_on=on,
        due_on=wanted.dates.due_on,
        every=wanted.dates.every,
        ends_on=wanted.dates.ends_on,
        operator=Comparison.AT_LEAST if wanted.goal is not None else "",
        goal=wanted.goal,
        goal_unit=wanted.goal_unit.strip(),
    )
    _put_units(task, units)
    dues.lay([task], on=on)
    note(by, "task.add", task, detail={"plan": plan.pk})
    return task


@transaction.atomic
def set_dates(
    *, by: Actor, on: date, viewer: Viewer, task: Task, seen: int, dates: Dates, reason: str
) -> Task:
    """Set when a task is due; days that nobody reported on yet follow, settled ones stay.

    A reason is asked for where the task had a date before. Refused for a task told by its parts.
    """
    before = {"due_on": task.due_on, "every": task.every, "ends_on": task.ends_on}
    had_one = task.due_on is not None or bool(task.every)
    _refuse(viewer, task, reason if had_one else " ")
    if task.is_whole:
        raise DutyRefused(_("这项任务按各分项的期限办理，请到分项中设置期限。"))
    _refuse_dates(dates, on)
    _refuse_later_than_whole(task, dates, on)
    claim(task, seen)
    if task.dues.filter(state=DueState.SUBMITTED).exists():
        raise DutyRefused(_("有填报正在审核。请先审核，再改期限。"))
    task.due_on, task.every, task.ends_on = dates.due_on, dates.every, dates.ends_on
    task.save(update_fields=["due_on", "every", "ends_on"])
    dues.give_up([task.pk], on=on)
    dues.lay([task], on=on, since=max(task.starts_on, on) if task.every else None)
    after = {"due_on": task.due_on, "every": task.every, "ends_on": task.ends_on}
    note(by, "task.set_dates", task, reason, changes.between(Task, before, after))
    return task


@transaction.atomic
def set_units(
    *, by: Actor, on: date, viewer: Viewer, task: Task, seen: int, units: Roles, reason: str
) -> Task:
    """Set who answers for a task, of its promises too; what was reported stays as it is."""
    _refuse(viewer, task, reason)
    claim(task, seen)
    parts = [*Task.objects.filter(parent=task, kind=TaskKind.PROMISE, state=TaskState.OPEN)]
    for each in [task, *parts]:
        replace_units(by=by, task=each, units=units, reason=reason)
    return task


def replace_units(*, by: Actor, task: Task, units: Roles, reason: str) -> None:
    """Give one task other units, with its entry; in the transaction of the caller, who asks who may."""
    before, after = sorted(task.units.values_list("unit", "role")), sorted(set(units))
    task.units.all().delete()
    _put_units(task, units)
    dues.point([task.pk])
    if before != after:
        detail = {
            "before": [f"{u} {r}" for u, r in before],
            "after": [f"{u} {r}" for u, r in after],
        }
        note(by, "task.set_units", task, reason, detail)


@transaction.atomic
def end(*, by: Actor, on: date, viewer: Viewer, task: Task, seen: int, reason: str) -> int:
    """End a task that need not be done any more, with all its parts; how many were ended."""
    _refuse(viewer, task, reason)
    claim(task, seen)
    ended = end_all([task], on=on, note=reason.strip())
    finish_whole(task, on)
    note(by, "task.end", task, reason, {"ended": ended})
    return ended


def finish_whole(task: Task, on: date) -> None:
    """A whole is done when none of its parts is open; ended where none of them was done."""
    if task.kind != TaskKind.PROMISE or task.parent_id is None:
        return
    parts = Task.objects.filter(parent=task.parent_id, kind=TaskKind.PROMISE)
    states = set(parts.values_list("state", flat=True))
    if TaskState.OPEN not in states:
        state = TaskState.DONE if TaskState.DONE in states else TaskState.ENDED
        whole = Task.objects.filter(pk=task.parent_id, state=TaskState.OPEN)
        whole.update(state=state, closed_on=on, version=F("version") + 1)
    dues.point([task.parent_id])


def claim(task: Task, seen: int) -> None:
    """Hold the task and count a change, if it is as it was when the page was opened; `TaskMoved` if not."""
    hold([task.pk])
    fresh = Task.objects.filter(pk=task.pk, version=seen, state=TaskState.OPEN)
    if not fresh.update(version=F("version") + 1):
        raise TaskMoved(_("任务在您打开页面之后已被他人改动。请看过现在的情况后再办理。"))
    task.version = seen + 1


def note(
    by: Actor, action: str, task: Task, reason: str = "", detail: Mapping[str, Any] | None = None
) -> None:
    """The audit entry of something done with a task."""
    record(
        by=by, action=action, kind="task", ids=[task.number], reason=reason.strip(), detail=detail
    )


def _put_units(task: Task, units: Roles) -> None:
    wanted = sorted(set(units))
    if not wanted:
        raise DutyRefused(_("请至少选一个单位。"))
    known = set(
        Unit.objects.filter(pk__in=[unit for unit, _role in wanted]).values_list("pk", flat=True)
    )
    if any(unit not in known or role not in UnitRole.values for unit, role in wanted):
        raise DutyRefused(_("所选单位已不在名册中，请重新选择。"))
    TaskUnit.objects.bulk_create(
        TaskUnit(task=task, unit_id=unit, role=role) for unit, role in wanted
    )


def _refuse(viewer: Viewer, task: Task, reason: str) -> None:
    if not may_manage(viewer, task):
        raise DutyRefused(_("您的岗位不能设置这项任务。"))
    if task.state != TaskState.OPEN:
        raise DutyRefused(_("这项任务已经办结，不能再改。"))
    if not reason:
        raise DutyRefused(_("请写明理由。"))


def _refuse_dates(dates: Dates, on: date) -> None:
    if dates.every and dates.every not in RHYTHMS:
        raise DutyRefused(_("请选择每月、每季度、每半年或每年。"))
    if not dates.every and dates.ends_on is not None:
        raise DutyRefused(_("一次性任务不填终止日期；定期任务请选择频次。"))
    if dates.ends_on is not None and dates.ends_on < on:
        raise DutyRefused(_("终止日期不能早于今天。"))
    if not dates.every and dates.due_on is not None and dates.due_on < on:
        raise DutyRefused(_("到期日期不能早于今天。"))


def _refuse_later_than_whole(task: Task, dates: Dates, on: date) -> None:
    """What was handed down comes back before the task it helps is due."""
    whole = task.parent
    if task.kind != TaskKind.DELEGATED or whole is None or dates.due_on is None:
        return
    last = last_day_for_parts(whole, on)
    if last is not None and dates.due_on > last:
        raise DutyRefused(_("交办的期限不能晚于本任务的期限（%(day)s）。") % {"day": last})
