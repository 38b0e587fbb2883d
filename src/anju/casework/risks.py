"""Risks that a lead or case may be about: those of rules, without reminders and hints."""

from __future__ import annotations

from typing import Final

from anju.monitoring.models import WarningLevel
from anju.rules.pack_model import RISKS

_NO_RISKS: Final = frozenset({"help", "means"})
"""Help that is due says something of the office; means are looked at while data are compared."""

CASE_RISKS: Final = tuple(risk for risk in RISKS if risk not in _NO_RISKS)

RANK: Final = {level: rank for rank, level in enumerate(WarningLevel.values)}
"""Warning levels by weight, the heaviest 0."""
RAISING: Final = (WarningLevel.RED, WarningLevel.ORANGE, WarningLevel.YELLOW)
"""Levels of findings that become leads; a hint only stands beside others."""
