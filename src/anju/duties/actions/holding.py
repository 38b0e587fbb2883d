"""Holding tasks: of two people who act on one at once the second waits, and finds what the first did.

Whoever changes what is due of a task, what was reported, or which day is next, holds the task before
anything else of it. Two reports of different days of one task, or of two promises of one whole, would
each be followed without the other: a task would stay open for ever, or a report vanish with its day.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from anju.duties.models import Task, TaskKind

_AT_ONCE = 500


def hold(task_ids: Iterable[int]) -> None:
    """Hold tasks, and those they are promises of, until the transaction ends.

    Always in the order of their ids, a whole before its parts, so that nobody waits in a circle; and
    without keeping others from adding rows that point to them. Where a database knows no rows to hold
    (SQLite), its transactions follow each other anyway.
    """
    if not connection.features.has_select_for_update:
        return
    ids = set(task_ids)
    promises = Task.objects.filter(pk__in=ids, kind=TaskKind.PROMISE, parent__isnull=False)
    wanted = sorted(ids | set(promises.order_by().values_list("parent", flat=True)))
    rows = Task.objects.select_for_update(no_key=True).order_by("pk")
    for start in range(0, len(wanted), _AT_ONCE):
        list(rows.filter(pk__in=wanted[start : start + _AT_ONCE]).values_list("pk", flat=True))
