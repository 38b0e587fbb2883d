"""Opening what was accepted once more: its report goes back to the unit, with the reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.duties.actions import dues
from anju.duties.actions.progress import follow, held, refuse_numbers, tell
from anju.duties.models import DueState, Progress, ProgressState, Task, TaskKind, TaskState
from anju.duties.queries.answering import may_reopen
from anju.duties.refusals import DutyRefused


@transaction.atomic
def reopen(*, by: Actor, on: date, viewer: Viewer, progress: Progress, reason: str) -> Progress:
    """Send an accepted report back to its unit; a task that was done with it is open again.

    Refused: who does not check the task, their own report, a task that was ended, no reason, and a
    report that somebody else reopened meanwhile.
    """
    due = held(progress.due)
    task = due.task
    if not may_reopen(viewer, task):
        raise DutyRefused(_("您的岗位不能重新打开这项任务。"))
    if progress.reported_by == by.username:
        raise DutyRefused(_("自己填报的要由另一位同事审核。"))
    if not reason.strip():
        raise DutyRefused(_("请写明为什么重新打开，单位要知道补什么。"))
    refuse_numbers(reason)
    if task.state == TaskState.ENDED or due.state == DueState.LAPSED:
        raise DutyRefused(_("这项任务已经终止，不再要求填报。"))
    if task.parent is not None and task.parent.state == TaskState.ENDED:
        raise DutyRefused(_("上级任务已经终止，不再要求填报。"))
    _give_back(by, on, progress, reason.strip())
    _open(task)
    follow(due, on)
    tell(by, "progress.reopen", progress, reason.strip())
    return progress


def _give_back(by: Actor, on: date, progress: Progress, reason: str) -> None:
    """The report's answer becomes the opposite; when it had been accepted stays told."""
    row = Progress.objects.select_for_update(of=("self",)).get(pk=progress.pk)
    newer = Progress.objects.filter(due=row.due_id, unit=row.unit_id, pk__gt=row.pk)
    newer = newer.exclude(state=ProgressState.WITHDRAWN)
    if row.state != ProgressState.ACCEPTED or newer.exists():
        raise DutyRefused(_("这份填报刚刚已由他人处理，请刷新页面。"))
    said = _("%(day)s认定后重新打开：%(reason)s") % {"day": row.checked_on, "reason": reason}
    row.state, row.checked_on, row.checked_by, row.check_note = (
        ProgressState.RETURNED, on, by.username, said,
    )  # fmt: skip
    row.save(update_fields=["state", "checked_on", "checked_by", "check_note"])
    progress.state = row.state


def _open(task: Task) -> None:
    """The task, and the whole it is a promise of, are to be done again."""
    ids = [task.pk]
    if task.kind == TaskKind.PROMISE and task.parent_id is not None:
        ids.append(task.parent_id)
    done = Task.objects.filter(pk__in=ids, state=TaskState.DONE)
    done.update(state=TaskState.OPEN, closed_on=None, version=F("version") + 1)
    task.refresh_from_db(fields=["state", "closed_on", "version"])
    dues.point([task.pk])
