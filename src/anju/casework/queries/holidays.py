"""The days on which the county works other than published."""

from __future__ import annotations

from django.db.models import QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.models import Holiday


def holidays_for(viewer: Viewer) -> QuerySet[Holiday]:
    """All of them, the latest first, for who keeps the calendar; none for others."""
    if not viewer.may(Permission.MANAGE_CALENDAR):
        return Holiday.objects.none()
    return Holiday.objects.order_by("-day")
