"""Visits that are due in the viewer's places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.models import FollowUp
from anju.casework.queries.gates import follow_ups_for


def due(viewer: Viewer) -> QuerySet[FollowUp]:
    """One row a case that is being helped: the next visit, however far away."""
    return follow_ups_for(viewer).filter(done_on__isnull=True)


def on_desk(viewer: Viewer, until: date) -> QuerySet[FollowUp]:
    """Visits due by a day for whoever comes to the homes there; nobody else is reminded."""
    scope = viewer.scope_for(Permission.CHECK_HOMES)
    mine = scope.q("village_code", grid="case__household__grid__code")
    return due(viewer).filter(mine, due_on__lte=until).order_by("due_on", "id")


def last_visits(case_ids: Iterable[int]) -> dict[int, date]:
    """Case → the day of its latest visit; one query."""
    rows = FollowUp.objects.filter(case__in=list(case_ids), done_on__isnull=False)
    return dict(rows.order_by().values_list("case").annotate(day=Max("done_on")))
