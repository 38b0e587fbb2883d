"""How often visits and meetings are owed: as the assignment says, else as its policy pack asks."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings

from anju.duties.models import Assignment, OwedKind, Rhythm
from anju.rules import packs

#: Rhythms that an assignment may have; nobody owes a place something every day.
OFFERED: Final = (Rhythm.WEEK, Rhythm.MONTH, Rhythm.QUARTER, Rhythm.HALF_YEAR, Rhythm.YEAR)

_LIMITS: Final = {OwedKind.VISIT: "leader_visit", OwedKind.MEETING: "site_meeting"}
_TIMES_A_YEAR: Final = {"次/年": 1, "次/半年": 2, "次/季度": 4, "次/月": 12}
_RHYTHMS: Final = ((1, Rhythm.YEAR), (2, Rhythm.HALF_YEAR), (4, Rhythm.QUARTER), (12, Rhythm.MONTH))


def rhythms_of(assignment: Assignment, on: date) -> dict[OwedKind, Rhythm]:
    """What is owed on a day and how often; a kind that nobody asks for is left out."""
    told = {
        OwedKind.VISIT: assignment.visits_every,
        OwedKind.MEETING: assignment.meetings_every,
    }
    pack = assignment.plan.pack if assignment.plan else ""
    found = {}
    for kind, every in told.items():
        rhythm = Rhythm(every) if every else asked_by_pack(pack, kind, on)
        if rhythm is not None:
            found[kind] = rhythm
    return found


def asked_by_pack(pack: str, kind: OwedKind, on: date) -> Rhythm | None:
    """What a pack (the county's own without one) asks for on a day; None where it is silent.

    Several times in a span (twice a quarter) becomes the slowest rhythm that is often enough.
    """
    limits = packs.load(pack or settings.POLICY_PACK).limits
    limit = next((each for each in limits if each.id == _LIMITS[kind]), None)
    times = limit.value_on(on) if limit is not None else None
    if limit is None or times is None or limit.unit not in _TIMES_A_YEAR:
        return None
    wanted = times * _TIMES_A_YEAR[limit.unit]
    return next((rhythm for often, rhythm in _RHYTHMS if often >= wanted), Rhythm.WEEK)
