"""Reads of batches and rows through the gate that knows the viewer's places."""

from django.db.models import QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.intake.models import Batch


def batches_for(viewer: Viewer) -> QuerySet[Batch]:
    """Files of the places where the viewer may import."""
    return Batch.objects.filter(viewer.scope_for(Permission.IMPORT_FILES).q("division_code", None))
