"""Which row holds now: of a household, a member, a fact that was corrected meanwhile."""

from __future__ import annotations

from typing import Any, TypeVar

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
from anju.registry.queries.provenance import in_order

Fact = TypeVar("Fact", Housing, Income, Status, Event, Holding)
_SAME = {
    Housing: ("household_id",),
    Income: ("household_id", "quarter"),
    Status: ("household_id", "person_id", "kind"),
    Event: ("household_id", "person_id", "kind"),
    Holding: ("household_id", "person_id", "kind"),
}


def household_chain(household: Household) -> list[HouseholdRecord]:
    """All records of a household; the one that holds last."""
    return in_order(HouseholdRecord.objects.filter(household=household))


def person_chain(person: Person) -> list[PersonRecord]:
    """All records of a person; the one that holds last."""
    rows = in_order(PersonRecord.objects.filter(person=person))
    return sorted(rows, key=lambda row: row.known_to is None and row.valid_to is None)


def membership_chain(household: Household, person_code: str) -> list[Membership]:
    """All rows of somebody's membership in a household; the one that holds last, if any does."""
    rows = Membership.objects.filter(household=household, person__code=person_code)
    return in_order(rows.select_related("person", "household"))


def facts_of(model: type[Fact], household: Household) -> list[Fact]:
    """The facts of a kind that are known now of a household."""
    return list(model._default_manager.filter(household=household, known_to__isnull=True))


def fact(model: type[Any], household: Household, pk: int, same: tuple[str, ...] = ()) -> Any | None:
    """A fact of a household as it is known now, also where it was corrected after `pk` was shown.

    `same`: fields that the row it was replaced by shares with it, of tables that are not known here.
    None where it was taken back, or where several rows may have taken its place.
    """
    rows = model._default_manager.select_related("household").filter(household=household)
    row = rows.filter(pk=pk).first()
    while row is not None and row.known_to is not None:
        shared = {name: getattr(row, name) for name in same or _SAME[model]}
        found = list(rows.filter(**shared, known_from=row.known_to).exclude(pk=row.pk)[:2])
        row = found[0] if len(found) == 1 else None
    return row
