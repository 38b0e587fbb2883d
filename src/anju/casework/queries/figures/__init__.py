"""Figures over leads, cases and help in a time, of the viewer's places; never of a person.

What concerns health is counted by risk or rule only where the viewer may see health.
"""

from anju.casework.queries.figures.help import HelpFigures, help_by_risk
from anju.casework.queries.figures.leads import (
    ChannelFigures,
    RuleFigures,
    leads_by_channel,
    leads_by_rule,
)
from anju.casework.queries.figures.outcomes import (
    PlaceFigures,
    Turns,
    at_steps,
    by_place,
    of_all,
    turns,
)
from anju.casework.queries.figures.spans import Period, Span
from anju.casework.queries.figures.steps import StepFigures, steps, to_decision

__all__ = [
    "ChannelFigures",
    "HelpFigures",
    "Period",
    "PlaceFigures",
    "RuleFigures",
    "Span",
    "StepFigures",
    "Turns",
    "at_steps",
    "by_place",
    "help_by_risk",
    "leads_by_channel",
    "leads_by_rule",
    "of_all",
    "steps",
    "to_decision",
    "turns",
]
