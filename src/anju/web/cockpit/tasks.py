"""The lights of the tasks, together and by plan."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.lights import Light
from anju.duties.queries import standing, tasks_for
from anju.duties.queries.limits import warning_days
from anju.web.cockpit.tile import Tile, tone
from anju.web.lights import WORDS

_ORDER = (Light.RED, Light.YELLOW, Light.GREEN, Light.DONE, Light.NO_DATE)
_TONES = {Light.RED: "red", Light.YELLOW: "yellow", Light.DONE: "done"}


@dataclass(frozen=True)
class Cell:
    """Tasks of one light, and their list."""

    name: str
    number: int
    address: str


@dataclass(frozen=True)
class OfPlan:
    """The tasks of one plan by light, and the part of them that is done (0 to 100)."""

    name: str
    address: str
    cells: list[Cell]
    total: int
    done: int


@dataclass(frozen=True)
class Tasks:
    """All tasks by light, and those of each plan."""

    tiles: list[Tile]
    plans: list[OfPlan]
    lights: list[str]


def of(viewer: Viewer) -> Tasks | None:
    """Tasks whose work the viewer may see; None for who sees none, and where there are none."""
    if not viewer.may(Permission.VIEW_DUTIES):
        return None
    counted = standing.by_plan(tasks_for(viewer), viewer.on, warning_days(viewer.on))
    if not counted:
        return None
    plans = [_of_plan(each) for each in counted]
    return Tasks(
        [_tile(light, counted) for light in _ORDER], plans, [str(WORDS[e]) for e in _ORDER]
    )


def _tile(light: Light, counted: list[standing.Lights]) -> Tile:
    number = sum(each.counts[light] for each in counted)
    colour = tone(number, _TONES.get(light, ""))
    return Tile(str(WORDS[light]), f"{number:,}", address=_list(light=light), tone=colour)


def _of_plan(lights: standing.Lights) -> OfPlan:
    cells = [
        Cell(str(WORDS[light]), lights.counts[light], _list(plan=str(lights.id), light=light))
        for light in _ORDER
    ]
    done = lights.counts[Light.DONE] * 100 // lights.total if lights.total else 0
    return OfPlan(lights.name, reverse("web:plan", args=[lights.id]), cells, lights.total, done)


def _list(**asked: str) -> str:
    """The ledger without what units handed down, which is counted nowhere here."""
    asked["kind"] = "own"
    return f"{reverse('web:tasks')}?{urlencode(asked)}"
