"""Drafts of reports on tasks: kept while somebody types, gone once the report is handed in.

The audit trail tells that one was begun or thrown away, not each time it was kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.models import ProgressDraft, TaskDue
from anju.duties.queries.answering import reporting_unit
from anju.duties.queries.drafts import own
from anju.duties.refusals import DutyRefused

MOST_SIGNS = 10_000


@transaction.atomic
def keep(
    *, by: Actor, at: datetime, viewer: Viewer, due: TaskDue, texts: Mapping[str, str]
) -> ProgressDraft:
    """Keep what was typed so far, instead of what was kept before.

    Refused: who does not report for one of the task's units, and more than `MOST_SIGNS`.
    """
    if reporting_unit(viewer, due.task) is None:
        raise DutyRefused(_("这项任务不由您的单位填报，或者已经办结。"))
    if sum(map(len, texts.values())) > MOST_SIGNS:
        raise DutyRefused(_("内容太长，草稿没有保存。请删减后再试。"))
    draft, is_new = ProgressDraft.objects.update_or_create(
        due=due, written_by=by.username, defaults={"texts": dict(texts), "saved_at": at}
    )
    if is_new:
        _tell(by, due, "progress.draft")
    return draft


@transaction.atomic
def end(*, by: Actor, due: TaskDue, is_handed_in: bool) -> None:
    """The draft goes: it was reported, or its writer threw it away. Nothing where there is none."""
    if own(by.username, due).delete()[0]:
        _tell(by, due, "progress.end_draft", handed_in=is_handed_in)


def due_to_go(before: datetime) -> QuerySet[ProgressDraft]:
    """Drafts nobody went on with since a moment."""
    return ProgressDraft.objects.filter(saved_at__lt=before)


def forget(*, before: datetime) -> int:
    """Delete them; how many. The entry is that of the retention rule."""
    return due_to_go(before).delete()[0]


def _tell(by: Actor, due: TaskDue, action: str, **told: bool) -> None:
    detail = {"due": due.due_on.isoformat(), **told}
    record(by=by, action=action, kind="task", ids=[due.task.number], detail=detail)
