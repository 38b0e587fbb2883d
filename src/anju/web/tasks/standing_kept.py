"""Counts of lights: of very many tasks as they were counted last, kept some minutes.

Counting reads every task. A county's few thousand are counted whenever somebody looks; of a hundred
thousand the counts are kept, and the page says when they were counted and counts afresh if asked.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.cache import cache

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.queries import standing, tasks_for, units_for
from anju.duties.queries.standing import Lights

KEPT_SECONDS: Final = 600
MANY_TASKS: Final = 20_000


@dataclass(frozen=True)
class Counted:
    """The lights of plans and of units, and when they were counted; `is_kept` some minutes."""

    plans: list[Lights]
    units: list[Lights]
    at: datetime
    is_kept: bool


def lights_of(viewer: Viewer, warn_days: int, *, at: datetime, afresh: bool) -> Counted:
    """The lights of what the viewer may see; counted anew when asked `afresh`."""
    key = _key(viewer, warn_days)
    kept: Counted | None = None if afresh else cache.get(key)
    if kept is not None:
        return kept
    tasks = tasks_for(viewer)
    plans = standing.by_plan(tasks, viewer.on, warn_days)
    shown = set(units_for(viewer).values_list("pk", flat=True))
    units = [each for each in standing.by_unit(tasks, viewer.on, warn_days) if each.id in shown]
    is_kept = sum(each.total for each in plans) > MANY_TASKS
    counted = Counted(plans, units, at, is_kept)
    if is_kept:
        cache.set(key, counted, KEPT_SECONDS)
    return counted


def _key(viewer: Viewer, warn_days: int) -> str:
    """The same for all who see the whole county; of others each has a unit of their own."""
    scope = viewer.scope_for(Permission.VIEW_DUTIES)
    who = 0 if scope.is_county_wide else viewer.user_id
    seen = (who, scope, viewer.on, warn_days)
    return f"lights:{hashlib.sha256(repr(seen).encode()).hexdigest()}"
