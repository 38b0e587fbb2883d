"""Operations about public-welfare posts: what is needed where, and who holds it. Both read through a gate."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from anju.accounts.permissions import Permission
from anju.api.asking import PROBLEMS, leave_entry, viewer_who_may
from anju.audit import queries as audit
from anju.employment.models import PostHolding
from anju.employment.queries import posts as queries
from anju.employment.queries.post_facts import holds_post
from anju.places import queries as places

router = Router()

Limit = Annotated[int, Query(ge=1, le=500, description="每页条数")]
Number = Annotated[int, Query(ge=0, le=2**62)]
Place = Annotated[str, Query(pattern=r"^(\d{6}|\d{9}|\d{12})?$", description="行政区划代码")]
Code = Annotated[str, Query(max_length=20, pattern=r"^[0-9A-Za-z-]*$", description="户编码")]
Standing = Annotated[bool, Query(description="只要在岗的")]


class PostOut(Schema):
    """A public-welfare post with the terms in force; pay in fen a month. `taken`: how many hold it."""

    id: int
    kind: str
    name: str
    division_code: str
    site_code: str | None = None
    unit: str
    places: int | None = None
    taken: int
    monthly_pay: int | None = None
    fund: str | None = None
    started_on: date | None = None
    ended_on: date | None = Field(None, description="撤岗日期，不含当日")


class Posts(Schema):
    """A page of posts; `next` is given to `after` for the page that follows."""

    items: list[PostOut]
    next: int | None = None


class HoldingOut(Schema):
    """Somebody who holds or held a post, as known now; pay in fen a month."""

    id: int
    household_code: str
    village_code: str
    person_code: str
    name: str
    post: int
    started_on: date
    agreed_until: date | None = Field(None, description="协议终止日期，含当日")
    monthly_pay: int | None = None
    insurance: str | None = None
    is_part_time: bool | None = None
    ended_on: date | None = Field(None, description="退岗日期，不含当日")
    end_reason: str | None = None


class Holdings(Schema):
    """A page of holders; `next` is given to `after` for the page that follows."""

    items: list[HoldingOut]
    next: int | None = None
    change: int = Field(description="读取这一页之前的最后变动号，首页的用于 changes?after=")


@router.get("/welfare-posts", response={200: Posts, **PROBLEMS}, summary="公益性岗位")
def list_welfare_posts(
    request: HttpRequest, place: Place = "", after: Number = 0, limit: Limit = 100
) -> Posts:
    """Posts in the token's place, in the order they became known."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = queries.posts_for(viewer)
    if place:
        rows = rows.filter(places.inside("division_code", place.ljust(12, "0")))
    found = list(rows.filter(pk__gt=after).order_by("pk")[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "welfare_post", [str(row.pk) for row in shown])
    return Posts(
        items=[_post(row) for row in shown], next=shown[-1].pk if len(found) > limit else None
    )


@router.get("/post-holders", response={200: Holdings, **PROBLEMS}, summary="公益性岗位人员")
def list_post_holders(
    request: HttpRequest,
    place: Place = "",
    household: Code = "",
    standing: Standing = False,
    after: Number = 0,
    limit: Limit = 100,
) -> Holdings:
    """Holders of households in the token's place, in the order they became known."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = queries.holdings_for(viewer)
    if place:
        rows = rows.filter(places.inside("household__village_code", place.ljust(12, "0")))
    if household:
        rows = rows.filter(household__code=household)
    if standing:
        rows = rows.filter(holds_post(viewer.on))
    change = audit.last_sequence()  # before reading: what changes meanwhile is told again
    found = list(rows.filter(pk__gt=after).order_by("pk")[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "household", [row.household.code for row in shown])
    return Holdings(
        items=[_holding(row) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
        change=change,
    )


def _post(row: Any) -> PostOut:
    own = {name: getattr(row, name) for name in PostOut.model_fields if hasattr(row, name)}
    return PostOut(**own | {"site_code": row.site.code if row.site else None, "id": row.pk})


def _holding(row: PostHolding) -> HoldingOut:
    own = {name: getattr(row, name) for name in HoldingOut.model_fields if hasattr(row, name)}
    whose = {
        "id": row.pk,
        "post": row.post.pk,
        "household_code": row.household.code,
        "village_code": row.household.village_code,
        "person_code": row.person.code,
        "name": row.person.name,
    }
    return HoldingOut(**own | whose)
