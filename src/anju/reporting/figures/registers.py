"""The registers as of a day, as known now: what figures count from."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from anju.registry.models import Household, HouseholdRecord, Membership
from anju.registry.models.household import HouseholdClass
from anju.reporting.figures.model import Asked

LIFTED_OUT = Q(household_class=HouseholdClass.LIFTED_OUT)
RELOCATED = Q(relocated=True)
EVERY = Q()


def holds(on: date, begins: str = "valid_from", ends: str = "valid_to") -> Q:
    """Rows that hold on a day; one without a beginning has held for ever."""
    begun = Q(**{f"{begins}__isnull": True}) | Q(**{f"{begins}__lte": on})
    return begun & (Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": on}))


def records(asked: Asked) -> QuerySet[HouseholdRecord]:
    """What the households of the places were on the day."""
    rows = HouseholdRecord.objects.filter(holds(asked.on), asked.within(), known_to__isnull=True)
    return rows.order_by()


def households(asked: Asked, kind: Q = EVERY) -> QuerySet[Household]:
    """Ids of the households that were of a kind on the day."""
    return records(asked).filter(kind).values("household")


def members(on: date, of: QuerySet[Household]) -> QuerySet[Membership]:
    """Who belonged on a day to households given by their ids."""
    rows = Membership.objects.filter(household__in=of, known_to__isnull=True)
    return rows.filter(holds(on, "joined_on", "left_on")).order_by()


def monitored(on: date) -> Q:
    """Households that were included by a day and whose risk was not removed by it."""
    included = Q(monitored_kind__isnull=False) & (
        Q(included_on__isnull=True) | Q(included_on__lte=on)
    )
    return included & (Q(risk_removed_on__isnull=True) | Q(risk_removed_on__gt=on))
