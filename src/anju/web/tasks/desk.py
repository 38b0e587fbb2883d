"""Tasks on the desk: what the viewer's unit has to report, what the viewer has to check, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import DueState
from anju.duties.queries import task_desk
from anju.duties.queries.limits import warning_days
from anju.web.casework.columns import left_in_words
from anju.web.desk.item import Item

_SHOWN = 15
_TASKS_OF_A_PLAN = 3
_UNITS_NAMED = 3
_CHECK_WITHIN = timedelta(days=5)


def items(viewer: Viewer) -> Iterator[Item]:
    """Reports that are owed, reports to check, and tasks that lack a date or a unit."""
    if not viewer.may(Permission.VIEW_DUTIES):
        return
    yield from _owed(viewer)
    yield from _to_check(viewer)
    yield from _without_date(viewer)


def _owed(viewer: Viewer) -> Iterator[Item]:
    owed = task_desk.owed(viewer, viewer.on, warning_days(viewer.on), _SHOWN)
    helped = task_desk.sent_back_to_helpers(viewer, _SHOWN)
    for due in [*owed, *helped]:
        is_back = due.state == DueState.RETURNED or due in helped
        title = _("补充后重报：%(title)s") if is_back else _("填报进展：%(title)s")
        told = (due.task.plan.short_title, due.period, left_in_words(due.day, viewer.on))
        yield Item(
            title=title % {"title": due.task.title},
            detail=" · ".join(part for part in told if part),
            address=reverse("web:task-report", args=[due.task.number, due.pk]),
            since=due.day or viewer.on,
            is_late=due.due_on < viewer.on,
            due_on=due.day,
        )


def _to_check(viewer: Viewer) -> Iterator[Item]:
    """A line a task, with its units; of a plan where much waits one line that leads to the list."""
    for group in task_desk.to_check_grouped(viewer, _TASKS_OF_A_PLAN)[:_SHOWN]:
        if group.task is not None:
            title = _("审核填报：%(title)s") % {"title": group.task.title}
            address = reverse("web:task", args=[group.task.number])
        else:
            count = len(group.tasks)
            said = ngettext("审核填报：%(count)s 项任务", "审核填报：%(count)s 项任务", count)
            title = said % {"count": count}
            address = f"{reverse('web:tasks')}?waits=mine&plan={group.plan_id}"
        yield Item(
            title=title,
            detail=f"{_units(group.units)} · {group.plan}",
            address=address,
            since=group.since,
            is_late=viewer.on - group.since > _CHECK_WITHIN,
        )


def _units(names: Sequence[str]) -> str:
    """The units by name; of many the first, and how many more."""
    if len(names) <= _UNITS_NAMED:
        return _("、").join(names)
    told = {"names": _("、").join(names[:_UNITS_NAMED]), "count": len(names)}
    return _("%(names)s等 %(count)s 个单位") % told


def _without_date(viewer: Viewer) -> Iterator[Item]:
    count, since = task_desk.without_date(viewer)
    if since is None:
        return
    said = ngettext("%(count)s 项任务还没有期限或单位", "%(count)s 项任务还没有期限或单位", count)
    yield Item(
        title=said % {"count": count},
        detail=_("方案没有写明，请补上；补上之前不提醒、不亮灯。"),
        address=f"{reverse('web:tasks')}?lack=1",
        since=since,
        is_late=False,
    )
