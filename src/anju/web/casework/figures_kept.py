"""The figures as they were counted last: kept some minutes for whoever may see the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.queries import figures
from anju.casework.queries.figures import Period, Span, Turns
from anju.web.casework.figure_tables import Table, tables

KEPT_SECONDS: Final = 600


@dataclass(frozen=True)
class Figures:
    """All figures of a time in some places, in one language, and when they were counted."""

    tables: Sequence[Table]
    decision: Span
    turns: Turns
    counted_at: datetime


def figures_of(
    viewer: Viewer, period: Period, *, by_village: bool, at: datetime, afresh: bool
) -> Figures:
    """The figures in the viewer's places; counted anew when asked `afresh`, or after ten minutes."""
    key = _key(viewer, period, by_village)
    kept: Figures | None = None if afresh else cache.get(key)
    if kept is not None:
        return kept
    counted = Figures(
        tables(viewer, period, by_village=by_village),
        figures.to_decision(viewer, period),
        figures.turns(viewer, period),
        at,
    )
    cache.set(key, counted, KEPT_SECONDS)
    return counted


def _key(viewer: Viewer, period: Period, by_village: bool) -> str:
    """The same for all who may see the same: the places, those with health, and the day."""
    seen = (
        viewer.scope,
        viewer.scope_for(Permission.VIEW_CASES),
        viewer.scope_for(Permission.VIEW_HEALTH),
        viewer.on,
        period,
        by_village,
        get_language(),
        settings.POLICY_PACK,
    )
    return f"figures:{hashlib.sha256(repr(seen).encode()).hexdigest()}"
