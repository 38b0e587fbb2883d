"""Figures over the registers, each declared once: what it counts, in words, and how.

`compute("zero_employment_households", Asked(on))` gives the number with what it is made of.
"""

from anju.reporting.figures.catalogue import FIGURES, compute, figure
from anju.reporting.figures.model import Asked, Behind, Figure, Made, Side, Why

__all__ = ["FIGURES", "Asked", "Behind", "Figure", "Made", "Side", "Why", "compute", "figure"]
