"""One's own drafts: nobody is shown another person's."""

from __future__ import annotations

from django.db.models import QuerySet

from anju.accounts.viewer import Viewer
from anju.duties.models import ProgressDraft, TaskDue


def draft_for(viewer: Viewer, due: TaskDue) -> ProgressDraft | None:
    """What the viewer typed about a due day (of a gate) and has not reported."""
    return own(viewer.username, due).first()


def own(username: str, due: TaskDue) -> QuerySet[ProgressDraft]:
    """The one draft of somebody, or none."""
    return ProgressDraft.objects.filter(due=due, written_by=username)
