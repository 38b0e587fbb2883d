"""Leads, cases and visits follow their household: to another village, and through mergers."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework.actions import open_pages
from anju.casework.models import Case, FollowUp, Lead
from anju.registry.models import Household


@transaction.atomic
def follow(*, by: Actor) -> int:
    """Give each the village its household lives in now; how many changed. Safe to repeat.

    Open pages of villages that were merged follow as well.
    """
    home = Household.objects.filter(pk=OuterRef("household_id")).values("village_code")
    changed = sum(
        rows.exclude(village_code=F("household__village_code")).update(village_code=Subquery(home))
        for rows in (Lead.objects.all(), Case.objects.all())
    )
    changed += _visits().update(
        village_code=Subquery(Case.objects.filter(pk=OuterRef("case_id")).values("village_code"))
    )
    changed += open_pages.follow()
    if changed:
        record(by=by, action="case.follow", kind="case", count=changed)
    return changed


def _visits() -> QuerySet[FollowUp]:
    """Visits to come; those made keep the village they were made in."""
    return FollowUp.objects.filter(done_on__isnull=True).exclude(
        village_code=F("case__village_code")
    )
