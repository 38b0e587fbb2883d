"""Rows of duties as answers: a fixed number of queries for a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from anju.accounts.viewer import Viewer
from anju.api.duty_answers import (
    DueOut,
    IndicatorDetail,
    IndicatorOut,
    PlanOut,
    ProblemOut,
    ProgressOut,
    TargetOut,
    TaskDetail,
    TaskOut,
    UnitOut,
    ValueOut,
)
from anju.duties.lights import light
from anju.duties.models import NEVER, Indicator, IndicatorValue, Plan, ProgressState, Task, TaskUnit
from anju.duties.queries import tasks_for
from anju.duties.queries.indicators import counting_values
from anju.duties.queries.limits import warning_days
from anju.duties.queries.listing import units_of
from anju.duties.queries.reports import reports_of
from anju.duties.queries.standing import light_of
from anju.privacy.masking import masked_text
from anju.supervision.models import FoundProblem, ProblemState
from anju.supervision.queries.listing import of_problems


def plan(row: Plan) -> PlanOut:
    """A plan."""
    return PlanOut(
        id=row.pk,
        title=row.title,
        short_title=row.short_title,
        number=row.number,
        issuer=row.issuer,
        dated=row.dated,
        pack=row.pack,
        ended_on=row.ended_on,
    )


def tasks(viewer: Viewer, rows: Sequence[Task]) -> list[TaskOut]:
    """Tasks with their units, lights, and the tasks they are part of where these may be seen."""
    units = units_of(rows)
    parents = tasks_for(viewer).filter(pk__in={row.parent_id for row in rows if row.parent_id})
    seen = set(parents.values_list("pk", flat=True))
    warn = warning_days(viewer.on)
    return [TaskOut(**_task(viewer, row, units.get(row.pk, ()), seen, warn)) for row in rows]


def task_detail(viewer: Viewer, row: Task) -> TaskDetail:
    """A task with its due days and reports that the viewer may read, the latest first."""
    seen = set(tasks_for(viewer).filter(pk=row.parent_id).values_list("pk", flat=True))
    units = units_of([row]).get(row.pk, ())
    dues = list(row.dues.order_by("-due_on"))
    days = {due.pk: due for due in dues}
    told = reports_of(viewer, dues).exclude(state=ProgressState.WITHDRAWN)
    return TaskDetail(
        **_task(viewer, row, units, seen, warning_days(viewer.on)),
        requirement=row.requirement,
        dues=[
            DueOut(
                period=due.period,
                due_on=due.day,
                state=due.state,
                reported_on=due.reported_on,
                settled_on=due.settled_on,
            )
            for due in dues
        ],
        progress=[
            ProgressOut(
                period=days[each.due_id].period,
                due_on=days[each.due_id].day,
                unit=each.unit.name,
                words=masked_text(each.words),
                value=each.value,
                percent=each.percent,
                is_complete=each.is_complete,
                state=each.state,
                reported_on=each.reported_on,
                checked_on=each.checked_on,
            )
            for each in told
        ],
    )


def indicators(rows: Sequence[Indicator]) -> list[IndicatorOut]:
    """Indicators with their targets and last values; two queries."""
    targets = _targets(rows)
    latest: dict[int, IndicatorValue] = {}
    for value in counting_values(rows).order_by("as_of", "pk"):
        latest[value.indicator_id] = value
    return [
        IndicatorOut(**_indicator(row, targets), latest=_value(latest.get(row.pk))) for row in rows
    ]


def indicator_detail(row: Indicator) -> IndicatorDetail:
    """An indicator with all its values."""
    values = list(counting_values([row]).order_by("-as_of", "-pk"))
    return IndicatorDetail(
        **_indicator(row, _targets([row])),
        latest=_value(values[0] if values else None),
        definition=row.definition,
        values=[shown for each in values if (shown := _value(each)) is not None],
    )


def problems(viewer: Viewer, rows: Sequence[FoundProblem], on: date) -> list[ProblemOut]:
    """Problems with their units; what tells of health only to who may see that."""
    known = of_problems(viewer, rows)
    tasks_seen = set(
        tasks_for(viewer)
        .filter(pk__in={row.task_id for row in rows if row.task_id})
        .values_list("pk", flat=True)
    )
    warn = warning_days(on)
    return [
        ProblemOut(
            number=row.number,
            title="" if known[row.pk].is_hidden else row.title,
            words="" if known[row.pk].is_hidden else masked_text(row.words),
            is_hidden=known[row.pk].is_hidden,
            source=row.source,
            seriousness=row.seriousness,
            division_code=row.division_code,
            units=known[row.pk].units,
            plan=row.plan_id,
            clause=row.clause,
            task=row.task.number if row.task and row.task_id in tasks_seen else None,
            indicator=row.indicator.code if row.indicator else None,
            household_code=row.household.code if row.household else None,
            found_on=row.found_on,
            due_on=row.due_on,
            round=row.round,
            state=row.state,
            closed_on=row.closed_on,
            light=light(row.due_on, on, row.state == ProblemState.CLOSED, warn),
        )
        for row in rows
    ]


def _task(
    viewer: Viewer, row: Task, units: Sequence[TaskUnit], seen: set[int], warn: int
) -> dict[str, Any]:
    return {
        "number": row.number,
        "plan": row.plan_id,
        "clause": row.clause,
        "title": row.title,
        "kind": row.kind,
        "parent": row.parent.number if row.parent and row.parent_id in seen else None,
        "units": [UnitOut(name=each.unit.name, role=each.role) for each in units],
        "due_on": row.due_on,
        "every": row.every,
        "ends_on": row.ends_on,
        "next_due_on": None if row.next_due_on == NEVER else row.next_due_on,
        "operator": row.operator,
        "goal": row.goal,
        "goal_upper": row.goal_upper,
        "goal_unit": row.goal_unit,
        "state": row.state,
        "closed_on": row.closed_on,
        "light": light_of(row, viewer.on, warn),
    }


def _targets(rows: Sequence[Indicator]) -> dict[int, list[TargetOut]]:
    found: dict[int, list[TargetOut]] = {}
    for row in rows:
        found[row.pk] = [
            TargetOut(due_on=each.due_on, value=each.value, upper=each.upper, clause=each.clause)
            for each in row.targets.all()
        ]
    return found


def _indicator(row: Indicator, targets: Mapping[int, list[TargetOut]]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "code": row.code,
        "name": row.name,
        "unit": row.unit,
        "operator": row.operator,
        "source": row.source,
        "plan": row.plan_id,
        "reporting_unit": row.reporting_unit.name if row.reporting_unit else None,
        "every": row.every,
        "ended_on": row.ended_on,
        "targets": targets[row.pk],
    }


def _value(row: IndicatorValue | None) -> ValueOut | None:
    if row is None:
        return None
    return ValueOut(as_of=row.as_of, value=row.value, recorded_on=row.recorded_on)
