"""Telephone numbers of who hires: sealed in the row of the vacancy."""

from __future__ import annotations

from anju.audit.keys import provider
from anju.employment.models import Vacancy

#: Where they stand, as the seal is bound to it.
PLACE = "employment_vacancy.phone_sealed"


def sealed(row: Vacancy, phone: str) -> bytes | None:
    """The seal of a number for a row that has its id; None where there is none."""
    return provider().seal(phone, PLACE, row.pk) if phone else None


def opened(row: Vacancy) -> str:
    """The number; empty where there is none."""
    if row.phone_sealed is None:
        return ""
    return provider().open(bytes(row.phone_sealed), PLACE, row.pk)
