"""The gates: which projects a viewer may see.

A project is seen where it lies; one for a whole town or county by who sees all of that.
"""

from __future__ import annotations

from django.db.models import QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.projects.models import Payment, Project


def projects_for(viewer: Viewer) -> QuerySet[Project]:
    """Projects in the places whose registers the viewer may read."""
    scope = viewer.scope_for(Permission.VIEW_HOUSEHOLDS)
    return Project.objects.filter(scope.q("division_code", grid=None))


def project_for(viewer: Viewer, project_id: int) -> Project:
    """One project; raises Project.DoesNotExist for who may not see it."""
    return projects_for(viewer).select_related("site", "unit").get(pk=project_id)


def payments_for(viewer: Viewer) -> QuerySet[Payment]:
    """Payments for those projects, as known now."""
    return Payment.objects.filter(project__in=projects_for(viewer), known_to__isnull=True)
