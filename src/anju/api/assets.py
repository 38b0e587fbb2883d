"""Operations about relief assets: the ledger as known now, and what assets yielded."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from anju.accounts.permissions import Permission
from anju.api.asking import PROBLEMS, leave_entry, viewer_who_may
from anju.assets.models import AssetState, Lease, Yield
from anju.assets.queries import assets_for, assets_inside, known, yields_for
from anju.assets.queries.known import Held
from anju.audit import queries as audit

router = Router()

Limit = Annotated[int, Query(ge=1, le=500, description="每页条数")]
Number = Annotated[int, Query(ge=0, le=2**62)]
Place = Annotated[str, Query(pattern=r"^(\d{6}|\d{9}|\d{12})?$", description="行政区划代码")]
Year = Annotated[int | None, Query(ge=1990, le=2100, description="年度")]
Kind = Literal["", "public", "operating", "household"]
Use = Literal["", "in_use", "weak", "idle", "damaged", "disposed"]


class LeaseOut(Schema):
    """A contract; `ends_on` is its last day, rent in fen a year."""

    operator: str
    starts_on: date
    ends_on: date
    yearly_rent: int | None = None


class StateOut(Schema):
    """In what state the asset was, from a day until a day (exclusive; empty while it goes on)."""

    use: str
    valid_from: date | None = None
    valid_to: date | None = None
    reason: str
    paper: str = Field(description="处置批准文号")


class AssetOut(Schema):
    """An asset as known now; values in fen."""

    id: int
    code: str = Field(description="资产编号")
    name: str
    kind: str
    category: str
    division_code: str = Field(description="所在地；到户类为农户现居村")
    site_code: str | None = None
    household_code: str | None = None
    project_code: str | None = None
    address: str
    fund: str
    built_on: date
    original_value: int
    present_value: int | None = None
    holder_level: str
    title_holder: str
    has_title: bool | None = None
    titled_on: date | None = None
    title_number: str
    keeper: str
    keeper_duty: str
    handed_over_on: date | None = None
    use: str
    known_on: date
    states: list[StateOut]
    leases: list[LeaseOut]


class Assets(Schema):
    """A page of assets; `next` is given to `after` for the page that follows."""

    items: list[AssetOut]
    next: int | None = None
    change: int = Field(description="读取这一页之前的最后变动号，首页的用于 changes?after=")


class YieldOut(Schema):
    """What an asset brought in a year and what it was shared out for, in fen."""

    id: int
    asset: int
    asset_code: str
    year: int
    due: int | None = None
    received: int | None = None
    upkeep: int
    posts: int
    public: int
    hardship: int
    collective: int
    other: int
    published_on: date | None = None


class Yields(Schema):
    """A page of yields; `next` is given to `after` for the page that follows."""

    items: list[YieldOut]
    next: int | None = None
    change: int = Field(description="读取这一页之前的最后变动号，首页的用于 changes?after=")


@router.get("/assets", response={200: Assets, **PROBLEMS}, summary="扶贫项目资产")
def list_assets(
    request: HttpRequest,
    place: Place = "",
    kind: Kind = "",
    use: Use = "",
    after: Number = 0,
    limit: Limit = 100,
) -> Assets:
    """Assets in the token's place, in the order in which they were entered here."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = assets_for(viewer).filter(pk__gt=after).order_by("pk")
    if place:
        rows = rows.filter(assets_inside(place.ljust(12, "0")))
    if kind:
        rows = rows.filter(kind=kind)
    if use:
        rows = rows.filter(use=use)
    change = audit.last_sequence()  # before reading: what changes meanwhile is told again
    found = list(rows[: limit + 1].values_list("county_code", "code", "pk"))
    shown = found[:limit]
    held = known.held_by_code([(county, code) for county, code, _pk in shown])
    leave_entry(request, viewer, "asset", [code for _county, code, _pk in shown])
    return Assets(
        items=[_asset(each) for each in held.values()],
        next=shown[-1][2] if len(found) > limit else None,
        change=change,
    )


@router.get("/asset-yields", response={200: Yields, **PROBLEMS}, summary="资产收益分配")
def list_asset_yields(
    request: HttpRequest,
    asset: Number = 0,
    year: Year = None,
    after: Number = 0,
    limit: Limit = 100,
) -> Yields:
    """Yields of assets in the token's place, of one asset where its id is given."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = yields_for(viewer).filter(pk__gt=after).select_related("asset").order_by("pk")
    if asset:
        rows = rows.filter(asset=asset)
    if year is not None:
        rows = rows.filter(year=year)
    change = audit.last_sequence()  # before reading: what changes meanwhile is told again
    found = list(rows[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "asset", sorted({row.asset.code for row in shown}))
    return Yields(
        items=[_yield(row) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
        change=change,
    )


def _asset(held: Held) -> AssetOut:
    asset = held.asset
    made = ("division_code", "site_code", "household_code", "project_code", "states", "leases")
    own = {name: getattr(asset, name) for name in AssetOut.model_fields if name not in made}
    home = asset.household
    return AssetOut(
        **own,
        division_code=home.village_code if home else asset.division_code,
        site_code=asset.site.code if asset.site else None,
        household_code=home.code if home else None,
        project_code=asset.project.code if asset.project else None,
        states=[_state(each) for each in held.states],
        leases=[_lease(each) for each in held.leases],
    )


def _state(row: AssetState) -> StateOut:
    return StateOut(**{name: getattr(row, name) for name in StateOut.model_fields})


def _lease(row: Lease) -> LeaseOut:
    return LeaseOut(**{name: getattr(row, name) for name in LeaseOut.model_fields})


def _yield(row: Yield) -> YieldOut:
    made = ("asset", "asset_code")
    own = {name: getattr(row, name) for name in YieldOut.model_fields if name not in made}
    return YieldOut(**own, asset=row.asset.pk, asset_code=row.asset.code)
