"""All figures there are, by their ids; policy packs name them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from anju.reporting.figures import (
    assets,
    assigned,
    casework,
    households,
    incomes,
    posts,
    projects,
    regional,
    services,
    sites,
    training,
    villages,
    work,
    workshops,
)
from anju.reporting.figures.model import Asked, Figure, Made

_ALL = (
    *households.FIGURES,
    *work.FIGURES,
    *workshops.FIGURES,
    *training.FIGURES,
    *posts.FIGURES,
    *incomes.FIGURES,
    *regional.FIGURES,
    *casework.FIGURES,
    *sites.FIGURES,
    *services.FIGURES,
    *projects.FIGURES,
    *assets.FIGURES,
    *villages.FIGURES,
    *assigned.FIGURES,
)
FIGURES: Mapping[str, Figure] = MappingProxyType({each.id: each for each in _ALL})


def figure(id_: str) -> Figure | None:
    """The figure of that id; None where no such figure is declared (any more)."""
    return FIGURES.get(id_)


def compute(id_: str, asked: Asked) -> Made:
    """The figure of that id; `KeyError` where none is declared."""
    return FIGURES[id_].compute(asked)
