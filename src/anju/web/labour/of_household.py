"""Of one household: the openings that suit members who look for work, and those put to members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from anju.accounts.viewer import Viewer
from anju.employment import limits
from anju.employment.matching import Match, openings_for
from anju.employment.models import LabourProfile, Offer, Vacancy
from anju.employment.queries import offers, seekers, vacancies
from anju.places import queries as places
from anju.registry.models import Household
from anju.web.labour import words
from anju.web.labour.vacancies import place_name, wages
from anju.web.lists.declaration import Text


@dataclass(frozen=True)
class Line:
    """An opening that suits somebody, with what speaks for and against it."""

    vacancy: Vacancy
    wages: str | None
    place_name: str | None
    reasons: Sequence[tuple[Text, Sequence[Text]]]
    distance: Text


@dataclass(frozen=True)
class Seeker:
    """A member who looks for work: openings that suit, and how many are still owed this year."""

    profile: LabourProfile
    owed: int
    promised: int
    lines: Sequence[Line]


def context(
    viewer: Viewer, household: Household, person_ids: Sequence[int], on: date
) -> dict[str, Any]:
    """What the page shows of them; a few queries, none where nobody looks for work."""
    made = list(offers.offers_of_household(household, person_ids))
    profiles = list(seekers.profiles_of(viewer, person_ids, on).values())
    return {"offers": made, "seekers": _seekers(viewer, profiles, made, on) if profiles else []}


def _seekers(
    viewer: Viewer, profiles: Sequence[LabourProfile], made: Sequence[Offer], on: date
) -> list[Seeker]:
    offered = vacancies.openings(viewer, on)
    promised = limits.openings_owed(on)
    found: dict[int, tuple[int, list[Match]]] = {}
    for worker in seekers.workers(profiles, on):
        known = {row.vacancy_id for row in made if row.person_id == worker.id}
        others = [each for each in offered if each.id not in known]
        found[worker.id] = worker.owed, openings_for(worker, others, on=on, most=promised)
    ids = {each.opening.id for _owed, matches in found.values() for each in matches}
    rows = vacancies.by_id(viewer, ids)
    names = places.names(row.division_code for row in rows.values())
    return [
        Seeker(
            profile,
            found[profile.person_id][0],
            promised,
            [_line(each, rows[each.opening.id], names) for each in found[profile.person_id][1]],
        )
        for profile in profiles
    ]


def _line(found: Match, row: Vacancy, names: places.Names) -> Line:
    return Line(
        row,
        wages(row),
        place_name(row.division_code, names),
        words.reasons(found),
        words.DISTANCES[found.distance],
    )
