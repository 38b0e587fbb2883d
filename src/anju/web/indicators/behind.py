"""The list behind a number: only for who may open it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.reporting.figures import Figure

_LISTS = {
    "households": ("web:households", Permission.VIEW_HOUSEHOLDS),
    "assets": ("web:assets", Permission.VIEW_HOUSEHOLDS),
    "projects": ("web:projects", Permission.VIEW_HOUSEHOLDS),
    "sites": ("web:sites", Permission.VIEW_HOUSEHOLDS),
    "trainings": ("web:trainings", Permission.VIEW_HOUSEHOLDS),
    "training-owed": ("web:training-owed", Permission.VIEW_HOUSEHOLDS),
    "labour": ("web:labour", Permission.VIEW_HOUSEHOLDS),
    "findings": ("web:findings", Permission.VIEW_FINDINGS),
    "cases": ("web:cases", Permission.VIEW_CASES),
    "leads": ("web:leads", Permission.VIEW_CASES),
    "follow-ups": ("web:follow-ups", Permission.VIEW_CASES),
}


@dataclass(frozen=True)
class Link:
    """An address, and whether the list has just the rows that were counted."""

    address: str
    is_exact: bool


def link(
    viewer: Viewer, figure: Figure, *, as_of: date, run: int | None = None, town: str = ""
) -> Link | None:
    """Where the list behind a figure of a day is; None where there is none, or the viewer may not
    open it."""
    behind = figure.behind
    if behind is None:
        return None
    name, permission = _LISTS[behind.list]
    if not viewer.may(permission) or (behind.of_run and run is None):
        return None
    asked = dict(behind.filters)
    if behind.of_run:
        asked["run"] = str(run)
    if behind.of_year:
        asked["year"] = str(as_of.year)
    if town and behind.list != "sites":
        asked["town"] = town
    query = f"?{urlencode(asked)}" if asked else ""
    return Link(f"{reverse(name)}{query}", behind.is_exact)
