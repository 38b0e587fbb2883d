"""Villages and grids merged, split or renamed: households, their records, posts and units follow.

What is so today gets the new code: the household's own row, a record that begins on the day, posts,
units, sites, grids. What was so before keeps the old one: records of earlier days, findings, imported
files. So a month before the merger gives the same answer when it is asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from anju.accounts.actions import recoding as people
from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.places.actions import recoding as places
from anju.places.changes import Change, ChangesRefused
from anju.places.models import Grid, Recoding, RecodingState
from anju.queue.actions import enqueue, request_cancel
from anju.queue.models import JobState
from anju.queue.progress import Progress, Unattended
from anju.registry.models import Household, HouseholdRecord

_AT_ONCE = 1_000
_DONE = (RecodingState.DONE, RecodingState.CANCELLED)


@transaction.atomic
def submit(*, by: Actor, at: datetime, since: date, basis: str, content: bytes) -> Recoding:
    """Check a table of changes and count what it would touch, by carrying it out and undoing it."""
    on = timezone.localdate(at)
    recoding = places.submit(by=by, at=at, on=on, since=since, basis=basis, content=content)
    point = transaction.savepoint()
    counts = _carry_out(recoding, Unattended())
    transaction.savepoint_rollback(point)
    places.set_counts(recoding=recoding, counts=counts)
    record(
        by=by,
        action="places.recoding.submit",
        kind="recoding",
        ids=[recoding.pk],
        detail={"counts": counts},
    )
    return recoding


@transaction.atomic
def confirm(*, by: Actor, at: datetime, recoding_id: int) -> Recoding:
    """Have a checked change carried out by a job."""
    recoding = Recoding.objects.select_for_update().get(pk=recoding_id)
    if recoding.state not in (RecodingState.CHECKED, RecodingState.FAILED):
        raise ChangesRefused("只有已核对、待确认的撤并才能执行。")
    job = enqueue(
        by=by,
        kind="places.recode",
        key=f"places.recode:{recoding.pk}",
        payload={"recoding_id": recoding.pk},
        at=at,
    )
    places.set_state(recoding=recoding, state=RecodingState.WAITING, job_id=job.pk, problem="")
    record(by=by, action="places.recoding.confirm", kind="recoding", ids=[recoding.pk])
    return recoding


@transaction.atomic
def cancel(*, by: Actor, at: datetime, recoding_id: int) -> Recoding:
    """Drop a change that has not been carried out."""
    recoding = Recoding.objects.select_for_update().get(pk=recoding_id)
    if recoding.state in _DONE:
        raise ChangesRefused("这次撤并已经结束，不能取消。")
    if recoding.state == RecodingState.WAITING and recoding.job_id is not None:
        job = request_cancel(by=by, at=at, job_id=recoding.job_id)
        if job.state == JobState.RUNNING:
            raise ChangesRefused("正在执行，请稍后刷新页面看结果。")
    places.set_state(recoding=recoding, state=RecodingState.CANCELLED, finished_at=at)
    record(by=by, action="places.recoding.cancel", kind="recoding", ids=[recoding.pk])
    return recoding


def perform(*, progress: Progress, recoding_id: int) -> dict[str, Any]:
    """Carry a change out, whole or not at all; after an interruption it is simply done again."""
    with transaction.atomic():
        progress.hold()
        recoding = Recoding.objects.select_for_update().get(pk=recoding_id)
        if recoding.state in _DONE:
            return {"recoding": recoding_id, "already": True}
        counts = _carry_out(recoding, progress)
        entry = record(
            by=Actor(recoding.created_by),
            action="places.recoding.done",
            kind="recoding",
            ids=[recoding_id],
            count=counts["households"],
            reason=recoding.basis[:200],
            detail={"counts": counts},
        )
        places.set_counts(recoding=recoding, counts=counts)
        places.set_state(recoding=recoding, state=RecodingState.DONE, finished_at=entry.at)
        progress.complete({"recoding": recoding_id})
    return {"recoding": recoding_id}


@transaction.atomic
def closed(*, state: str, message: str, at: datetime, recoding_id: int) -> None:
    """Note that the job ended as `failed` or `cancelled`; a finished change is left alone."""
    recoding = Recoding.objects.select_for_update().get(pk=recoding_id)
    if recoding.state in _DONE:
        return
    places.set_state(recoding=recoding, state=RecodingState(state), problem=message, finished_at=at)
    record(by=SYSTEM, action=f"places.recoding.{state}", kind="recoding", ids=[recoding_id])


def _carry_out(recoding: Recoding, progress: Progress) -> dict[str, int]:
    on, since = timezone.localdate(recoding.created_at), recoding.effective_on
    changes = places.apply(recoding=recoding)
    counts = {"changes": len(changes), "households": 0, "records": 0, "origins": 0}
    moving = [change for change in places.in_order(changes) if change.old != change.new]
    for number, change in enumerate(moving, start=1):
        progress.step("改写户的代码", number, len(moving))
        for ids in _in_parts(_of(change)):
            counts["households"] += len(ids)
            counts["records"] += _move(ids, _new_state(change), on, since, recoding.basis)
        counts["origins"] += _origins(change)
    counts |= people.follow(
        on=on, villages=_targets(changes, "village"), grids=_targets(changes, "grid")
    )
    return counts


def _of(change: Change) -> QuerySet[Household]:
    """Households that a change takes along; parts are asked before the rest."""
    if change.kind == "grid":
        homes = Household.objects.filter(grid__code=change.old)
    else:
        homes = Household.objects.filter(village_code=change.old)
    if change.grids:
        homes = homes.filter(grid__code__in=change.grids)
    if change.households:
        homes = homes.filter(code__in=change.households)
        missing = set(change.households) - set(homes.values_list("code", flat=True))
        if missing:
            raise ChangesRefused(f"户“{'、'.join(sorted(missing)[:10])}”不在 {change.old}。")
    return homes


def _new_state(change: Change) -> dict[str, Any]:
    if change.kind == "village":
        return {"village_code": change.new}
    return {"grid": Grid.objects.get(code=change.new)}


def _in_parts(homes: QuerySet[Household]) -> Iterator[list[int]]:
    ids = list(homes.order_by("pk").values_list("pk", flat=True))
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def _move(ids: Sequence[int], state: dict[str, Any], on: date, since: date, basis: str) -> int:
    """Today's row, and a record that begins on the day; what was before stays as it was."""
    Household.objects.filter(pk__in=ids).update(**state)
    present = list(
        HouseholdRecord.objects.filter(
            household__in=ids, known_to__isnull=True, valid_to__isnull=True
        )
    )
    known_before = [row.pk for row in present if row.known_from < on]
    HouseholdRecord.objects.filter(pk__in=known_before).update(known_to=on)
    set_right = [row.pk for row in present if row.known_from >= on]
    HouseholdRecord.objects.filter(pk__in=set_right).delete()
    added = []
    for row in present:
        known_from = max(row.known_from, on)
        if row.valid_from is None or row.valid_from < since:
            added.append(_copy(row, known_from=known_from, valid_to=since))
            added.append(_copy(row, known_from=known_from, valid_from=since, source=basis, **state))
        else:
            added.append(_copy(row, known_from=known_from, source=basis, **state))
    HouseholdRecord.objects.bulk_create(added)
    return len(added)


def _copy(row: HouseholdRecord, **changes: Any) -> HouseholdRecord:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    fields.pop("id")
    if "grid" in changes:
        fields.pop("grid_id")
    return HouseholdRecord(**{**fields, **changes})


def _origins(change: Change) -> int:
    """Households that came from a village belong to the one that took over the rest of it."""
    if change.kind != "village" or change.grids:
        return 0
    homes = Household.objects.filter(origin_village_code=change.old)
    if change.households:
        homes = homes.filter(code__in=change.households)
    return homes.update(origin_village_code=change.new)


def _targets(changes: Sequence[Change], kind: str) -> dict[str, list[str]]:
    """Old code → new codes, the one that keeps the rest first."""
    targets: dict[str, list[str]] = {}
    for change in reversed(places.in_order([each for each in changes if each.kind == kind])):
        found = targets.setdefault(change.old, [])
        if change.new not in found:
            found.append(change.new)
    return {old: found for old, found in targets.items() if found != [old]}
