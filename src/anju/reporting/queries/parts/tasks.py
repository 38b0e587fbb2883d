"""任务落实: what was due in the time and what became of it, of the unit or of all units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.casework.queries.figures import Period
from anju.duties.models import DueState, Task, TaskDue, TaskState, TaskUnit
from anju.duties.queries import tasks_for
from anju.duties.queries.limits import warning_days
from anju.reporting.queries.asked import Asked
from anju.reporting.told import Figure, Part, share

TITLE = "任务落实情况"


@dataclass(frozen=True)
class Tally:
    """Tasks under way and closed; days that were due, were accepted, wait for the lead bureau, are
    late, come near. What was reported in time is not late, as with lights.
    """

    under_way: int
    closed: int
    due: int
    accepted: int
    accepted_of_due: int
    waiting: int
    late: int
    near: int


def tell(asked: Asked) -> Part | None:
    """None where the unit has no tasks."""
    tasks = of_unit(asked.reader, asked.unit)
    if not tasks.exists():
        return None
    counted = tally(tasks, asked.period, asked.at)
    closed = {"state": "done", "closed": asked.span}
    due, settled = {"state": "all", "due": asked.span}, {"state": "all", "settled": asked.span}
    waiting = {"waits": "1"}
    told = [
        Figure("tasks.under_way", "在办任务", counted.under_way, "项", "tasks", {"state": "open"}),
        Figure("tasks.closed", "本期办结任务", counted.closed, "项", "tasks", closed),
        Figure("tasks.due", "本期到期节点", counted.due, "个", "tasks", due),
        Figure("tasks.accepted_of_due", "其中已认定", counted.accepted_of_due, "个", "tasks", due),
        Figure("tasks.accepted", "本期认定节点", counted.accepted, "个", "tasks", settled),
        Figure("tasks.waiting", "已报送待审核节点", counted.waiting, "个", "tasks", waiting),
        Figure("tasks.late", "期末逾期节点", counted.late, "个", "tasks", {"light": "red"}),
        Figure("tasks.near", "临近到期节点", counted.near, "个", "tasks", {"light": "yellow"}),
    ]
    sentences = [
        f"在办任务{counted.under_way}项，本期办结{counted.closed}项。本期到期节点{counted.due}个，"
        f"已认定{counted.accepted_of_due}个{_rate(counted)}；连同以往到期的，本期共认定"
        f"{counted.accepted}个。截至{asked.at.month}月{asked.at.day}日，已报送待审核"
        f"{counted.waiting}个，逾期{counted.late}个，"
        f"{warning_days(asked.at)}天内到期{counted.near}个。"
    ]
    return Part("tasks", TITLE, sentences, told)


def of_unit(viewer: Viewer, unit: Unit | None) -> QuerySet[Task]:
    """Tasks the viewer may see that a unit answers for, in whichever role; of all units without one."""
    tasks = tasks_for(viewer).order_by()
    if unit is None:
        return tasks
    return tasks.filter(pk__in=TaskUnit.objects.filter(unit=unit).values("task"))


def tally(tasks: QuerySet[Task], period: Period, at: date) -> Tally:
    """Tasks in numbers as they stood on a day; two queries. A task of several promises counts as these."""
    open_then = Q(starts_on__lte=at) & (Q(closed_on__isnull=True) | Q(closed_on__gt=at))
    whole = tasks.filter(is_whole=False).aggregate(
        under_way=Count("pk", filter=open_then),
        closed=Count("pk", filter=Q(state=TaskState.DONE) & period.of("closed_on")),
    )
    dues = TaskDue.objects.filter(task__in=tasks.values("pk")).exclude(state=DueState.LAPSED)
    settled = Q(state=DueState.ACCEPTED, settled_on__lte=at)
    reported = Q(reported_on__isnull=False, reported_on__lte=at)
    in_time = reported & Q(reported_on__lte=F("due_on"))
    soon = at + timedelta(days=warning_days(at))
    counted = dues.order_by().aggregate(
        due=Count("pk", filter=period.of("due_on")),
        accepted_of_due=Count("pk", filter=period.of("due_on") & settled),
        accepted=Count("pk", filter=settled & Q(settled_on__gte=period.first)),
        waiting=Count("pk", filter=reported & ~settled),
        late=Count("pk", filter=Q(due_on__lt=at) & ~settled & ~in_time),
        near=Count("pk", filter=Q(due_on__range=(at, soon)) & ~settled & ~reported),
    )
    return Tally(**whole, **counted)


def _rate(counted: Tally) -> str:
    rate = share(counted.accepted_of_due, counted.due)
    return f"（{rate}）" if rate else ""
