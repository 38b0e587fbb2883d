"""What may be chosen in the forms of supervision, limited to what the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.models import Indicator, Plan
from anju.duties.queries import plans_for, tasks_for, units_for
from anju.duties.queries.indicators import current, indicators_for
from anju.language import in_language
from anju.places import queries as places
from anju.supervision import books, queries
from anju.supervision.book_model import SAMPLED
from anju.supervision.models import Supervision, SupervisionKind, SupervisionState
from anju.supervision.refusals import SupervisionRefused
from anju.web.lists import Choice

_MOST = 200
_OFFERED = 20


def plans(viewer: Viewer) -> list[Choice]:
    """Plans by their short titles."""
    return [Choice(str(plan.pk), plan.short_title) for plan in plans_for(viewer).order_by("-id")]


def plan_of(viewer: Viewer, text: str) -> Plan | None:
    """The plan that was chosen."""
    if not text.isdecimal():
        return None
    return plans_for(viewer).filter(pk=int(text)).first()


def tasks(viewer: Viewer, typed: str, plan: Plan | None) -> list[Choice]:
    """Tasks the viewer may see whose number or title has what was typed, by number; the first of them."""
    rows = tasks_for(viewer).filter(Q(number__icontains=typed) | Q(title__contains=typed))
    if plan is not None:
        rows = rows.filter(plan=plan)
    found = rows.order_by("number").values_list("number", "title")[:_OFFERED]
    return [Choice(number, f"{number} {title}") for number, title in found]


def indicators(viewer: Viewer) -> list[Choice]:
    """Indicators that are followed, with the plan each is of."""
    rows = indicators_for(viewer).filter(current(viewer.on)).order_by("plan_id", "id")
    return [Choice(str(row.pk), _indicator(row)) for row in rows]


def indicator_of(viewer: Viewer, text: str) -> Indicator | None:
    """The indicator that was chosen."""
    if not text.isdecimal():
        return None
    return indicators_for(viewer).filter(pk=int(text)).first()


def _indicator(row: Indicator) -> str:
    name = in_language(row.name, row.name_en)
    return f"{name}（{row.plan.short_title}）" if row.plan else name


def divisions(viewer: Viewer) -> list[Choice]:
    """Places the viewer inspects wholly: the county, its towns."""
    scope = viewer.scope_for(Permission.INSPECT)
    rows = places.divisions().filter(scope.q("code", grid=None), level__lte=9)
    found = rows.values_list("code", "name", "level")
    return [Choice(code, name) for code, name, _level in found if scope.covers(code)]


def villages(viewer: Viewer) -> list[Choice]:
    """Villages the viewer inspects."""
    scope = viewer.scope_for(Permission.INSPECT)
    rows = list(places.villages_in(scope))
    names = places.names([row.code for row in rows])
    return [Choice(row.code, names.village(row.code) or row.name) for row in rows]


def units(viewer: Viewer) -> list[Unit]:
    """Units whose work the viewer may see."""
    return list(units_for(viewer).order_by("division_code", "name"))


def checklists(pack: str) -> list[Choice]:
    """Checklists of a pack, those for households first."""
    found = sorted(books.book_of(pack).checklists, key=lambda each: SAMPLED.index(each.of))
    return [Choice(each.id, in_language(each.name, each.name_en)) for each in found]


def concluded(viewer: Viewer) -> Sequence[Supervision]:
    """Inspections that can be looked back at, the latest first."""
    rows = queries.supervisions_for(viewer).filter(state=SupervisionState.CONCLUDED)
    return list(rows.order_by("-id")[:_MOST])


def look_backs(viewer: Viewer) -> list[Choice]:
    """The same, as choices."""
    return [Choice(each.number, f"{each.number} {each.title}") for each in concluded(viewer)]


def under_way(viewer: Viewer) -> list[Choice]:
    """Look-backs that are under way, the latest first: problems are looked at again in one of them."""
    rows = queries.supervisions_for(viewer).filter(
        kind=SupervisionKind.LOOK_BACK, state=SupervisionState.OPEN
    )
    return [Choice(each.number, f"{each.number} {each.title}") for each in rows.order_by("-id")]


def look_back_of(viewer: Viewer, number: str) -> Supervision | None:
    """The look-back that was chosen; refused where it is none that is under way."""
    if not number:
        return None
    if number not in {each.value for each in under_way(viewer)}:
        raise SupervisionRefused(_("没有这次回头看督查，或者已经办结，请重新选择。"))
    return queries.supervision_for(viewer, number)
