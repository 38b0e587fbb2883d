"""Where a household lives, and what holds of the household as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from anju.registry.models import Event, Holding, Household, Housing, Status
from anju.registry.queries.people import holds


@dataclass(frozen=True)
class Standing:
    """What holds of a household on a day, apart from its members' own statuses."""

    statuses: tuple[Status, ...]
    grading: Event | None

    def status(self, kind: str) -> Status | None:
        """The household's own status of a kind."""
        return next((status for status in self.statuses if status.kind == kind), None)


def housing_of(household: Household) -> QuerySet[Housing]:
    """Homes as known now, the latest first."""
    return (
        Housing.objects.filter(household=household, known_to__isnull=True)
        .select_related("building__site")
        .order_by("-valid_from", "-id")
    )


def gradings_of(household: Household) -> QuerySet[Event]:
    """Gradings of the house, the latest first, the worst of a day first."""
    return Event.objects.filter(
        household=household, kind="housing_graded", known_to__isnull=True
    ).order_by("-occurred_on", "-level")


def holdings_of(household: Household) -> QuerySet[Holding]:
    """Vehicles, companies and the like: hints for the home check."""
    return (
        Holding.objects.filter(household=household, known_to__isnull=True)
        .select_related("person")
        .order_by("-valid_from", "id")
    )


def standing(household: Household, *, on: date) -> Standing:
    """What holds on a day; two queries."""
    rows = Status.objects.filter(
        household=household, person__isnull=True, known_to__isnull=True
    ).order_by("-valid_from", "id")
    grading = gradings_of(household).filter(occurred_on__lte=on).first()
    return Standing(tuple(row for row in rows if holds(row, on)), grading)


def measures_of(household: Household, person_ids: Sequence[int]) -> QuerySet[Status]:
    """Help measures of the household and its members as known now, the latest first."""
    return (
        Status.objects.filter(
            Q(household=household) | Q(person__in=person_ids),
            kind="help_measure",
            known_to__isnull=True,
        )
        .select_related("person")
        .order_by("-valid_from", "id")
    )


def entrances_of(building_ids: Sequence[int]) -> QuerySet[Housing, tuple[int, str]]:
    """Buildings and their entrances where a home is known now, in order."""
    known = Housing.objects.filter(building_id__in=building_ids, known_to__isnull=True)
    pairs = known.exclude(entrance="").order_by("building_id", "entrance")
    return pairs.values_list("building_id", "entrance").distinct()
