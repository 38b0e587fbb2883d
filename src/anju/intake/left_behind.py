"""What was written for somebody by a decision that was taken back: it stays until a person corrects it.

Facts tell the file they came from, not its row: what is shown is all that stands of that person (and, from
the very file, of their household) from the file of the decision and later ones of the same feed that
came in while the decision held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet

from anju.accounts.viewer import Viewer
from anju.employment import queries as employment
from anju.employment.queries import trainings
from anju.intake import queries
from anju.intake.models import Batch, Decision
from anju.registry.models import Household, Membership
from anju.registry.queries import history
from anju.registry.queries.history import Moment

_BATCH: Final = re.compile(r" #(\d+)$")


def waiting(viewer: Viewer) -> QuerySet[Decision]:
    """Decisions taken back whose facts nobody has settled yet, of files the viewer sees."""
    batches = queries.batches_for(viewer).values("pk")
    rows = Decision.objects.filter(left_behind=True, cleared_at__isnull=True, batch_id__in=batches)
    return rows.order_by("revoked_at", "pk")


def of_batch(viewer: Viewer, batch: Batch) -> list[Decision]:
    """Those of one file, of rows that the viewer may see."""
    found = list(waiting(viewer).filter(batch_id=batch.pk))
    return [each for each in found if queries.row_at(viewer, batch, each.sheet, each.number)]


def home_of(decision: Decision) -> Household | None:
    """The household in which what was written stands: that of the person now, or the last one."""
    there = Membership.objects.filter(person_id=decision.person_id, known_to__isnull=True)
    member = there.select_related("household__grid").order_by("-joined_on", "-pk").first()
    return member.household if member else None


def facts(decision: Decision) -> list[Moment]:
    """What stands now from these files; some dozen queries."""
    home = home_of(decision)
    if home is None:
        return []
    files = _files(decision)
    return [each for each in _moments(home, decision) if _is_from(each, files, decision)]


def _is_from(moment: Moment, files: set[int], decision: Decision) -> bool:
    """Whether a fact that holds came from one of the files, for the person or, from the very file, for
    the household as a whole."""
    told = _BATCH.search(str(moment.row.source))
    number = int(told.group(1)) if told else 0
    if moment.is_corrected or number not in files:
        return False
    if moment.person is None:
        return number == decision.batch_id
    return moment.person.pk == decision.person_id


def _files(decision: Decision) -> set[int]:
    """The file of the decision, and those of the same feed that came in while it held."""
    feed = Batch.objects.filter(pk=decision.batch_id).values("feed")[:1]
    later = Batch.objects.filter(feed__in=feed, pk__gt=decision.batch_id)
    if decision.revoked_at is not None:
        later = later.filter(created_at__lte=decision.revoked_at)
    return {decision.batch_id, *later.values_list("pk", flat=True)}


def _moments(home: Household, decision: Decision) -> Iterator[Moment]:
    yield from history.moments_of(home)
    persons = [decision.person_id] if decision.person_id is not None else []
    for work in employment.employments_ever_known(persons):
        yield Moment(work, work.started_on, work.ended_on, work.person)
    for training in trainings.trainings_ever_known(persons):
        yield Moment(training, training.started_on, None, training.person)
    for answer in trainings.profiles_ever_known(persons):
        yield Moment(answer, answer.told_on, None, answer.person)
