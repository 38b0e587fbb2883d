"""Figures of the policy pack that tasks and dues are measured against."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from anju.rules import packs

#: Where a pack says nothing at all: a pack that extends nothing.
_WITHOUT_PACK = 7


def warning_days(on: date, *, pack: str = "") -> int:
    """How many days before it is due something turns yellow and comes to the desk."""
    limits = packs.load(pack or settings.POLICY_PACK).limits
    found = next((each.value_on(on) for each in limits if each.id == "task_warning_days"), None)
    return _WITHOUT_PACK if found is None else found
