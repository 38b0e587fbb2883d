"""Reads of regional figures."""

from __future__ import annotations

from django.db.models import QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.reporting.models import RegionalIncome


def references_for(viewer: Viewer) -> QuerySet[RegionalIncome]:
    """All of them for who may see duties: they were published."""
    rows = RegionalIncome.objects.all()
    return rows if viewer.may(Permission.VIEW_DUTIES) else rows.none()


def published(area: str, quarter: int) -> RegionalIncome | None:
    """What was published of an area to the end of a quarter."""
    return RegionalIncome.objects.filter(area=area, quarter=quarter).first()
