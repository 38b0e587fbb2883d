"""All of the cockpit, as it was counted last: kept some minutes for whoever may see the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

from anju.accounts.permissions import Permission as P
from anju.accounts.viewer import Viewer
from anju.web.cockpit import cases, indicators, problems, tasks, warnings
from anju.web.cockpit.cases import Cases
from anju.web.cockpit.indicators import Indicators
from anju.web.cockpit.tasks import Tasks
from anju.web.cockpit.tile import Tile
from anju.web.cockpit.warnings import Warnings

KEPT_SECONDS: Final = 600
SEES: Final = (P.VIEW_FINDINGS, P.VIEW_CASES, P.VIEW_DUTIES)
"""Who may do any of these has something to see there."""


@dataclass(frozen=True)
class Whole:
    """The parts of the cockpit that a viewer may see, and when they were counted."""

    warnings: Warnings | None
    cases: Cases | None
    tasks: Tasks | None
    indicators: Indicators | None
    problems: list[Tile]
    counted_at: datetime


def whole(viewer: Viewer, *, at: datetime, afresh: bool) -> Whole:
    """What the viewer may see; counted anew when asked `afresh`, or after ten minutes."""
    key = _key(viewer)
    kept: Whole | None = None if afresh else cache.get(key)
    if kept is not None:
        return kept
    counted = Whole(
        warnings=warnings.of(viewer),
        cases=cases.of(viewer),
        tasks=tasks.of(viewer),
        indicators=indicators.of(viewer),
        problems=problems.of(viewer),
        counted_at=at,
    )
    cache.set(key, counted, KEPT_SECONDS)
    return counted


def _key(viewer: Viewer) -> str:
    """The same for all who may see the same; what a unit of a town has to do is its own."""
    own = viewer.scope_for(P.VIEW_DUTIES).is_county_wide
    seen = (
        viewer.scope,
        [viewer.scope_for(each) for each in SEES],
        0 if own else viewer.user_id,
        viewer.on,
        get_language(),
        settings.POLICY_PACK,
    )
    return f"cockpit:{hashlib.sha256(repr(seen).encode()).hexdigest()}"
