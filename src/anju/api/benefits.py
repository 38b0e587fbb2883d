"""Operations about subsidies: schemes with what they pay, claims with how far each is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from anju.accounts.permissions import Permission
from anju.api.asking import PROBLEMS, leave_entry, viewer_who_may
from anju.benefits.models import Claim, Scheme
from anju.benefits.queries import claims_for, schemes_for
from anju.places import queries as places

router = Router()

Limit = Annotated[int, Query(ge=1, le=500, description="每页条数")]
Number = Annotated[int, Query(ge=0, le=2**62)]
Place = Annotated[str, Query(pattern=r"^(\d{6}|\d{9}|\d{12})?$", description="行政区划代码")]
State = Annotated[str, Query(pattern=r"^[a-z_]{0,12}$", description="状态")]


class SchemeOut(Schema):
    """A scheme as known now. `terms` are its figures as they were when it was opened; amounts in fen."""

    id: int
    number: str = Field(description="项目编号")
    title: str
    benefit: str = Field(description="政策包中的补贴；县自定的为空")
    pack: str
    terms: dict[str, Any]
    every: str
    period: str
    starts_on: date
    ends_on: date
    recipient: str
    unit: str | None = None
    opens_on: date
    closes_on: date
    pay_by: date | None = None
    publicity_days: int
    document_title: str
    document_number: str
    document_date: date | None = None
    state: str


class Schemes(Schema):
    """A page of schemes; `next` is given to `after` for the page that follows."""

    items: list[SchemeOut]
    next: int | None = None


class ClaimOut(Schema):
    """A claim as known now, in fen. Who it is: the codes of household and person, or the organisation."""

    id: int
    number: str = Field(description="申领号")
    scheme: str = Field(description="项目编号")
    household_code: str | None = None
    person_code: str | None = None
    organisation: str
    village_code: str
    item: str
    quantity: Decimal | None = None
    base_fen: int | None = None
    raw_fen: int | None = Field(None, description="封顶前金额，分")
    amount_fen: int | None = Field(None, description="补贴金额，分")
    eligibility: str
    state: str
    state_on: date
    reason: str
    approved_on: date | None = None
    paid_on: date | None = None
    recovered_fen: int


class Claims(Schema):
    """A page of claims; `next` is given to `after` for the page that follows."""

    items: list[ClaimOut]
    next: int | None = None


@router.get("/benefit-schemes", response={200: Schemes, **PROBLEMS}, summary="补贴项目")
def list_benefit_schemes(request: HttpRequest, after: Number = 0, limit: Limit = 100) -> Schemes:
    """Schemes of the token's county, in the order in which they were opened."""
    viewer = viewer_who_may(request, Permission.VIEW_BENEFITS)
    rows = schemes_for(viewer).filter(pk__gt=after).select_related("unit").order_by("pk")
    found = list(rows[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "scheme", [row.number for row in shown])
    return Schemes(
        items=[_scheme(row) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
    )


@router.get("/benefit-claims", response={200: Claims, **PROBLEMS}, summary="补贴申领")
def list_benefit_claims(
    request: HttpRequest,
    place: Place = "",
    scheme: Number = 0,
    state: State = "",
    after: Number = 0,
    limit: Limit = 100,
) -> Claims:
    """Claims made in the token's place, of one scheme where its id is given, in one state."""
    viewer = viewer_who_may(request, Permission.VIEW_BENEFITS)
    rows = claims_for(viewer).filter(pk__gt=after).order_by("pk")
    rows = rows.select_related("scheme", "household", "person")
    if place:
        rows = rows.filter(places.inside("village_code", place.ljust(12, "0")))
    if scheme:
        rows = rows.filter(scheme=scheme)
    if state:
        rows = rows.filter(state=state)
    found = list(rows[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "claim", [row.number for row in shown])
    return Claims(
        items=[_claim(row) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
    )


def _scheme(row: Scheme) -> SchemeOut:
    own = {name: getattr(row, name) for name in SchemeOut.model_fields if name != "unit"}
    return SchemeOut(**own, unit=row.unit.name if row.unit else None)


def _claim(row: Claim) -> ClaimOut:
    named = ("scheme", "household_code", "person_code")
    own = {name: getattr(row, name) for name in ClaimOut.model_fields if name not in named}
    return ClaimOut(
        **own,
        scheme=row.scheme.number,
        household_code=row.household.code if row.household else None,
        person_code=row.person.code if row.person else None,
    )
