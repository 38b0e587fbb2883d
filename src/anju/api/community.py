"""Operations about communities: requests without words or persons, services of places, funds in sums."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from anju.accounts.permissions import Permission
from anju.api.asking import PROBLEMS, leave_entry, viewer_who_may
from anju.community.models import EntryKind, MaintenanceFund, Request, ServicePoint
from anju.community.queries import funds_for, requests_for, services_for
from anju.community.queries.funds import Standing, standings
from anju.places import queries as places

router = Router()

Limit = Annotated[int, Query(ge=1, le=500, description="每页条数")]
Number = Annotated[int, Query(ge=0, le=2**62)]
Place = Annotated[str, Query(pattern=r"^(\d{6}|\d{9}|\d{12})?$", description="行政区划代码")]
Kind = Annotated[str, Query(pattern=r"^[a-z_]{0,30}$", description="类别代码，见政策包")]
State = Literal["", "told", "taken", "handled", "closed"]


class RequestOut(Schema):
    """A request: of which kind, where, how it stands. What was said, and by whom, stays in the system."""

    id: int
    number: str
    kind: str
    village_code: str
    site_code: str | None = None
    unit: str = Field(description="办理单位；空为尚未受理")
    said_on: date
    settle_by: date = Field(description="办结期限，含当日")
    state: str
    outcome: str
    taken_on: date | None = None
    handled_on: date | None = None
    closed_on: date | None = None
    tellings: int = Field(description="反映次数")


class Requests(Schema):
    """A page of requests; `next` is given to `after` for the page that follows."""

    items: list[RequestOut]
    next: int | None = None


class ServiceOut(Schema):
    """A service of a site or village as known now; `until` is exclusive."""

    id: int
    kind: str
    village_code: str
    site_code: str | None = None
    is_there: bool
    name: str
    staff: int | None = None
    since: date
    until: date | None = None


class Services(Schema):
    """A page of services; `next` is given to `after` for the page that follows."""

    items: list[ServiceOut]
    next: int | None = None


class FundOut(Schema):
    """The maintenance fund of a site today, in fen."""

    id: int
    site_code: str
    village_code: str
    opened_on: date
    levy: int
    subsidy: int
    interest: int
    payment: int
    refund: int
    balance: int


@router.get("/requests", response={200: Requests, **PROBLEMS}, summary="群众诉求")
def list_requests(
    request: HttpRequest,
    place: Place = "",
    kind: Kind = "",
    state: State = "",
    after: Number = 0,
    limit: Limit = 100,
) -> Requests:
    """Requests in the token's place, in the order in which they were written down."""
    viewer = viewer_who_may(request, Permission.VIEW_REQUESTS)
    rows = requests_for(viewer).filter(pk__gt=after).select_related("site", "unit").order_by("pk")
    if place:
        rows = rows.filter(places.inside("village_code", place.ljust(12, "0")))
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    found = list(rows[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "request", [row.number for row in shown])
    return Requests(
        items=[_request(row) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
    )


@router.get("/services", response={200: Services, **PROBLEMS}, summary="社区服务")
def list_services(
    request: HttpRequest, place: Place = "", kind: Kind = "", after: Number = 0, limit: Limit = 100
) -> Services:
    """Services of sites and villages in the token's place, as known now."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = services_for(viewer).filter(pk__gt=after).order_by("pk")
    if place:
        rows = rows.filter(places.inside("village_code", place.ljust(12, "0")))
    if kind:
        rows = rows.filter(kind=kind)
    found = list(rows[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "service_point", [row.pk for row in shown])
    return Services(
        items=[_service(row) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
    )


@router.get(
    "/maintenance-funds", response={200: list[FundOut], **PROBLEMS}, summary="安置点维修基金"
)
def list_maintenance_funds(request: HttpRequest) -> list[FundOut]:
    """Maintenance funds of sites in the token's place, with what stands there today."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = list(funds_for(viewer).order_by("pk"))
    found = standings(viewer, [row.pk for row in rows], timezone.localdate())
    leave_entry(request, viewer, "fund", [row.site.code for row in rows])
    return [_fund(row, found.get(row.pk, Standing())) for row in rows]


def _request(row: Request) -> RequestOut:
    made = ("site_code", "unit")
    own = {name: getattr(row, name) for name in RequestOut.model_fields if name not in made}
    site = row.site.code if row.site else None
    return RequestOut(**own, site_code=site, unit=row.unit.name if row.unit else "")


def _service(row: ServicePoint) -> ServiceOut:
    own = {name: getattr(row, name) for name in ServiceOut.model_fields if name != "site_code"}
    return ServiceOut(**own, site_code=row.site.code if row.site else None)


def _fund(row: MaintenanceFund, standing: Standing) -> FundOut:
    return FundOut(
        id=row.pk,
        site_code=row.site.code,
        village_code=row.site.village_code,
        opened_on=row.opened_on,
        balance=standing.balance,
        **{str(kind): standing.of(kind) for kind in EntryKind},
    )
