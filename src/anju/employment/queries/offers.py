"""Reads of openings that were put to people, and of how many they had in a year.

An answer (劳动力意愿) may tell how many openings somebody was offered since they were asked before. What
is recorded here after the last such number counts besides; what lies before it is contained in it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from anju.accounts.viewer import Viewer
from anju.employment.models import LabourProfile, Offer, Vacancy
from anju.registry.models import Household
from anju.registry.queries.gates import within


def offers_for(viewer: Viewer) -> QuerySet[Offer]:
    """Offers to people of households in the viewer's places, as known now."""
    rows = Offer.objects.filter(within(viewer, "household__"), known_to__isnull=True)
    return rows.select_related("household", "person", "vacancy")


def offer_for(viewer: Viewer, pk: int) -> Offer:
    """One of them; raises Offer.DoesNotExist."""
    return offers_for(viewer).get(pk=pk)


def offers_of(person_ids: Sequence[int]) -> QuerySet[Offer]:
    """Offers to these persons as known now, the latest first."""
    rows = Offer.objects.filter(person__in=person_ids, known_to__isnull=True)
    return rows.select_related("person", "vacancy").order_by("-offered_on", "-id")


def offers_ever_known(person_ids: Sequence[int]) -> QuerySet[Offer]:
    """The same with what was corrected since, for timelines."""
    return Offer.objects.filter(person__in=person_ids).select_related("person", "vacancy")


def offers_of_vacancy(viewer: Viewer, vacancy: Vacancy) -> QuerySet[Offer]:
    """To whom of the viewer's places it was offered, the latest first."""
    return offers_for(viewer).filter(vacancy=vacancy).order_by("-offered_on", "-pk")


def offers_of_household(household: Household, person_ids: Sequence[int]) -> QuerySet[Offer]:
    """Offers to members of a household that came through its own gate."""
    return offers_of(person_ids).filter(household=household)


def uncovered(since: date, on: date) -> QuerySet[Offer]:
    """Offers between two days, ends included, that no number in an answer of that time contains."""
    told = LabourProfile.objects.filter(
        person=OuterRef("person"),
        told_on__gte=OuterRef("offered_on"),
        told_on__lte=on,
        openings__isnull=False,
        known_to__isnull=True,
    )
    rows = Offer.objects.filter(offered_on__range=(since, on), known_to__isnull=True)
    return rows.exclude(Exists(told))


def openings_had(person_ids: Collection[int], on: date) -> dict[int, int]:
    """Person → openings they were offered in the year so far; who had none known is not in it."""
    since = date(on.year, 1, 1)
    told = LabourProfile.objects.filter(
        person__in=person_ids,
        told_on__range=(since, on),
        openings__isnull=False,
        known_to__isnull=True,
    )
    found = dict(_by_person(told, Sum("openings")))
    for person, number in _by_person(
        uncovered(since, on).filter(person__in=person_ids), Count("pk")
    ):
        found[person] = found.get(person, 0) + number
    return found


def _by_person(rows: QuerySet[Any], number: Any) -> QuerySet[Any]:
    return rows.order_by().values("person").annotate(number=number).values_list("person", "number")
