"""What is known of workshops and vacancies that a list names, before it is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from anju.employment.models import Vacancy, Workshop, WorkshopCount

_AT_ONCE = 500
#: Code of the place and name of a workshop.
Named = tuple[str, str]
#: County, employer, trade, place of work and first day of a vacancy.
Told = tuple[str, str, str, str, date]


def workshops(named: Collection[Named]) -> dict[Named, Workshop]:
    """By place and name, of those that are known."""
    found: dict[Named, Workshop] = {}
    for part in _parts({name for _code, name in named}):
        rows = Workshop.objects.filter(name__in=part).select_related("site")
        found.update(((row.division_code, row.name), row) for row in rows)
    return {each: found[each] for each in named if each in found}


def counts(workshop_ids: Collection[int]) -> dict[tuple[int, date], WorkshopCount]:
    """Workshop and day → what it told then, as known now."""
    found: dict[tuple[int, date], WorkshopCount] = {}
    for part in _parts(workshop_ids):
        rows = WorkshopCount.objects.filter(workshop__in=part, known_to__isnull=True)
        found.update(((row.workshop_id, row.told_on), row) for row in rows)
    return found


def vacancies(told: Collection[Told]) -> dict[Told, Vacancy]:
    """By what tells a vacancy apart, of those that are known."""
    found: dict[Told, Vacancy] = {}
    for part in _parts({employer for _county, employer, *_rest in told}):
        rows = Vacancy.objects.filter(employer__in=part)
        found.update((told_apart(row), row) for row in rows)
    return {each: found[each] for each in told if each in found}


def told_apart(row: Vacancy) -> Told:
    """What tells a vacancy apart from others."""
    return row.county_code, row.employer, row.trade, row.division_code, row.opened_on


def workshop_ids(named: Collection[Named]) -> dict[Named, int]:
    """Place and name → id, of workshops that employers of vacancies may be."""
    return {each: row.pk for each, row in workshops(named).items()}


def _parts(values: Iterable[object]) -> Iterable[list[object]]:
    wanted = list(values)
    return (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
