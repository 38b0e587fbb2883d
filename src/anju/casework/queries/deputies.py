"""Who stands in for whom."""

from __future__ import annotations

from django.db.models import QuerySet

from anju.accounts.viewer import Viewer
from anju.casework.models import Deputy
from anju.memory import remembered


def deputies_of(viewer: Viewer) -> QuerySet[Deputy]:
    """Who stands in, or will, for the viewer: those of today and later."""
    theirs = Deputy.objects.filter(user_id=viewer.user_id, ends_on__gte=viewer.on)
    return theirs.select_related("user", "deputy").order_by("starts_on", "id")


@remembered
def absent_for(viewer: Viewer) -> list[Deputy]:
    """For whom the viewer stands in today; one query."""
    now = Deputy.objects.filter(
        deputy_id=viewer.user_id, starts_on__lte=viewer.on, ends_on__gte=viewer.on
    )
    return list(now.select_related("user").order_by("id"))
