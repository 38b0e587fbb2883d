"""Hints of means: a car, a company, a flat. A reason to ask at the home, never a ground by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from anju.casework.models import Comparison
from anju.registry.models import Holding, Household
from anju.registry.queries.homes import holdings_of
from anju.registry.queries.people import is_member, memberships_of

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint: what, of whom, from which list and since when; whether it matters, and why (not).

    `matters` is None and `note` empty until somebody has asked at the home.
    """

    kind: str
    what: str = ""
    source: str = ""
    on: str = ""
    matters: bool | None = None
    note: str = ""

    @property
    def stored(self) -> dict[str, Any]:
        """As the comparison keeps it."""
        return asdict(self)


def found(household: Household, on: date) -> list[Hint]:
    """What the registers hold of the household and its members on a day; two queries."""
    members = {each.person_id for each in memberships_of(household) if is_member(each, on)}
    return [
        Hint(
            row.kind,
            " ".join(
                part for part in (row.person.name if row.person else "", row.reference) if part
            ),
            row.source,
            row.valid_from.isoformat() if row.valid_from else "",
        )
        for row in holdings_of(household)
        if _is_had(row, on) and (row.person_id is None or row.person_id in members)
    ]


def _is_had(row: Holding, on: date) -> bool:
    """Not given up; one of unknown beginning counts, since it is only a reason to ask."""
    return (row.valid_from or on) <= on and (row.valid_to is None or on < row.valid_to)


def of(comparison: Comparison) -> list[Hint]:
    """The hints of a comparison, as they were written down."""
    return [_read(each) for each in comparison.hints if isinstance(each, dict)]


def _read(stored: Mapping[str, Any]) -> Hint:
    return Hint(
        str(stored.get("kind", OTHER)),
        str(stored.get("what", "")),
        str(stored.get("source", "")),
        str(stored.get("on", "")),
        stored.get("matters"),
        str(stored.get("note", "")),
    )
