"""Reads of trainings, and of what workers said they want.

"Trained" is vocational training begun in the year (`VOCATIONAL`): a talk that shows the way to work
is not yet what somebody asked for. An answer holds until the person is asked again, and for a year at
most: what somebody wanted longer ago is not known now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from anju.accounts.viewer import Viewer
from anju.employment.models import VOCATIONAL, Answer, LabourProfile, Training
from anju.registry.models import Membership
from anju.registry.queries.gates import within

#: For so long an answer holds, unless the person is asked again.
HOLDS: Final = timedelta(days=365)


def trainings_for(viewer: Viewer) -> QuerySet[Training]:
    """Trainings of households in the viewer's places, as known now."""
    rows = Training.objects.filter(within(viewer, "household__"), known_to__isnull=True)
    return rows.select_related("household", "person")


def trainings_of(person_ids: Sequence[int]) -> QuerySet[Training]:
    """Trainings of these persons as known now, the latest first."""
    return (
        trainings_ever_known(person_ids)
        .filter(known_to__isnull=True)
        .order_by("-started_on", "-id")
    )


def trainings_ever_known(person_ids: Sequence[int]) -> QuerySet[Training]:
    """The same with what was corrected since, for timelines."""
    return Training.objects.filter(person__in=person_ids).select_related("person")


def profiles_ever_known(person_ids: Sequence[int]) -> QuerySet[LabourProfile]:
    """All answers of these persons with what was corrected since, for timelines."""
    return LabourProfile.objects.filter(person__in=person_ids).select_related("person")


def profiles_of(person_ids: Sequence[int]) -> list[LabourProfile]:
    """The last answer of each of these persons as known now."""
    rows = profiles_ever_known(person_ids).filter(known_to__isnull=True).order_by("told_on", "id")
    return list({row.person_id: row for row in rows}.values())


def profiles_for(viewer: Viewer, on: date) -> QuerySet[LabourProfile]:
    """The last answer by a day of each worker in the viewer's places who still belongs to a household
    then, however long ago it was given."""
    rows = LabourProfile.objects.filter(within(viewer, "household__"), latest(on), present(on))
    return rows.select_related("household", "person")


def owed_for(viewer: Viewer, year: int, on: date) -> QuerySet[LabourProfile]:
    """Answers, as they hold on a day, of who asks for training and began none in the year by then."""
    asking = profiles_for(viewer, on).filter(wanting(on))
    return asking.exclude(trained(date(year, 1, 1), on))


def last_round(viewer: Viewer) -> date | None:
    """The last day by today on which anybody was asked."""
    days = LabourProfile.objects.filter(told_on__lte=viewer.on, known_to__isnull=True)
    return days.order_by("-told_on").values_list("told_on", flat=True).first()


def wanting(on: date) -> Q:
    """Answers that hold on a day and ask for training."""
    return Q(holding(on), wants_training=Answer.YES)


def holding(on: date) -> Q:
    """Answers that hold on a day: the last ones, where they are not older than a year."""
    return latest(on) & Q(told_on__gt=on - HOLDS)


def latest(on: date) -> Q:
    """Answers known now that no later one has replaced by a day."""
    later = LabourProfile.objects.filter(
        person=OuterRef("person"),
        told_on__gt=OuterRef("told_on"),
        told_on__lte=on,
        known_to__isnull=True,
    )
    return Q(~Exists(later), told_on__lte=on, known_to__isnull=True)


def present(on: date) -> Q:
    """Rows whose person belongs to a household on a day."""
    member = Membership.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gt=on),
        person=OuterRef("person"),
        known_to__isnull=True,
    )
    return Q(Exists(member))


def trained(first: date, last: date) -> Q:
    """Rows whose person began a vocational training between two days, ends included."""
    begun = Training.objects.filter(
        person=OuterRef("person"),
        started_on__range=(first, last),
        category__in=VOCATIONAL,
        known_to__isnull=True,
    )
    return Q(Exists(begun))
