"""The operations. All read; each asks a gate for what the token's place holds."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router
from ninja.errors import HttpError

from anju.accounts.permissions import Permission
from anju.api.answers import (
    ChangeOut,
    Changes,
    FindingOut,
    Findings,
    HouseholdDetail,
    HouseholdOut,
    Households,
    MemberOut,
    PlaceOut,
    Problem,
    RunOut,
)
from anju.api.asking import PROBLEMS, leave_entry, viewer_who_may
from anju.audit import queries as audit
from anju.intake.changed import changes_for, is_archived
from anju.monitoring import queries as monitoring
from anju.monitoring.models import Finding, Run, RunState
from anju.places import queries as places
from anju.registry import queries as registry
from anju.registry.models import Household
from anju.registry.queries.people import Member, is_member, members, memberships_of

router = Router()

_MOST = 500
Limit = Annotated[int, Query(ge=1, le=_MOST, description="每页条数")]
Code = Annotated[str, Query(max_length=20, pattern=r"^[0-9A-Za-z-]*$")]
Place = Annotated[str, Query(pattern=r"^(\d{6}|\d{9}|\d{12})?$", description="行政区划代码")]
Month = Annotated[str, Query(pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$", description="YYYY-MM")]
Number = Annotated[int, Query(ge=0, le=2**62)]


@router.get("/places", response={200: list[PlaceOut], **PROBLEMS}, summary="行政区划")
def list_places(request: HttpRequest) -> list[PlaceOut]:
    """Towns and villages inside the token's place."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    found = [*places.towns_in(viewer.scope), *places.villages_in(viewer.scope)]
    return [
        PlaceOut(code=each.code, name=each.name, level=str(each.level), parent=each.parent_id)
        for each in found
    ]


@router.get("/households", response={200: Households, **PROBLEMS}, summary="农户")
def list_households(
    request: HttpRequest,
    place: Place = "",
    relocated: bool | None = None,
    monitored: bool | None = None,
    after: Code = "",
    limit: Limit = 100,
) -> Households:
    """Households that live in the token's place, in the order of their codes."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    rows = registry.households_for(viewer).select_related("site", "grid").order_by("code")
    if place:
        rows = rows.filter(places.inside("village_code", place.ljust(12, "0")))
    if relocated is not None:
        rows = rows.filter(relocated=relocated)
    if monitored is not None:
        rows = rows.filter(monitored_kind__isnull=not monitored)
    if after:
        rows = rows.filter(code__gt=after)
    change = audit.last_sequence()  # before reading: what changes meanwhile is told again
    found = list(rows[: limit + 1])
    items = [HouseholdOut(**_household(each)) for each in found[:limit]]
    leave_entry(request, viewer, "household", [each.code for each in items])
    following = items[-1].code if len(found) > limit else None
    return Households(items=items, next=following, change=change)


@router.get("/households/{code}", response={200: HouseholdDetail, **PROBLEMS}, summary="一户")
def read_household(
    request: HttpRequest,
    code: Annotated[str, Path(max_length=20)],
    on: date | None = None,
) -> HouseholdDetail:
    """A household with its members on a day (today by default)."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    try:
        household = registry.household_for(viewer, code)
    except (Household.DoesNotExist, ValueError):
        raise HttpError(404, "没有这一户，或不在令牌的区域内。") from None
    day = on or timezone.localdate()
    with_health = viewer.may(Permission.VIEW_HEALTH)
    held = [each for each in memberships_of(household) if is_member(each, day)]
    found = members(held, on=day, with_health=with_health)
    leave_entry(request, viewer, "household", [household.code], on=day.isoformat())
    return HouseholdDetail(
        **_household(household), on=day, members=[_member(each, with_health) for each in found]
    )


@router.get("/runs", response={200: list[RunOut], **PROBLEMS}, summary="监测研判")
def list_runs(request: HttpRequest) -> list[RunOut]:
    """Finished months of monitoring, the latest first; at most 24."""
    viewer = viewer_who_may(request, Permission.VIEW_FINDINGS)
    finished = monitoring.runs_for(viewer).filter(state=RunState.DONE)
    return [_run(each) for each in finished[:24]]


