"""Cases under way by step, those past their limit, and what became of this year's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.queries import figures
from anju.casework.queries.figures import Period
from anju.web.casework.wording import Wording
from anju.web.cockpit.tile import Tile, tone


@dataclass(frozen=True)
class Step:
    """Cases at one step, and those of them past its limit."""

    name: str
    cases: int
    late: int
    address: str


@dataclass(frozen=True)
class Cases:
    """The numbers of this year, and the steps at which cases stand."""

    tiles: list[Tile]
    steps: list[Step]


def of(viewer: Viewer) -> Cases | None:
    """Cases in the viewer's places; None for who does not see them. Three queries."""
    if not viewer.may(Permission.VIEW_CASES):
        return None
    year = Period(date(viewer.on.year, 1, 1), viewer.on)
    counts = figures.of_all(viewer, year)
    return Cases([*_now(counts), *_of_year(viewer, year, counts)], _steps(viewer))


def _steps(viewer: Viewer) -> list[Step]:
    """In the order of the pack; steps that it has no longer come last."""
    counted = figures.at_steps(viewer)
    names = dict(Wording(viewer.on).steps())
    steps = {f"{procedure}:{step}": found for (procedure, step), found in counted.items()}
    order = [*(key for key in names if key in steps), *(key for key in steps if key not in names)]
    return [Step(names.get(key, key), *steps[key], _list(step=key)) for key in order]


def _now(counts: figures.PlaceFigures) -> list[Tile]:
    late = _list(due="late")
    return [
        Tile(_("办理中"), f"{counts.under_way:,}", _("件"), _list()),
        Tile(_("已逾期"), f"{counts.late:,}", _("件"), late, tone=tone(counts.late, "red")),
    ]


def _of_year(viewer: Viewer, year: Period, counts: figures.PlaceFigures) -> list[Tile]:
    decision = figures.to_decision(viewer, year)
    told = f"{year.first}..{year.last}"
    share = "—" if decision.share is None else f"{decision.share:.0%}"
    of = _("今年审定 %(count)s 件，其中按期 %(within)s 件")
    return [
        Tile(_("今年立案"), f"{counts.opened:,}", _("件"), _list(standing="all", opened=told)),
        Tile(_("今年纳入"), f"{counts.included:,}", _("件"), _list(standing="all", included=told)),
        Tile(
            _("今年消除风险"), f"{counts.removed:,}", _("件"), _list(standing="all", removed=told)
        ),
        Tile(
            _("按期审定率"),
            share,
            address=reverse("web:figures"),
            note=of % {"count": decision.count, "within": decision.within},
        ),
    ]


def _list(**asked: str) -> str:
    return f"{reverse('web:cases')}?{urlencode(asked)}" if asked else reverse("web:cases")
