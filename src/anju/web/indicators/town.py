"""A figure of one of the viewer's towns: computed when asked for, of the latest day that was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.duties.models import Indicator
from anju.places import queries as places
from anju.reporting.figures import FIGURES, Asked
from anju.web.indicators import behind, wording


@dataclass(frozen=True)
class OfTown:
    """The figure of one town with what it is made of."""

    code: str
    name: str
    as_of: date
    number: Any
    made_of: list[behind.Told]
    why: str
    link: behind.Link | None


def towns(viewer: Viewer, indicator: Indicator) -> list[tuple[str, str]]:
    """Towns that the viewer sees as a whole, with their households; none of what is reported.

    Nothing smaller is offered: a village's number may be one household.
    """
    figure = FIGURES.get(indicator.figure)
    if figure is None or not figure.of_places:
        return []
    scope = viewer.scope_for(Permission.VIEW_HOUSEHOLDS)
    found = places.towns_in(scope).values_list("code", "name")
    return [(code, name) for code, name in found if scope.covers(code)]


def of_town(viewer: Viewer, indicator: Indicator, code: str, as_of: date) -> OfTown | None:
    """The figure of a town; None for one that is not among `towns`."""
    name = dict(towns(viewer, indicator)).get(code)
    if name is None:
        return None
    figure = FIGURES[indicator.figure]
    made = figure.compute(Asked(as_of, Scope.of([code])))
    return OfTown(
        code=code,
        name=name,
        as_of=as_of,
        number=wording.number(made.value, figure.unit),
        made_of=behind.made_of(viewer, figure, made.kept(), as_of, code),
        why=str(made.why.words) if made.why else "",
        link=behind.link(viewer, figure, as_of=as_of, run=made.run, town=code),
    )
