"""Operations about plans, tasks, indicators and problems. All read, each through a gate."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router
from ninja.errors import HttpError

from anju.accounts.permissions import Permission
from anju.api import duty_rows as rows_of
from anju.api.answers import Problem
from anju.api.asking import PROBLEMS, leave_entry, viewer_who_may
from anju.api.duty_answers import (
    DutyChangeOut,
    DutyChanges,
    IndicatorDetail,
    Indicators,
    PlanOut,
    Problems,
    TaskDetail,
    Tasks,
)
from anju.audit import queries as audit
from anju.duties.models import Indicator, Task, TaskState
from anju.duties.queries import plans_for, task_for, tasks_for
from anju.duties.queries.indicators import indicator_for, indicators_for
from anju.intake.changed import is_archived
from anju.supervision.models import ProblemState
from anju.supervision.queries import problems_for
from anju.supervision.queries.changed import changes_for

router = Router()

Limit = Annotated[int, Query(ge=1, le=500, description="每页条数")]
Number = Annotated[int, Query(ge=0, le=2**62)]
Plan = Annotated[int, Query(ge=0, le=2**62, description="方案 id；0 为全部")]
TaskNumber = Annotated[str, Path(max_length=40)]
IndicatorId = Annotated[int, Path(ge=0, le=2**62)]


@router.get("/plans", response={200: list[PlanOut], **PROBLEMS}, summary="方案")
def list_plans(request: HttpRequest) -> list[PlanOut]:
    """Plans that are or were in force, the newest first."""
    viewer = viewer_who_may(request, Permission.VIEW_DUTIES)
    return [rows_of.plan(each) for each in plans_for(viewer).order_by("-id")]


@router.get("/tasks", response={200: Tasks, **PROBLEMS}, summary="任务")
def list_tasks(
    request: HttpRequest,
    plan: Plan = 0,
    open_only: bool = False,
    after: Number = 0,
    limit: Limit = 100,
) -> Tasks:
    """Tasks of units in the token's place, in the order they were made."""
    viewer = viewer_who_may(request, Permission.VIEW_DUTIES)
    rows = tasks_for(viewer).filter(pk__gt=after).order_by("pk")
    if plan:
        rows = rows.filter(plan=plan)
    if open_only:
        rows = rows.filter(state=TaskState.OPEN)
    change = audit.last_sequence()  # before reading: what changes meanwhile is told again
    found = list(rows.select_related("parent")[: limit + 1])
    items = rows_of.tasks(viewer, found[:limit])
    leave_entry(request, viewer, "task", [each.number for each in items])
    following = found[limit - 1].pk if len(found) > limit else None
    return Tasks(items=items, next=following, change=change)


@router.get("/tasks/{number}", response={200: TaskDetail, **PROBLEMS}, summary="一项任务")
def read_task(request: HttpRequest, number: TaskNumber) -> TaskDetail:
    """A task with the days it is due and what units in the token's place reported."""
    viewer = viewer_who_may(request, Permission.VIEW_DUTIES)
    try:
        task = task_for(viewer, number)
    except (Task.DoesNotExist, ValueError):
        raise HttpError(404, "没有这项任务，或不在令牌的区域内。") from None
    leave_entry(request, viewer, "task", [task.number])
    return rows_of.task_detail(viewer, task)


@router.get("/indicators", response={200: Indicators, **PROBLEMS}, summary="指标")
def list_indicators(request: HttpRequest, after: Number = 0, limit: Limit = 100) -> Indicators:
    """Indicators with targets and last values; they are figures of the whole county."""
    viewer = viewer_who_may(request, Permission.VIEW_DUTIES)
    rows = indicators_for(viewer).filter(pk__gt=after).prefetch_related("targets")
    found = list(rows.order_by("pk")[: limit + 1])
    items = rows_of.indicators(found[:limit])
    leave_entry(request, viewer, "indicator", [each.code for each in items])
    following = found[limit - 1].pk if len(found) > limit else None
    return Indicators(items=items, next=following)


@router.get(
    "/indicators/{indicator_id}", response={200: IndicatorDetail, **PROBLEMS}, summary="一项指标"
)
def read_indicator(request: HttpRequest, indicator_id: IndicatorId) -> IndicatorDetail:
    """An indicator with every value that counts."""
    viewer = viewer_who_may(request, Permission.VIEW_DUTIES)
    try:
        found = indicator_for(viewer, indicator_id)
    except Indicator.DoesNotExist:
        raise HttpError(404, "没有这项指标。") from None
    leave_entry(request, viewer, "indicator", [found.code])
    return rows_of.indicator_detail(found)


@router.get("/problems", response={200: Problems, **PROBLEMS}, summary="问题")
def list_problems(
    request: HttpRequest,
    plan: Plan = 0,
    open_only: bool = False,
    after: Number = 0,
    limit: Limit = 100,
) -> Problems:
    """Problems of units in the token's place; those that name a household only with its contents."""
    viewer = viewer_who_may(request, Permission.VIEW_DUTIES)
    rows = problems_for(viewer).filter(pk__gt=after).order_by("pk")
    if not viewer.may(Permission.VIEW_HOUSEHOLDS):
        rows = rows.filter(household__isnull=True)
    if plan:
        rows = rows.filter(plan=plan)
    if open_only:
        rows = rows.exclude(state=ProblemState.CLOSED)
    found = list(rows.select_related("household__grid", "task", "indicator")[: limit + 1])
    items = rows_of.problems(viewer, found[:limit], timezone.localdate())
    leave_entry(request, viewer, "supervision_problem", [each.number for each in items])
    following = found[limit - 1].pk if len(found) > limit else None
    return Problems(items=items, next=following)


@router.get(
    "/duty-changes", response={200: DutyChanges, 410: Problem, **PROBLEMS}, summary="责任变动"
)
def list_duty_changes(request: HttpRequest, after: Number = 0, limit: Limit = 100) -> DutyChanges:
    """Which plans, tasks, indicators and problems changed since a number; begin with `change` of tasks."""
    viewer = viewer_who_may(request, Permission.VIEW_DUTIES)
    if is_archived(after):
        raise HttpError(410, "这个变动号之前的记录已归档，请重新读取全部任务。")
    feed = changes_for(viewer, after=after, limit=limit)
    items = [
        DutyChangeOut(
            number=each.number,
            at=each.at,
            plans=list(each.plans),
            tasks=list(each.tasks),
            indicators=list(each.indicators),
            problems=list(each.problems),
        )
        for each in feed.changes
    ]
    return DutyChanges(items=items, last=feed.last, more=feed.more)
