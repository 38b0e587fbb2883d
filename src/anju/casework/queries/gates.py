"""The gates of casework: which leads, cases and notices a viewer may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.models import Case, FollowUp, Lead, Notice
from anju.casework.queries.places import lying_in

_GRID = "household__grid__code"
_OF_LEAD = ("household__grid", "case", "assigned_to")
_OF_CASE = ("household__grid", "household__site", "assigned_to")


def leads_for(viewer: Viewer) -> QuerySet[Lead]:
    """Leads of households in the viewer's places."""
    return Lead.objects.filter(within(viewer))


def lead_for(viewer: Viewer, lead_id: int) -> Lead:
    """One lead; raises Lead.DoesNotExist outside the viewer's places."""
    return leads_for(viewer).select_related(*_OF_LEAD).get(pk=lead_id)


def cases_for(viewer: Viewer) -> QuerySet[Case]:
    """Cases of households in the viewer's places, those that are over among them."""
    return Case.objects.filter(within(viewer))


def case_for(viewer: Viewer, number: str) -> Case:
    """One case by its number; raises Case.DoesNotExist outside the viewer's places."""
    return cases_for(viewer).select_related(*_OF_CASE).get(number=number)


def notices_for(viewer: Viewer) -> QuerySet[Notice]:
    """Notices in the viewer's villages; who holds a grid only sees those of its cases."""
    return Notice.objects.filter(_places(viewer, grid=None))


def follow_ups_for(viewer: Viewer) -> QuerySet[FollowUp]:
    """Visits, due and done, of cases in the viewer's places."""
    return FollowUp.objects.filter(_places(viewer, grid=f"case__{_GRID}"))


def within(viewer: Viewer) -> Q:
    """The viewer's places, as a condition on rows of a household and the village it lives in."""
    return _places(viewer, grid=_GRID)


def _places(viewer: Viewer, *, grid: str | None) -> Q:
    """Where the viewer may see cases, within the scope the viewer was given.

    The two differ where a list was narrowed (a town, an export), or where somebody holds two posts.
    They are asked as one range where that can be said: of two, SQLite follows the first.
    """
    allowed, given = viewer.scope_for(Permission.VIEW_CASES), viewer.scope
    if allowed == given:
        return lying_in(given, grid=grid)
    if allowed.grid_codes or given.grid_codes:
        return lying_in(allowed, grid=grid) & lying_in(given, grid=grid)
    return lying_in(allowed & given, grid=grid)
