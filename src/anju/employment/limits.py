"""Figures of the policy pack that services to workers are measured against."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings

from anju.rules import packs

#: Where a pack says nothing at all: a pack that extends nothing.
_WITHOUT_PACK: Final = {"openings_a_year": 3, "vacancy_holds": 90}


def openings_owed(on: date) -> int:
    """How many openings somebody who wants work is to be offered in a year."""
    return _limit("openings_a_year", on)


def vacancy_days(on: date) -> int:
    """For how many days a vacancy without a last day is taken to hold after it was told."""
    return _limit("vacancy_holds", on)


def _limit(id_: str, on: date) -> int:
    limits = packs.load(settings.POLICY_PACK).limits
    found = next((each.value_on(on) for each in limits if each.id == id_), None)
    return _WITHOUT_PACK[id_] if found is None else found
