"""Public-welfare posts on the page of a household: who of it holds or held one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anju.employment.models import PostHolding
from anju.employment.queries import posts as queries
from anju.employment.queries.post_facts import leaving_reasons
from anju.web.labour.posts import words


@dataclass(frozen=True)
class Line:
    """One holding: whether it goes on, and why it should not."""

    row: PostHolding
    is_on: bool
    reasons: str


def lines(persons: Sequence[int], on: date) -> list[Line]:
    """Posts of these members, the latest first."""
    held = list(queries.holdings_of(list(persons)))
    reasons = leaving_reasons(held, on) if held else {}
    return [
        Line(
            row,
            row.ended_on is None or row.ended_on > on,
            words.reasons(reasons.get(row.pk, ())),
        )
        for row in held
    ]
