"""Reads of work. Callers come from a household's gate with the ids of its members."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from anju.employment.models import Employment


def employments_of(person_ids: Sequence[int]) -> QuerySet[Employment]:
    """Work of these persons as known now, the latest first."""
    return (
        employments_ever_known(person_ids)
        .filter(known_to__isnull=True)
        .order_by("-started_on", "-id")
    )


def employments_ever_known(person_ids: Sequence[int]) -> QuerySet[Employment]:
    """The same with what was corrected since, for timelines."""
    return Employment.objects.filter(person__in=person_ids).select_related("person")


def is_at_work(employment: Employment, on: date) -> bool:
    """Whether an interval holds on a day; one without a beginning never does."""
    return (
        employment.started_on is not None
        and employment.started_on <= on
        and (employment.ended_on is None or on < employment.ended_on)
    )
