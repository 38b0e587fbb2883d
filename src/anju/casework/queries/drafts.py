"""One's own drafts: nobody is shown another person's."""

from __future__ import annotations

from django.db.models import QuerySet

from anju.accounts.viewer import Viewer
from anju.casework.models import Case, Draft


def draft_for(viewer: Viewer, case: Case, form: str) -> Draft | None:
    """What the viewer typed into a form of a case (of a gate) and has not handed in."""
    return own(viewer.username, case, form).first()


def own(username: str, case: Case, form: str) -> QuerySet[Draft]:
    """The one draft of somebody, or none."""
    return Draft.objects.filter(case=case, form=form, written_by=username)
