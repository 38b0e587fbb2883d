"""Letting go of what an import needs no longer: the sealed originals, the outcomes of rows."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from anju.intake import kept_lines, storing
from anju.intake.models import Batch, BatchState, Row

_ENDED = (BatchState.DONE, BatchState.REFUSED, BatchState.CANCELLED)


def ended_before(at: datetime) -> QuerySet[Batch]:
    """Files whose import ended before a moment."""
    return Batch.objects.filter(state__in=_ENDED, finished_at__lt=at)


def kept_files(before: datetime) -> list[int]:
    """Those of them whose original is still there, by number."""
    ids = ended_before(before).order_by("pk").values_list("pk", flat=True)
    return [pk for pk in ids.iterator() if storing.UPLOADS.path_of(pk).exists()]


def forget_files(*, before: datetime) -> int:
    """Delete originals, and the lines kept of them, when the caller's transaction ends well; how many."""
    ids = kept_files(before)
    for pk in ids:
        transaction.on_commit(partial(kept_lines.FOLDER.remove, pk))
        transaction.on_commit(partial(storing.UPLOADS.remove, pk))
    return len(ids)


def kept_rows(before: datetime) -> QuerySet[Row]:
    """Outcomes of rows of those files."""
    return Row.objects.filter(batch__in=ended_before(before))


def forget_rows(*, before: datetime) -> int:
    """Delete them, in the caller's transaction; the counts of each file stay. How many."""
    return kept_rows(before).delete()[0]
