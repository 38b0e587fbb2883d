"""What of requests is on the desk: those that lie with the viewer's unit or place, late ones first."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.community.queries import requests
from anju.community.states import State
from anju.duties.lights import Light
from anju.web.community.wording import add_words
from anju.web.desk.item import Item, few

_SHOWN = 20


def items(viewer: Viewer) -> Iterator[Item]:
    """Requests to take on, to settle, and whose teller is to be asked."""
    rows = few(requests.on_desk(viewer).select_related("site", "building", "unit"), _SHOWN)
    if not rows:
        return
    rows = sorted(rows, key=lambda row: (row.due_on, row.pk))
    add_words(viewer, rows, viewer.on)
    titles = {
        State.TOLD: _("待受理诉求：%(kind)s　%(where)s"),
        State.TAKEN: _("办理诉求：%(kind)s　%(where)s"),
        State.HANDLED: _("问反映人的意见：%(kind)s　%(where)s"),
    }
    for row in rows:
        yield Item(
            title=titles[State(row.state)] % {"kind": row.kind_name, "where": row.where},
            detail="　".join(part for part in (row.number, row.left) if part),
            address=reverse("web:request", args=[row.number]),
            since=row.said_on,
            is_late=row.light == Light.RED,
            due_on=row.due_on,
        )
