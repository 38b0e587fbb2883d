"""The rows of lists that go with a report as 附件: nothing in them is of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q, QuerySet

from anju.accounts.viewer import Viewer
from anju.duties.models import DueState, TaskDue, TaskUnit
from anju.privacy.masking import holds_a_number
from anju.reporting.attached import PROBLEMS, TASKS, Attached
from anju.reporting.queries.asked import Asked
from anju.reporting.queries.parts import problems, tasks
from anju.reporting.told import Grid
from anju.supervision.models import FoundProblem, ProblemUnit, SupervisionNotice
from anju.supervision.queries import problems_for, units_of_problems

_MOST = 300
"""More rows are not printed: the workbook has them all."""
_STATES = {
    DueState.WAITING: "待报送",
    DueState.SUBMITTED: "待审核",
    DueState.RETURNED: "已退回",
    DueState.ACCEPTED: "已认定",
    DueState.LAPSED: "不再要求",
}
_PERSONAL = "（涉及个人情况，从略）"


def with_rows(asked: Asked, attached: Sequence[Attached]) -> list[Attached]:
    """Lists with their rows as they are on the day; the unit's own words as they are."""
    return [
        _LISTS[each.source](asked, each) if each.source in _LISTS else each for each in attached
    ]


def _tasks(asked: Asked, attached: Attached) -> Attached:
    """Days due in the time: three queries."""
    of_unit = tasks.of_unit(asked.reader, asked.unit).filter(is_whole=False)
    dues = TaskDue.objects.filter(asked.period.of("due_on"), task__in=of_unit.values("pk"))
    dues = dues.exclude(state=DueState.LAPSED)
    shown = list(dues.select_related("task").order_by("due_on", "task_id")[:_MOST])
    answering: dict[int, dict[str, None]] = {}
    units = TaskUnit.objects.filter(task__in={each.task_id for each in shown})
    for row in units.select_related("unit").order_by("pk"):
        answering.setdefault(row.task_id, {})[row.unit.name] = None
    lines = [("任务编号", "任务", "责任单位", "到期日期", "状态")]
    lines += [
        (
            each.task.number,
            each.task.title,
            "、".join(answering.get(each.task_id, ())),
            each.due_on.isoformat(),
            _STATES[DueState(each.state)],
        )
        for each in shown
    ]
    return _filled(attached, lines, (5, 9, 6, 4, 3), dues.count())


def _problems(asked: Asked, attached: Attached) -> Attached:
    """Problems found in the time, and those that were still open at its end."""
    of_unit = problems.of_unit(asked.reader, asked.unit)
    at = asked.at
    still_open = Q(found_on__lte=at) & (Q(closed_on__isnull=True) | Q(closed_on__gt=at))
    return _problem_rows(
        asked.reader, attached, of_unit.filter(asked.period.of("found_on") | still_open), at
    )


def of_notice(
    viewer: Viewer, notice: SupervisionNotice, attached: Sequence[Attached], on: date
) -> list[Attached]:
    """The list of a notice: problems of whom it goes to that are open on a day, of its plan if it is
    about one; the unit's own words as they are."""
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    theirs = ProblemUnit.objects.filter(unit__in=notice.units.values("unit")).values("problem")
    rows = problems_for(viewer).filter(still_open, found_on__lte=on, pk__in=theirs)
    if notice.plan_id is not None:
        rows = rows.filter(plan=notice.plan_id)
    return [_problem_rows(viewer, each, rows, on) if each.source else each for each in attached]


def _problem_rows(
    viewer: Viewer, attached: Attached, rows: QuerySet[FoundProblem], at: date
) -> Attached:
    """Problems as they stood on a day: three queries."""
    shown = list(rows.order_by("due_on", "pk")[:_MOST])
    asked_of: dict[int, list[str]] = {}
    units = units_of_problems(viewer).filter(problem__in=[each.pk for each in shown])
    for row in units.order_by("pk"):
        asked_of.setdefault(row.problem_id, []).append(row.unit.name)
    lines = [("问题编号", "问题", "整改单位", "整改期限", "状态")]
    lines += [
        (
            each.number,
            _said(each),
            "、".join(asked_of.get(each.pk, ())),
            each.due_on.isoformat(),
            "已销号" if each.closed_on and each.closed_on <= at else "整改中",
        )
        for each in shown
    ]
    return _filled(attached, lines, (5, 9, 6, 4, 3), rows.count())


def _said(problem: FoundProblem) -> str:
    """Its title, but for what tells of a household, a health or a number."""
    personal = problem.household_id is not None or problem.about_health
    return _PERSONAL if personal or holds_a_number(problem.title) else problem.title


def _filled(
    attached: Attached, lines: Sequence[Sequence[str]], widths: Sequence[int], total: int
) -> Attached:
    grid = Grid(lines, widths) if len(lines) > 1 else None
    return replace(attached, grid=grid, beyond=max(total - _MOST, 0))


_LISTS: dict[str, Callable[[Asked, Attached], Attached]] = {TASKS: _tasks, PROBLEMS: _problems}
