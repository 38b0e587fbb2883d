"""Operations about the labour ledger: trainings, and what workers want. Both read through a gate."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from anju.accounts.permissions import Permission
from anju.api.asking import PROBLEMS, leave_entry, viewer_who_may
from anju.audit import queries as audit
from anju.employment.models import LabourProfile, Training
from anju.employment.queries import trainings as queries
from anju.places import queries as places

router = Router()
Out = TypeVar("Out", bound=Schema)

Limit = Annotated[int, Query(ge=1, le=500, description="每页条数")]
Number = Annotated[int, Query(ge=0, le=2**62)]
Place = Annotated[str, Query(pattern=r"^(\d{6}|\d{9}|\d{12})?$", description="行政区划代码")]
Code = Annotated[str, Query(max_length=20, pattern=r"^[0-9A-Za-z-]*$", description="户编码")]
Year = Annotated[int | None, Query(ge=1990, le=2100, description="开班年度")]


class TrainingOut(Schema):
    """A training somebody took part in, as known now; the subsidy is in fen."""

    id: int
    household_code: str
    village_code: str
    person_code: str
    name: str
    category: str
    trade: str
    organiser: str
    started_on: date
    ended_on: date | None = Field(None, description="结业日期，含当日")
    certificate: str | None = None
    level: str
    subsidy: int | None = None


class Trainings(Schema):
    """A page of trainings; `next` is given to `after` for the page that follows."""

    items: list[TrainingOut]
    next: int | None = None
    change: int = Field(description="读取这一页之前的最后变动号，首页的用于 changes?after=")


class LabourOut(Schema):
    """What a worker said when asked last; the wage is in fen a month."""

    id: int
    household_code: str
    village_code: str
    person_code: str
    name: str
    told_on: date
    residence: str | None = None
    wants_work: str | None = None
    wants_training: str | None = None
    wished_trade: str
    wished_wage: int | None = None
    skill: str
    talks: int | None = None
    openings: int | None = None
    offers: int | None = None


class Labour(Schema):
    """A page of workers; `next` is given to `after` for the page that follows."""

    items: list[LabourOut]
    next: int | None = None
    change: int = Field(description="读取这一页之前的最后变动号，首页的用于 changes?after=")


@router.get("/trainings", response={200: Trainings, **PROBLEMS}, summary="就业培训")
def list_trainings(
    request: HttpRequest,
    place: Place = "",
    household: Code = "",
    year: Year = None,
    after: Number = 0,
    limit: Limit = 100,
) -> Trainings:
    """Trainings of households in the token's place, in the order they became known."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = _page(queries.trainings_for(viewer), place, household, after)
    if year is not None:
        rows = rows.filter(started_on__year=year)
    change = audit.last_sequence()  # before reading: what changes meanwhile is told again
    found = list(rows[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "household", [row.household.code for row in shown])
    return Trainings(
        items=[_told(row, TrainingOut) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
        change=change,
    )


@router.get("/labour", response={200: Labour, **PROBLEMS}, summary="劳动力意愿")
def list_labour(
    request: HttpRequest,
    place: Place = "",
    household: Code = "",
    after: Number = 0,
    limit: Limit = 100,
) -> Labour:
    """Workers of households in the token's place with the answer that holds today."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = _page(queries.profiles_for(viewer, viewer.on), place, household, after)
    change = audit.last_sequence()
    found = list(rows[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "household", [row.household.code for row in shown])
    return Labour(
        items=[_told(row, LabourOut) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
        change=change,
    )


def _page(rows: QuerySet, place: str, household: str, after: int) -> QuerySet:  # type: ignore[type-arg]
    if place:
        rows = rows.filter(places.inside("household__village_code", place.ljust(12, "0")))
    if household:
        rows = rows.filter(household__code=household)
    return rows.filter(pk__gt=after).order_by("pk")


def _told(row: Training | LabourProfile, shape: type[Out]) -> Out:
    """A row in one of the shapes above: its own columns, whose it is, and where they live."""
    own = {
        name: getattr(row, name)
        for name in shape.model_fields
        if name != "id" and hasattr(row, name)
    }
    whose = {
        "id": row.pk,
        "household_code": row.household.code,
        "village_code": row.household.village_code,
        "person_code": row.person.code,
        "name": row.person.name,
    }
    return shape(**own, **whose)
