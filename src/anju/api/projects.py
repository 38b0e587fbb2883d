"""Operations about the project library: projects with their steps and funds, and what was paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from anju.accounts.permissions import Permission
from anju.api.asking import PROBLEMS, leave_entry, viewer_who_may
from anju.audit import queries as audit
from anju.places import queries as places
from anju.projects.facts import Held
from anju.projects.models import Payment, Project
from anju.projects.queries import known, payments_for, projects_for

router = Router()

Limit = Annotated[int, Query(ge=1, le=500, description="每页条数")]
Number = Annotated[int, Query(ge=0, le=2**62)]
Place = Annotated[str, Query(pattern=r"^(\d{6}|\d{9}|\d{12})?$", description="行政区划代码")]
Year = Annotated[int | None, Query(ge=2000, le=2100, description="实施年度")]


class ProjectOut(Schema):
    """A project as known now. Funds are in fen, by source; steps are days, by step."""

    id: int
    code: str = Field(description="项目编号")
    name: str
    kind: str
    subkind: str
    content: str
    division_code: str = Field(description="建设地点：村、乡镇或县，12 位")
    site_code: str | None = None
    unit: str
    builder: str
    is_key: bool
    entered_year: int | None = None
    plan_year: int | None = None
    planned_start: date | None = None
    planned_finish: date | None = None
    households: int | None = None
    is_work_relief: bool
    labour_percent: int | None = None
    labour_base: str
    step: str
    reached_on: date | None = None
    steps: dict[str, date]
    funds: dict[str, int]
    percent: int | None = Field(None, description="最近一次形象进度，%")


class Projects(Schema):
    """A page of projects; `next` is given to `after` for the page that follows."""

    items: list[ProjectOut]
    next: int | None = None
    change: int = Field(description="读取这一页之前的最后变动号，首页的用于 changes?after=")


class PaymentOut(Schema):
    """A payment as known now, in fen; of labour pay also how many people were paid."""

    id: int
    project: int
    project_code: str
    voucher: str
    paid_on: date
    kind: str
    amount: int
    payee: str
    workers: int | None = None
    relocated_workers: int | None = None


class Payments(Schema):
    """A page of payments; `next` is given to `after` for the page that follows."""

    items: list[PaymentOut]
    next: int | None = None
    change: int = Field(description="读取这一页之前的最后变动号，首页的用于 changes?after=")


@router.get("/projects", response={200: Projects, **PROBLEMS}, summary="项目库")
def list_projects(
    request: HttpRequest,
    place: Place = "",
    year: Year = None,
    after: Number = 0,
    limit: Limit = 100,
) -> Projects:
    """Projects in the token's place, in the order in which they were entered here."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = projects_for(viewer).filter(pk__gt=after).select_related("site").order_by("pk")
    if place:
        rows = rows.filter(places.inside("division_code", place.ljust(12, "0")))
    if year is not None:
        rows = rows.filter(plan_year=year)
    change = audit.last_sequence()  # before reading: what changes meanwhile is told again
    found = list(rows[: limit + 1])
    shown = found[:limit]
    held = known.held_by_id([row.pk for row in shown])
    leave_entry(request, viewer, "project", [row.pk for row in shown])
    return Projects(
        items=[_project(row, held) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
        change=change,
    )


@router.get("/project-payments", response={200: Payments, **PROBLEMS}, summary="项目资金支付")
def list_payments(
    request: HttpRequest, project: Number = 0, after: Number = 0, limit: Limit = 100
) -> Payments:
    """Payments for projects in the token's place, of one project where its id is given."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = payments_for(viewer).filter(pk__gt=after).select_related("project").order_by("pk")
    if project:
        rows = rows.filter(project=project)
    change = audit.last_sequence()  # before reading: what changes meanwhile is told again
    found = list(rows[: limit + 1])
    shown = found[:limit]
    leave_entry(request, viewer, "project", sorted({row.project_id for row in shown}))
    return Payments(
        items=[_payment(row) for row in shown],
        next=shown[-1].pk if len(found) > limit else None,
        change=change,
    )


def _project(row: Project, held: Mapping[int, Held]) -> ProjectOut:
    facts = held[row.pk]
    latest = max(facts.progress, default=None)
    own = {
        name: getattr(row, name)
        for name in ProjectOut.model_fields
        if name not in ("unit", "steps", "funds", "percent", "site_code")
    }
    return ProjectOut(
        **own,
        site_code=row.site.code if row.site else None,
        unit=row.unit_name,
        steps={step: fact.value for step, fact in facts.steps.items()},
        funds={fund: fact.value for fund, fact in facts.funds.items()},
        percent=None if latest is None else facts.progress[latest].value,
    )


def _payment(row: Payment) -> PaymentOut:
    own = {
        name: getattr(row, name)
        for name in PaymentOut.model_fields
        if name not in ("project", "project_code")
    }
    return PaymentOut(**own, project=row.project_id, project_code=row.project.code)
