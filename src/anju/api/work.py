"""Operations about workshops, vacancies, and openings put to people. All read through a gate."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from anju.accounts.permissions import Permission
from anju.api.asking import PROBLEMS, leave_entry, viewer_who_may
from anju.audit import queries as audit
from anju.employment.models import Offer, Vacancy, Workshop, WorkshopCount
from anju.employment.queries import offers, vacancies, workshops
from anju.places import queries as places

router = Router()

Limit = Annotated[int, Query(ge=1, le=500, description="每页条数")]
Number = Annotated[int, Query(ge=0, le=2**62)]
Place = Annotated[str, Query(pattern=r"^(\d{6}|\d{9}|\d{12})?$", description="行政区划代码")]
Open = Annotated[bool, Query(description="只要正在招聘的")]


class CountOut(Schema):
    """What a workshop told last; the wage is the average in fen a month."""

    told_on: date
    posts: int | None = None
    workers: int | None = None
    lifted_out: int | None = None
    relocated: int | None = None
    average_wage: int | None = None


class WorkshopOut(Schema):
    """A workshop as known now. `closed_on` is the first day on which it is no longer open."""

    id: int
    name: str
    kind: str
    division_code: str
    site_code: str | None = None
    operator: str
    products: str
    opened_on: date | None = None
    closed_on: date | None = None
    rating: str
    rated_on: date | None = None
    known_on: date
    count: CountOut | None = None


class Workshops(Schema):
    """A page of workshops; `next` is given to `after` for the page that follows."""

    items: list[WorkshopOut]
    next: int | None = None
    change: int = Field(description="读取这一页之前的最后变动号")


class VacancyOut(Schema):
    """A vacancy as known now; wages in fen a month, `closes_on` its last day. No telephone number."""

    id: int
    employer: str
    workshop: int | None = None
    trade: str
    division_code: str = Field(description="工作地；县外的为省级代码，不掌握的为空")
    address: str
    wanted: int
    gone: int = Field(description="已招人数：单位报的与经推荐录用的，取多的")
    wage_from: int | None = None
    wage_to: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    needs_skill: bool | None = None
    keep: str
    opened_on: date
    closes_on: date | None = None
    known_on: date


class Vacancies(Schema):
    """A page of vacancies; `next` is given to `after` for the page that follows."""

    items: list[VacancyOut]
    next: int | None = None
    change: int = Field(description="读取这一页之前的最后变动号")


class OfferOut(Schema):
    """An opening put to somebody, and what came of it."""

    id: int
    vacancy: int
    household_code: str
    village_code: str
    person_code: str
    offered_on: date
    result: str
    reason: str
    answered_on: date | None = None
    started_on: date | None = None


class Offers(Schema):
    """A page of offers; `next` is given to `after` for the page that follows."""

    items: list[OfferOut]
    next: int | None = None
    change: int = Field(description="读取这一页之前的最后变动号，首页的用于 changes?after=")


@router.get("/workshops", response={200: Workshops, **PROBLEMS}, summary="就业帮扶车间")
def list_workshops(
    request: HttpRequest, place: Place = "", after: Number = 0, limit: Limit = 100
) -> Workshops:
    """Workshops in the token's place, each with what it told last."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = workshops.workshops_for(viewer).filter(pk__gt=after).order_by("pk")
    if place:
        rows = rows.filter(places.inside("division_code", place.ljust(12, "0")))
    change = audit.last_sequence()  # before reading: what changes meanwhile is told again
    found = list(rows[: limit + 1])
    shown = found[:limit]
    counts = workshops.last_counts([row.pk for row in shown], viewer.on)
    leave_entry(request, viewer, "workshop", [str(row.pk) for row in shown])
    return Workshops(
        items=[_workshop(row, counts.get(row.pk)) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
        change=change,
    )


@router.get("/vacancies", response={200: Vacancies, **PROBLEMS}, summary="岗位需求")
def list_vacancies(
    request: HttpRequest,
    place: Place = "",
    open_only: Open = False,
    after: Number = 0,
    limit: Limit = 100,
) -> Vacancies:
    """All vacancies, wherever the work is: they are public notices."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = vacancies.vacancies_for(viewer).filter(pk__gt=after).order_by("pk")
    if place:
        rows = rows.filter(places.inside("division_code", place.ljust(12, "0")))
    if open_only:
        rows = rows.filter(vacancies.open_on(viewer.on))
    change = audit.last_sequence()
    found = list(rows[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "vacancy", [str(row.pk) for row in shown])
    return Vacancies(
        items=[_vacancy(row) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
        change=change,
    )


@router.get("/offers", response={200: Offers, **PROBLEMS}, summary="推荐岗位")
def list_offers(
    request: HttpRequest, place: Place = "", after: Number = 0, limit: Limit = 100
) -> Offers:
    """Openings put to people of households in the token's place."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = offers.offers_for(viewer).filter(pk__gt=after).order_by("pk")
    if place:
        rows = rows.filter(places.inside("household__village_code", place.ljust(12, "0")))
    change = audit.last_sequence()
    found = list(rows[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "household", [row.household.code for row in shown])
    return Offers(
        items=[_offer(row) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
        change=change,
    )


def _workshop(row: Workshop, count: WorkshopCount | None) -> WorkshopOut:
    made = ("site_code", "count")
    own = {name: getattr(row, name) for name in WorkshopOut.model_fields if name not in made}
    told = {name: getattr(count, name) for name in CountOut.model_fields} if count else None
    return WorkshopOut(
        **own,
        site_code=row.site.code if row.site else None,
        count=CountOut(**told) if told else None,
    )


def _vacancy(row: Vacancy) -> VacancyOut:
    own = {name: getattr(row, name) for name in VacancyOut.model_fields if name != "workshop"}
    return VacancyOut(**own, workshop=row.workshop_id)


def _offer(row: Offer) -> OfferOut:
    names = ("id", "offered_on", "result", "reason", "answered_on", "started_on")
    return OfferOut(
        **{name: getattr(row, name) for name in names},
        vacancy=row.vacancy_id,
        household_code=row.household.code,
        village_code=row.household.village_code,
        person_code=row.person.code,
    )
