"""Visits and meetings on the desk of who owes them, and of nobody else."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import OwedKind
from anju.duties.queries import assignments as queries
from anju.duties.queries.limits import warning_days
from anju.web.assignments import wording
from anju.web.casework.columns import left_in_words
from anju.web.desk.item import Item, few

_SHOWN = 10


def items(viewer: Viewer) -> Iterator[Item]:
    """What falls due within the days that the county's pack warns ahead, and what is late."""
    if not viewer.may(Permission.VIEW_DUTIES):
        return
    until = viewer.on + timedelta(days=warning_days(viewer.on))
    rows = few(queries.owed_by(viewer, until), _SHOWN)
    names = wording.names_for([row.assignment for row in rows])
    for row in rows:
        place = wording.place_of(row.assignment, names)
        title = _("包点走访：%(place)s") if row.kind == OwedKind.VISIT else _("现场会议：%(place)s")
        told = (wording.period_word(row.period), left_in_words(row.due_on, viewer.on))
        yield Item(
            title=title % {"place": place},
            detail=" · ".join(told),
            address=reverse("web:assignment-tell", args=[row.assignment_id, row.pk]),
            since=row.due_on,
            is_late=row.due_on < viewer.on,
            due_on=row.due_on,
        )
