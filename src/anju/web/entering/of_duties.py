"""Forms of tasks and of the open pages: how many of their fields are known when they open."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.duties.models import TaskDue
from anju.duties.queries import reports, task_desk, unit_of
from anju.intake.outgoing.coverage import Counted, Coverage

_AHEAD = 366
_TASKS = 10
_OF_SELF_REPORT = 5
"""Name, telephone, difficulty, what is told, and the village."""


def coverages(viewer: Viewer, found: Counted) -> Iterator[Coverage]:
    """The report on a task, as it would open now for what the viewer's unit owes next; and the open
    page, which knows its village and asks nobody to sign in."""
    unit = unit_of(viewer)
    owed = task_desk.owed(viewer, viewer.on, _AHEAD, _TASKS) if unit is not None else []
    if unit is not None and owed:
        asked = [_of_due(due, reports.known_of(due, unit)) for due in owed]
        fields = max(number for number, _known in asked)
        known = sum(known for _number, known in asked)
        yield Coverage("progress", _("填报任务进展"), unit.name, fields, len(asked), known)
    yield Coverage("self-report", _("自主申报（公开页）"), "", _OF_SELF_REPORT, 1, 1)


def _of_due(due: TaskDue, known: reports.Known) -> tuple[int, int]:
    """Fields of one report (words, value, share), and those that need not be typed."""
    asks_value = reports.asks_value(due.task)
    follows = asks_value and due.task.goal is not None and due.task.operator in reports.REACHES
    there = [bool(known.words), known.percent is not None or (follows and known.value is not None)]
    if asks_value:
        there.append(known.value is not None)
    return len(there), sum(there)
