"""Reads of requests: what waits at whom, what may be the same matter, how many of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When

from anju.accounts.models import Unit, UnitKind
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.community import book
from anju.community.book_model import SAME_MATTER
from anju.community.models import Request, RequestStep, StepKind
from anju.community.queries.gates import requests_for, unit_of
from anju.community.states import State
from anju.places.models import Site
from anju.places.queries import inside
from anju.registry.models import Household
from anju.registry.queries import households_for

OPEN = (State.TOLD, State.TAKEN)
_OFFERED = 5


def lying_with(viewer: Viewer) -> QuerySet[Request]:
    """Open requests that lie with the viewer's unit, or with nobody's unit in a place they answer for.

    Whoever answers for a whole county is not asked to take on what no unit has yet in a village.
    """
    rows = requests_for(viewer).filter(state__in=[*OPEN, State.HANDLED])
    unit = unit_of(viewer)
    mine = Q(unit=unit) if unit is not None else Q(pk__in=[])
    if not viewer.scope_for(Permission.VIEW_REQUESTS).is_county_wide:
        mine |= Q(unit__isnull=True)
    return rows.filter(mine)


def on_desk(viewer: Viewer) -> QuerySet[Request]:
    """What the viewer has to do something about now, the earliest due first."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return Request.objects.none()
    return lying_with(viewer).order_by("due_on", "id")


def overdue(viewer: Viewer, on: date) -> Q:
    """The condition on requests with which the office is late on a day."""
    return Q(state__in=OPEN, due_on__lt=on)


@dataclass(frozen=True)
class Where:
    """Which requests may be about the same thing: kind and place, and whose own matter it is."""

    kind: str
    village_code: str
    site: int | None = None
    building: int | None = None
    household: int | None = None
    is_own: bool = False


def same_matter(viewer: Viewer, where: Where, on: date) -> list[Request]:
    """Requests not closed, of that kind and place and told not long ago; those nearest first.

    A household's own matter is that household's alone; what is everybody's is told by many.
    """
    since = on - timedelta(days=book.own_book().days(SAME_MATTER))
    rows = requests_for(viewer).exclude(state=State.CLOSED)
    rows = rows.filter(kind=where.kind, village_code=where.village_code, said_on__gte=since)
    rows = rows.filter(site=where.site)
    if where.is_own:
        rows = rows.filter(is_own=True, household=where.household)
    else:
        rows = rows.filter(is_own=False)
        if where.building is not None:
            rows = rows.filter(Q(building=where.building) | Q(building__isnull=True))
    rows = rows.select_related("site", "building", "household")
    return list(rows.order_by("-said_on", "-id")[:_OFFERED])


def to_join(viewer: Viewer, request: Request, on: date) -> list[Request]:
    """Requests into which one may go, because they may be about the same thing."""
    where = Where(
        request.kind,
        request.village_code,
        request.site.pk if request.site else None,
        request.building.pk if request.building else None,
        request.household.pk if request.household else None,
        request.is_own,
    )
    return [each for each in same_matter(viewer, where, on) if each.pk != request.pk]


def requests_of_household(viewer: Viewer, household: Household) -> QuerySet[Request]:
    """What a household told, or what is its own matter, the latest first."""
    return requests_for(viewer).filter(household=household).select_related("unit").order_by("-id")


def visible_households(viewer: Viewer, rows: Sequence[Request]) -> dict[int, Household]:
    """Households of these requests that the viewer may see: one may have moved away; one query."""
    ids = {row.household_id for row in rows if row.household_id is not None}
    return {each.pk: each for each in households_for(viewer).filter(pk__in=ids)} if ids else {}


def tellers_of(viewer: Viewer, request: Request) -> QuerySet[RequestStep]:
    """Each time it was told."""
    rows = RequestStep.objects.filter(request__in=requests_for(viewer), request=request)
    return rows.filter(kind__in=[StepKind.TOLD, StepKind.AGAIN]).order_by("id")


@dataclass(frozen=True)
class Counted:
    """Requests told in a time: how many, and how they stand. Of places and kinds, never of persons."""

    told: int = 0
    open: int = 0
    late: int = 0
    settled: int = 0
    in_time: int = 0
    unsettled: int = 0


def counted(
    viewer: Viewer, by: str, *, since: date, until: date, on: date, only: Q | None = None
) -> dict[str, Counted]:
    """Requests told from a day until a day (both included), by `kind` or `village_code`; one query.

    What was joined into another is that other one. In time is what was handled or explained by its day.
    """
    rows = requests_for(viewer).filter(said_on__range=(since, until), joined_into__isnull=True)
    if only is not None:
        rows = rows.filter(only)
    ended = Case(When(handled_on__isnull=False, then=F("handled_on")), default=F("closed_on"))
    rows = rows.annotate(ended_on=ended).order_by()
    found = rows.values(by).annotate(**_counts(viewer, on))
    return {each.pop(by): Counted(**each) for each in found.order_by(by)}


def _counts(viewer: Viewer, on: date) -> Mapping[str, Any]:
    return {
        "told": Count("pk"),
        "open": Count("pk", filter=~Q(state=State.CLOSED)),
        "late": Count("pk", filter=overdue(viewer, on)),
        "settled": Count("pk", filter=Q(ended_on__isnull=False)),
        "in_time": Count("pk", filter=Q(ended_on__lte=F("settle_by"))),
        "unsettled": Count("pk", filter=Q(outcome="explained")),
    }


def units_of_requests(viewer: Viewer) -> list[tuple[int, str]]:
    """Units with which requests that the viewer may see lie, by name."""
    rows = requests_for(viewer).filter(unit__isnull=False).order_by("unit__name")
    return list(rows.values_list("unit", "unit__name").distinct())


def units_to_pass_to(request: Request) -> list[Unit]:
    """Units that may be asked to deal with it: the county's bureaus, and those of its own town."""
    code = request.village_code
    bureaus = Q(kind=UnitKind.BUREAU, division_code=code[:6].ljust(12, "0"))
    rows = Unit.objects.filter(bureaus | inside("division_code", code[:9].ljust(12, "0")))
    if request.unit is not None:
        rows = rows.exclude(pk=request.unit.pk)
    return list(rows.order_by("division_code", "name"))


def open_of_site(viewer: Viewer, site: Site) -> QuerySet[Request]:
    """Requests of a site that are not closed, the earliest due first."""
    rows = requests_for(viewer).filter(site=site).exclude(state=State.CLOSED)
    return rows.select_related("site", "building", "unit").order_by("due_on", "id")
