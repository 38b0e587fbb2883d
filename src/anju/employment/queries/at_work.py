"""Reads of who works on a day: a row is a member of a household, whatever number of jobs they have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from anju.accounts.viewer import Viewer
from anju.employment.models import Employment
from anju.registry.models import Membership
from anju.registry.queries.gates import within


def members_for(viewer: Viewer, on: date) -> QuerySet[Membership]:
    """Who belongs on a day to a household in the viewer's places."""
    holds = Q(joined_on__isnull=True) | Q(joined_on__lte=on)
    holds &= Q(left_on__isnull=True) | Q(left_on__gt=on)
    rows = Membership.objects.filter(within(viewer, "household__"), holds, known_to__isnull=True)
    return rows.select_related("household", "person")


def at_work(on: date, channels: Collection[str] = ()) -> Q:
    """Rows whose person works on a day, in one of some channels or in any."""
    return Q(Exists(working(on, channels).filter(person=OuterRef("person"))))


def working(on: date, channels: Collection[str] = ()) -> QuerySet[Employment]:
    """Intervals of work that hold on a day, as known now; one without a beginning never does."""
    rows = Employment.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on), started_on__lte=on, known_to__isnull=True
    )
    return rows.filter(channel__in=channels) if channels else rows


def work_of(person_ids: Sequence[int], on: date) -> dict[int, Employment]:
    """Person → the work they do on a day; of several the latest begun."""
    rows = working(on).filter(person__in=person_ids).order_by("started_on", "id")
    return {row.person_id: row for row in rows}
