"""Days that the policy pack sets for subsidies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.conf import settings

from anju.rules import packs

#: Where a pack says nothing at all: a pack that extends nothing.
_WITHOUT_PACK: Final = {
    "benefit_publicity": 7,
    "benefit_objection": 5,
    "benefit_check": 10,
    "benefit_approval": 10,
    "benefit_payment": 30,
}


def days(limit: str, on: date, *, pack: str = "") -> int:
    """How many days a limit of subsidies gives on a day."""
    limits = packs.load(pack or settings.POLICY_PACK).limits
    found = next((each.value_on(on) for each in limits if each.id == limit), None)
    return _WITHOUT_PACK[limit] if found is None else found


def after(limit: str, since: date, *, pack: str = "") -> date:
    """The last day of a limit that runs since a day (which is not counted)."""
    return since + timedelta(days=days(limit, since, pack=pack))