@router.get("/findings", response={200: Findings, **PROBLEMS}, summary="预警线索")
def list_findings(
    request: HttpRequest, month: Month = "", after: Number = 0, limit: Limit = 100
) -> Findings:
    """Hits of a month (the latest by default), with values and thresholds."""
    viewer = viewer_who_may(request, Permission.VIEW_FINDINGS)
    run = monitoring.latest_run(month=month or None)
    if run is None:
        return Findings(run=None, month=None, items=[])
    rows = monitoring.findings_for(viewer, run).filter(status="hit", pk__gt=after).order_by("pk")
    found = list(rows.select_related("household")[: limit + 1])
    shown = found[:limit]
    hidden = monitoring.hidden(viewer, shown)
    items = [_finding(each, each.pk in hidden) for each in shown]
    leave_entry(request, viewer, "household", [each.household_code for each in items], run=run.pk)
    return Findings(
        run=run.pk,
        month=run.month,
        items=items,
        next=shown[-1].pk if len(found) > limit else None,
    )


@router.get("/changes", response={200: Changes, 410: Problem, **PROBLEMS}, summary="变动")
def list_changes(request: HttpRequest, after: Number = 0, limit: Limit = 100) -> Changes:
    """Which households, assets and projects changed since a number; begin with `change` of the first
    page of their list."""
    viewer = viewer_who_may(request, Permission.VIEW_HOUSEHOLDS)
    if is_archived(after):
        raise HttpError(410, "这个变动号之前的记录已归档，请重新读取全部农户。")
    feed = changes_for(viewer, after=after, limit=limit)
    items = [
        ChangeOut(
            number=c.number, at=c.at, households=list(c.households), assets=list(c.assets),
            projects=list(c.projects),
        )
        for c in feed.changes
    ]  # fmt: skip
    return Changes(items=items, last=feed.last, more=feed.more)


def _household(row: Household) -> dict[str, object]:
    """The columns of a household."""
    return {
        "code": row.code,
        "head_name": row.head_name,
        "size": row.size,
        "village_code": row.village_code,
        "origin_village_code": row.origin_village_code or None,
        "site_code": row.site.code if row.site else None,
        "grid_code": row.grid.code if row.grid else None,
        "household_class": row.household_class,
        "relocated": row.relocated,
        "self_moved": row.self_moved,
        "monitored_kind": row.monitored_kind,
        "included_on": row.included_on,
        "risk_removed_on": row.risk_removed_on,
    }


def _member(member: Member, with_health: bool) -> MemberOut:
    """A member, numbers masked."""
    record = member.record
    return MemberOut(
        code=member.person.code,
        name=member.person.name,
        sex=member.person.sex,
        born_on=member.person.born_on,
        relation=member.membership.relation,
        joined_on=member.membership.joined_on,
        identity=member.identity,
        schooling=record.schooling if record else None,
        labour=record.labour if record else None,
        health=(record.health or None) if record and with_health else None,
        is_minor=member.is_minor,
        statuses=[status.kind for status in member.statuses],
    )


def _run(run: Run) -> RunOut:
    """A run's head."""
    return RunOut(
        id=run.pk,
        month=run.month,
        pack=run.pack,
        known_on=run.known_on,
        finished_at=run.finished_at,
    )


def _finding(row: Finding, hidden: bool) -> FindingOut:
    """A hit; of one about health that may not be seen only the level."""
    return FindingOut(
        household_code=row.household.code,
        village_code=row.village_code,
        rule="" if hidden else row.rule,
        level=row.level,
        risk="" if hidden else row.risk,
        observed=None if hidden else row.observed,
        threshold=None if hidden else row.threshold,
        observed_text="" if hidden else row.observed_text,
        threshold_text="" if hidden else row.threshold_text,
    )
