"""The gates: which requests, services and funds a viewer may see. Everything shown begins here.

Requests are seen by who answers for the place, by roles that see all of it; a department sees those
that lie with its own unit, and no others: what neighbours quarrel about is not every bureau's.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from anju.accounts.models import Unit, User
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.community.models import FundEntry, MaintenanceFund, Request, RequestStep, ServicePoint
from anju.memory import remembered
from anju.places.queries import sites_in

_OF_REQUEST = ("site", "building", "grid", "household__grid", "unit", "joined_into", "payment")


@remembered
def unit_of(viewer: Viewer) -> Unit | None:
    """The unit the viewer works in."""
    return Unit.objects.filter(pk__in=User.objects.filter(pk=viewer.user_id).values("unit")).first()


def requests_for(viewer: Viewer) -> QuerySet[Request]:
    """Requests in the viewer's places; of a department those that lie with its unit."""
    return Request.objects.filter(within(viewer))


def within(viewer: Viewer) -> Q:
    """The condition that `requests_for` holds."""
    places = viewer.scope.q("village_code", "grid__code")
    seen = viewer.scope_for(Permission.VIEW_REQUESTS)
    if seen == viewer.scope:
        return places
    condition = seen.q("village_code", "grid__code")
    unit = unit_of(viewer) if viewer.may(Permission.HANDLE_REQUESTS) else None
    if unit is not None:
        condition |= Q(unit=unit)
    return places & condition


def request_for(viewer: Viewer, number: str) -> Request:
    """One request by its number; raises Request.DoesNotExist for who may not see it."""
    return requests_for(viewer).select_related(*_OF_REQUEST).get(number=number)


def steps_of(viewer: Viewer, request: Request) -> QuerySet[RequestStep]:
    """The story of a request that came through its gate, the earliest first."""
    rows = RequestStep.objects.filter(request=request, request__in=requests_for(viewer))
    return rows.select_related("unit").order_by("id")


def answers_for(viewer: Viewer, request: Request) -> bool:
    """Whether it lies with the viewer: with their unit, or with nobody's in a place they answer for."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return False
    if request.unit is not None:
        unit = unit_of(viewer)
        return (unit is not None and unit.pk == request.unit.pk) or oversees(viewer, request)
    return is_of_place(viewer, request)


def oversees(viewer: Viewer, request: Request) -> bool:
    """Whether the viewer answers for the whole town of a request, and may act for those below."""
    scope = viewer.scope_for(Permission.VIEW_REQUESTS)
    is_of_work = viewer.may(Permission.HANDLE_REQUESTS)
    return is_of_work and scope.covers(request.village_code[:9].ljust(12, "0"))


def is_of_place(viewer: Viewer, request: Request) -> bool:
    """Whether the viewer answers for the place of a request, and so speaks for who told it."""
    grid = request.grid.code if request.grid else ""
    return may_tell_at(viewer, request.village_code, grid)


def may_tell_at(viewer: Viewer, village_code: str, grid_code: str = "") -> bool:
    """Whether the viewer may write down what is told of a place."""
    scope = viewer.scope_for(Permission.VIEW_REQUESTS)
    return viewer.may(Permission.HANDLE_REQUESTS) and scope.covers(village_code, grid_code)


def services_for(viewer: Viewer) -> QuerySet[ServicePoint]:
    """Services in the viewer's places, as known now; of a grid's worker those of its site."""
    here = viewer.scope.q("village_code", None)
    if viewer.scope.grid_codes:
        here |= Q(site__in=sites_in(viewer.scope).order_by().values("pk"))
    return ServicePoint.objects.filter(here, known_to__isnull=True).select_related("site")


def service_for(viewer: Viewer, pk: int) -> ServicePoint:
    """One service; raises ServicePoint.DoesNotExist outside the viewer's places."""
    return services_for(viewer).get(pk=pk)


def funds_for(viewer: Viewer) -> QuerySet[MaintenanceFund]:
    """Maintenance funds of the sites the viewer may see: figures that every owner there may know."""
    sites = sites_in(viewer.scope).order_by()
    return MaintenanceFund.objects.filter(site__in=sites.values("pk")).select_related("site")


def fund_for(viewer: Viewer, site_code: str) -> MaintenanceFund:
    """The fund of a site; raises MaintenanceFund.DoesNotExist where there is none to be seen."""
    return funds_for(viewer).get(site__code=site_code)


def entries_for(viewer: Viewer, fund: MaintenanceFund) -> QuerySet[FundEntry]:
    """The ledger of a fund as it holds, the latest first."""
    rows = FundEntry.objects.filter(fund=fund, fund__in=funds_for(viewer))
    return rows.filter(withdrawn_on__isnull=True).order_by("-on", "-id")


def may_keep(viewer: Viewer, village_code: str) -> bool:
    """Whether the viewer writes down the services and the fund of a place."""
    return viewer.scope_for(Permission.KEEP_COMMUNITY).covers(village_code)
