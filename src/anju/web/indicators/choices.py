"""What the forms of indicators offer."""

from __future__ import annotations

from anju.accounts.viewer import Viewer
from anju.duties.actions.own_indicators import RHYTHMS
from anju.duties.models import Comparison
from anju.duties.queries.assignments import units_to_choose
from anju.reporting.figures import FIGURES

Choices = list[tuple[str, str]]


def rhythms() -> Choices:
    """How often a value is due."""
    return [(rhythm.value, str(rhythm.label)) for rhythm in RHYTHMS]


def units(viewer: Viewer) -> Choices:
    """Who may report."""
    return [(str(unit.pk), unit.name) for unit in units_to_choose(viewer)]


def operators() -> Choices:
    """How a value compares with its target; a range is a plan's own."""
    return [(each.value, str(each.label)) for each in Comparison if each is not Comparison.BETWEEN]


def figures() -> Choices:
    """What the registers can answer."""
    return [(figure.id, str(figure.name)) for figure in FIGURES.values()]
