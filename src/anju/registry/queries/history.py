"""Everything the registers hold of a household, corrections included, for its timeline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from anju.registry.models import (
    Event,
    Holding,
    Household,
    HouseholdRecord,
    Housing,
    Income,
    Membership,
    Person,
    PersonRecord,
    Status,
)
from anju.registry.queries.money import last_day


@dataclass(frozen=True)
class Moment:
    """One row of a register: what, of whom, when it was true, when it became known, from where."""

    row: Any
    on: date | None
    until: date | None
    person: Person | None

    @property
    def is_corrected(self) -> bool:
        """Replaced by what became known later."""
        return self.row.known_to is not None


def moments_of(household: Household) -> list[Moment]:
    """All rows about a household and its members; eight queries."""
    memberships = list(Membership.objects.filter(household=household).select_related("person"))
    persons = {membership.person_id: membership.person for membership in memberships}
    return [
        *(Moment(row, row.joined_on, row.left_on, row.person) for row in memberships),
        *_of_household(household, persons),
        *_of_persons(household, persons),
    ]


def person_ids_of(household: Household) -> list[int]:
    """Everybody who is or was known as a member."""
    found = Membership.objects.filter(household=household).values_list("person_id", flat=True)
    return sorted(set(found))


def _of_household(household: Household, persons: dict[int, Person]) -> Iterator[Moment]:
    for record in HouseholdRecord.objects.filter(household=household).select_related("site"):
        yield Moment(record, record.valid_from, record.valid_to, None)
    for home in Housing.objects.filter(household=household).select_related("building__site"):
        yield Moment(home, home.valid_from, home.valid_to, None)
    for income in Income.objects.filter(household=household):
        yield Moment(income, last_day(income.quarter), None, None)
    for event in Event.objects.filter(household=household).select_related("person"):
        yield Moment(event, event.occurred_on, None, event.person)


def _of_persons(household: Household, persons: dict[int, Person]) -> Iterator[Moment]:
    ids: Sequence[int] = list(persons)
    mine = Q(household=household) | Q(person__in=ids)
    for record in PersonRecord.objects.filter(person__in=ids):
        yield Moment(record, record.valid_from, record.valid_to, persons[record.person_id])
    for status in Status.objects.filter(mine).select_related("person"):
        yield Moment(status, status.valid_from, status.valid_to, status.person)
    for holding in Holding.objects.filter(mine).select_related("person"):
        yield Moment(holding, holding.valid_from, holding.valid_to, holding.person)
