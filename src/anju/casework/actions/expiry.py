"""Leads that nobody looked at, and that nobody raised again, come to an end."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework.models import Lead, LeadState
from anju.queue.progress import Progress

_AT_ONCE = 1_000


def expire(*, progress: Progress, by: Actor, on: date) -> int:
    """End open leads whose last day is over; how many. Safe to repeat, and to be interrupted."""
    count = 0
    while done := _expire_some(by, on):
        count += done
        progress.step("线索过期", count, 0)
    return count


@transaction.atomic
def _expire_some(by: Actor, on: date) -> int:
    over = Lead.objects.filter(state=LeadState.OPEN, expires_on__lt=on).order_by("expires_on", "id")
    ids = list(over.select_for_update().values_list("pk", flat=True)[:_AT_ONCE])
    if ids:
        Lead.objects.filter(pk__in=ids).update(
            state=LeadState.EXPIRED, ended_on=on, ended_by=by.username
        )
        record(by=by, action="lead.lapse", kind="lead", ids=ids)
    return len(ids)
