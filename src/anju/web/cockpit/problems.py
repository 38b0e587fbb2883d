"""Problems that supervision found and nobody has closed yet."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.supervision import queries
from anju.supervision.models import ProblemState
from anju.web.cockpit.tile import Tile, tone


def of(viewer: Viewer) -> list[Tile]:
    """Open problems, those past their limit, and those that wait for a check; one query."""
    if not viewer.may(Permission.VIEW_DUTIES):
        return []
    rows = queries.problems_for(viewer).exclude(state=ProblemState.CLOSED).order_by()
    found = rows.aggregate(
        open=Count("pk", distinct=True),
        late=Count("pk", distinct=True, filter=Q(due_on__lt=viewer.on)),
        submitted=Count("pk", distinct=True, filter=Q(state=ProblemState.SUBMITTED)),
    )
    address, unit = reverse("web:problems"), pgettext("problems", "个")
    late, waiting = f"{address}?due=late", f"{address}?state={ProblemState.SUBMITTED}"
    colour = tone(found["late"], "red")
    return [
        Tile(_("未销号"), f"{found['open']:,}", unit, address),
        Tile(_("整改逾期"), f"{found['late']:,}", unit, late, tone=colour),
        Tile(_("待复核"), f"{found['submitted']:,}", unit, waiting),
    ]
