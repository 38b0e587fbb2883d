"""Versions of plans that wait to be confirmed, on the desk of who confirms them."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.queries import plans as queries
from anju.web.desk.item import Item

_LATE_AFTER = timedelta(days=15)


def items(viewer: Viewer) -> Iterator[Item]:
    """What was uploaded and is not in force yet, with how much of it is left."""
    if not viewer.may(Permission.MANAGE_PLANS):
        return
    drafts = list(queries.drafts_for(viewer))
    progress = queries.progress_of(drafts) if drafts else {}
    for version in drafts:
        left = progress.get(version.pk, queries.Progress()).open
        told = {"number": version.sequence, "left": left}
        yield Item(
            title=_("待确认的方案：%(title)s") % {"title": version.plan.short_title},
            detail=_("第 %(number)s 版还有 %(left)s 条措施待确认。") % told
            if left
            else _("第 %(number)s 版已逐条确认，等待生效。") % told,
            address=reverse("web:plan-confirm", args=[version.plan_id, version.sequence]),
            since=version.uploaded_on,
            is_late=viewer.on - version.uploaded_on > _LATE_AFTER,
        )
