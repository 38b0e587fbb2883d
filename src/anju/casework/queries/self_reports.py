"""The gate of self-reports: what households sent in, in their own words."""

from __future__ import annotations

from django.db.models import QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.casework.models import SelfReport
from anju.registry import queries as registry
from anju.registry.queries import Match

#: People tell of illness whatever they were asked, so that only who may see health reads it.
_NEEDED = (Permission.VIEW_CASES, Permission.REPORT_LEADS, Permission.VIEW_HEALTH)


def readable(viewer: Viewer) -> Scope:
    """The villages whose self-reports the viewer may read and handle."""
    scope = Scope(viewer.scope.ranges)
    for permission in _NEEDED:
        scope = scope & Scope(viewer.scope_for(permission).ranges)
    return scope


def self_reports_for(viewer: Viewer) -> QuerySet[SelfReport]:
    """Self-reports of villages that the viewer handles."""
    return SelfReport.objects.filter(readable(viewer).q("village_code", None))


def self_report_for(viewer: Viewer, report_id: int) -> SelfReport:
    """One of them; raises SelfReport.DoesNotExist outside the viewer's villages."""
    return self_reports_for(viewer).select_related("lead__household").get(pk=report_id)


def waiting(viewer: Viewer) -> QuerySet[SelfReport]:
    """Those nobody has handled, the oldest first."""
    return self_reports_for(viewer).filter(handled_on__isnull=True).order_by("id")


def candidates(viewer: Viewer, report: SelfReport, text: str) -> Match:
    """Households of the report's village that fit what somebody typed, or the reporter's name."""
    homes = registry.households_for(viewer).filter(village_code=report.village_code)
    return registry.search(homes, text.strip() or report.name)
