"""What a computed value rests on, in words, each with the list of just those rows for who may open it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.reporting.figures import Figure, Side
from anju.web.indicators.narrowing import NAME, Narrowed, side_words
from anju.web.indicators.wording import number

_LISTS = {
    "households": ("web:households", Permission.VIEW_HOUSEHOLDS),
    "assets": ("web:assets", Permission.VIEW_HOUSEHOLDS),
    "projects": ("web:projects", Permission.VIEW_HOUSEHOLDS),
    "services": ("web:services", Permission.VIEW_HOUSEHOLDS),
    "sites": ("web:sites", Permission.VIEW_HOUSEHOLDS),
    "trainings": ("web:trainings", Permission.VIEW_HOUSEHOLDS),
    "welfare-posts": ("web:welfare-posts", Permission.VIEW_HOUSEHOLDS),
    "post-holders": ("web:post-holders", Permission.VIEW_HOUSEHOLDS),
    "post-pay": ("web:post-pays", Permission.VIEW_HOUSEHOLDS),
    "training-owed": ("web:training-owed", Permission.VIEW_HOUSEHOLDS),
    "labour-work": ("web:labour-work", Permission.VIEW_HOUSEHOLDS),
    "labour": ("web:labour", Permission.VIEW_HOUSEHOLDS),
    "workshops": ("web:workshops", Permission.VIEW_HOUSEHOLDS),
    "findings": ("web:findings", Permission.VIEW_FINDINGS),
    "cases": ("web:cases", Permission.VIEW_CASES),
    "leads": ("web:leads", Permission.VIEW_CASES),
    "follow-ups": ("web:follow-ups", Permission.VIEW_CASES),
    "clinics": ("web:clinics", Permission.VIEW_CASES),
    "village-classes": ("web:village-classes", Permission.VIEW_DUTIES),
    "assignments": ("web:assignments", Permission.VIEW_DUTIES),
}


@dataclass(frozen=True)
class Told:
    """One number that a value rests on; `address` is the list of what it counts, where there is one."""

    label: str
    number: str
    address: str = ""


@dataclass(frozen=True)
class Link:
    """The list as a whole: its address, and whether it has just the rows that were counted."""

    address: str
    is_exact: bool


def made_of(
    viewer: Viewer, figure: Figure | None, made: Mapping[str, Any], as_of: date, town: str = ""
) -> list[Told]:
    """What a computed value rests on: numerator, denominator, what is left between them, parts."""
    if figure is None:
        return []
    addresses = _addresses(viewer, figure, made, as_of, town)
    lines = []
    for side in (Side.NUMERATOR, Side.DENOMINATOR, Side.REST):
        count = _count(figure, side, made)
        if count is not None and (side is not Side.REST or side in addresses):
            label = side_words(figure, side)
            lines.append(Told(label, f"{count:,}", addresses.get(side, "")))
    for part in figure.parts:
        if part.id in made:
            lines.append(Told(str(part.name), str(number(Decimal(made[part.id]), part.unit))))
    if Side.COUNTED in addresses:
        label = side_words(figure, Side.COUNTED)
        lines.append(Told(label, _("查看名单"), addresses[Side.COUNTED]))
    if made.get("unknown"):
        lines.append(Told(_("资料不全、没有计入"), f"{made['unknown']:,}"))
    if made.get("known_on"):
        lines.append(Told(_("研判数据截至"), made["known_on"]))
    return lines


def link(
    viewer: Viewer, figure: Figure, *, as_of: date, run: int | None = None, town: str = ""
) -> Link | None:
    """The list behind a figure as a whole, where its numbers have no lists of their own; None where
    there is none, or the viewer may not open it."""
    behind = figure.behind
    if behind is None or behind.rows or (behind.of_run and run is None):
        return None
    name, permission = _LISTS[behind.list]
    if not viewer.may(permission):
        return None
    asked = dict(behind.filters)
    if behind.of_run:
        asked["run"] = str(run)
    if town and behind.list != "sites":
        asked["town"] = town
    return Link(_address(name, asked), behind.is_exact)


def _count(figure: Figure, side: Side, made: Mapping[str, Any]) -> int | None:
    """How many there are of a side; None where it is not told, or has no words."""
    numerator, denominator = made.get("numerator"), made.get("denominator")
    if side is Side.REST and figure.behind is not None and figure.behind.then is not None:
        rest: int | None = made.get("rest")
        return rest
    if side is Side.REST:
        return None if numerator is None or not denominator else denominator - numerator
    found = numerator if side is Side.NUMERATOR else denominator
    return found if side_words(figure, side) else None


def _addresses(
    viewer: Viewer, figure: Figure, made: Mapping[str, Any], as_of: date, town: str
) -> dict[Side, str]:
    behind = figure.behind
    if behind is None or not behind.rows or made.get("why"):
        return {}
    run = made.get("run")
    name, permission = _LISTS[behind.list]
    if not viewer.may(permission) or (behind.of_run and run is None):
        return {}
    asked = dict(behind.filters)
    if behind.of_run:
        asked["run"] = str(run)
    return {
        side: _address(name, {**asked, NAME: Narrowed(figure, side, as_of, town).value})
        for side in behind.rows
    }


def _address(name: str, asked: Mapping[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(asked)}" if asked else reverse(name)
