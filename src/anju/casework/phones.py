"""Telephone numbers that people left: sealed in the row they were left in."""

from __future__ import annotations

from anju.audit.keys import provider
from anju.casework.models import Objection, SelfReport

Left = SelfReport | Objection

#: Where they stand, as the seal is bound to it: table and column.
PLACES: dict[type[Left], str] = {
    SelfReport: "casework_selfreport.phone_sealed",
    Objection: "casework_objection.phone_sealed",
}


def sealed(row: Left, phone: str) -> bytes | None:
    """The seal of a number for a row that has its id; None where none was left."""
    return provider().seal(phone, PLACES[type(row)], row.pk) if phone else None


def opened(row: Left) -> str:
    """The number somebody left; empty where none was."""
    if row.phone_sealed is None:
        return ""
    return provider().open(bytes(row.phone_sealed), PLACES[type(row)], row.pk)
