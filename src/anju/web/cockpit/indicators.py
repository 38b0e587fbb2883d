"""Indicators against their targets: how many where, those that lag, and what the registers say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.courses import Course
from anju.duties.models import Indicator
from anju.duties.queries import indicators as queries
from anju.duties.queries.indicators import Standing
from anju.reporting.figures import FIGURES
from anju.reporting.figures.model import SHARE
from anju.web.cockpit.tile import Tile, tone
from anju.web.indicators import wording

LAGGING_SHOWN = 10
_ORDER = (Course.MISSED, Course.BEHIND, Course.OPEN, Course.ON_COURSE, Course.REACHED)
_TONES = {Course.MISSED: "red", Course.BEHIND: "yellow", Course.REACHED: "done"}


@dataclass(frozen=True)
class Lagging:
    """An indicator that is behind, or missed its day."""

    name: str
    address: str
    plan: str
    course: wording.Badge
    latest: str
    target: str
    due_on: date | None


@dataclass(frozen=True)
class Indicators:
    """How many stand where, the first of those that lag, and numbers worked out from registers."""

    tiles: list[Tile]
    lagging: list[Lagging]
    more: int
    figures: list[Tile]


def of(viewer: Viewer) -> Indicators | None:
    """The indicators that are followed; None for who does not see them, and where there are none."""
    if not viewer.may(Permission.VIEW_DUTIES):
        return None
    rows = list(queries.indicators_for(viewer).filter(queries.current(viewer.on)).order_by("pk"))
    if not rows:
        return None
    standings = queries.standings(rows, viewer.on)
    courses = Counter(standings[row.pk].course for row in rows)
    lag = [row for row in rows if standings[row.pk].course in (Course.MISSED, Course.BEHIND)]
    lag.sort(key=lambda row: (_ORDER.index(standings[row.pk].course), row.pk))
    return Indicators(
        tiles=[_tile(course, courses[course]) for course in _ORDER],
        lagging=[_lagging(row, standings[row.pk]) for row in lag[:LAGGING_SHOWN]],
        more=max(len(lag) - LAGGING_SHOWN, 0),
        figures=_figures(rows, standings),
    )


def _tile(course: Course, number: int) -> Tile:
    colour = tone(number, _TONES.get(course, ""))
    address = f"{reverse('web:indicators')}?course={course}"
    return Tile(str(wording.COURSES[course]), f"{number:,}", _("项"), address, tone=colour)


def _lagging(row: Indicator, standing: Standing) -> Lagging:
    target, latest = standing.target, standing.latest
    return Lagging(
        name=wording.name_of(row),
        address=reverse("web:indicator", args=[row.pk]),
        plan=row.plan.short_title if row.plan else "",
        course=wording.Badge.of(standing.course),
        latest=str(wording.number(latest.value if latest else None, row.unit)),
        target=str(wording.target_words(target, row)),
        due_on=target.due_on if target else None,
    )


def _figures(rows: list[Indicator], standings: dict[int, Standing]) -> list[Tile]:
    """The latest value of each figure of the registers, once, in the order of the catalogue."""
    by_figure = {row.figure: row for row in reversed(rows) if row.figure}
    tiles = []
    for id_ in FIGURES:
        row = by_figure.get(id_)
        latest = standings[row.pk].latest if row else None
        if row is None or latest is None or latest.value is None:
            continue
        tiles.append(
            Tile(
                name=wording.name_of(row),
                number=_short(latest.value, row.unit),
                unit="" if row.unit == SHARE else wording.unit_words(row.unit),
                address=reverse("web:indicator", args=[row.pk]),
                note=_("截至 %(day)s") % {"day": latest.as_of},
            )
        )
    return tiles


def _short(value: Decimal, unit: str) -> str:
    """A value as a glance takes it in: shares to a tenth of a per cent, others to hundredths."""
    if unit == SHARE:
        return f"{wording.plain(round(value * 100, 1))}%"
    return wording.plain(round(value, 2))
