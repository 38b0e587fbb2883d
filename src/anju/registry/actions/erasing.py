"""Making households anonymous that left long ago: who they were goes, what happened stays countable."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from anju.registry.identity import NUMBERS
from anju.registry.models import (
    Event,
    Holding,
    Household,
    Housing,
    Membership,
    Person,
    PersonRecord,
    Status,
)

ERASED = "（已删除）"
_PREFIX = "ERASED"


def left_before(on: date) -> QuerySet[Household]:
    """Households all of whose members, as known now, left before a day, and not erased yet."""
    present = Membership.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gte=on),
        household=OuterRef("pk"),
        known_to__isnull=True,
    )
    gone = Membership.objects.filter(household=OuterRef("pk"), known_to__isnull=True)
    return Household.objects.filter(Exists(gone), ~Exists(present)).exclude(head_name=ERASED)


def erase(*, before: date, most: int) -> list[int]:
    """Make at most so many of them anonymous, in the caller's transaction; their persons' ids.

    Persons who belong to another household, or left one later, keep their data.
    """
    ids = list(left_before(before).order_by("pk").values_list("pk", flat=True)[:most])
    persons = _persons_of(ids, before)
    number = Cast("pk", CharField(max_length=20))
    Household.objects.filter(pk__in=ids).update(
        code=Concat(Value(_PREFIX), number), head_name=ERASED, head_initials=""
    )
    Housing.objects.filter(household__in=ids).update(address="", room="", entrance="")
    for model in (Status, Event, Holding):
        model.objects.filter(household__in=ids).update(reference="")
    empty = {f: None for n in NUMBERS for f in (n.field, *(name for name, _ in n.digests))}
    Person.objects.filter(pk__in=persons).update(
        code=Concat(Value(_PREFIX), number),
        name=ERASED,
        initials="",
        nation="",
        born_on=None,
        **empty,
    )
    PersonRecord.objects.filter(person__in=persons).update(born_on=None, health="")
    return persons if ids else []


def _persons_of(households: list[int], before: date) -> list[int]:
    """Persons of these households who belong nowhere any more."""
    elsewhere = Membership.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gte=before),
        person=OuterRef("pk"),
        known_to__isnull=True,
    )
    members = Membership.objects.filter(household__in=households).values("person_id")
    found = Person.objects.filter(~Exists(elsewhere), pk__in=members)
    return list(found.values_list("pk", flat=True))
