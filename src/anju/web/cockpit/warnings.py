"""Households of each level in the last run, against the month before, and over a year."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.monitoring import queries as monitoring
from anju.monitoring.models import Run, WarningLevel
from anju.monitoring.queries.runs import earlier_runs
from anju.web import words

_MONTHS = 12
_COLOURS = {"red": "#c92a2a", "orange": "#e8590c", "yellow": "#e6b800", "hint": "#8a94a3"}
Levels = Mapping[WarningLevel, int]


@dataclass(frozen=True)
class Level:
    """Households of a level, and how many more than in the month before (None: no month before)."""

    code: str
    households: int
    change: int | None
    address: str


@dataclass(frozen=True)
class Warnings:
    """What a run found, and the months up to it (for the chart, and as a table)."""

    month: str
    run: str
    levels: list[Level]
    chart: str
    months: list[tuple[str, list[int]]]


def of(viewer: Viewer) -> Warnings | None:
    """The levels of the last finished run; None where there is none, or not for the viewer."""
    run = monitoring.latest_run() if viewer.may(Permission.VIEW_FINDINGS) else None
    if run is None:
        return None
    runs = [*reversed(earlier_runs(run, limit=_MONTHS - 1)), run]
    found = monitoring.levels_of_runs(viewer, runs)
    counts = [found.get(each.pk, {}) for each in runs]
    before = counts[-2] if len(counts) > 1 else None
    return Warnings(
        month=run.month,
        run=reverse("web:run", args=[run.pk]),
        levels=[_level(code, counts[-1], before) for code in words.LEVELS],
        chart=_chart(runs, counts) if len(runs) > 1 else "",
        months=[
            (run.month, [each.get(WarningLevel(code), 0) for code in words.LEVELS])
            for run, each in zip(runs, counts, strict=True)
        ],
    )


def _level(code: str, now: Levels, before: Levels | None) -> Level:
    level = WarningLevel(code)
    number = now.get(level, 0)
    change = None if before is None else number - before.get(level, 0)
    return Level(code, number, change, f"{reverse('web:households')}?level={code}")


def _chart(runs: Sequence[Run], counts: Sequence[Levels]) -> str:
    series = [
        {
            "name": str(name),
            "kind": "bar",
            "stack": "levels",
            "colour": _COLOURS[code],
            "values": [each.get(WarningLevel(code), 0) for each in counts],
        }
        for code, name in words.LEVELS.items()
    ]
    return json.dumps(
        {"unit": _("户"), "categories": [run.month for run in runs], "series": series}
    )
