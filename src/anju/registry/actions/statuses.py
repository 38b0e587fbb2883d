"""States that hold for a time: beginning and ending one."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from anju.audit import changes
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.registry.actions.superseding import supersede
from anju.registry.models import Household, Person, Status
from anju.registry.refusals import RegistryRefused

_TOLD = ("kind", "level", "reference", "valid_from", "valid_to")


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    household: Household,
    kind: str,
    started_on: date | None,
    person: Person | None = None,
    level: str = "",
    reference: str = "",
    ended_on: date | None = None,
    source: str,
) -> Status:
    """A state of a household, or of one person of it; refused when it is known already."""
    _refuse_order(started_on, ended_on)
    known = Status.objects.filter(
        person=person,
        kind=kind,
        level=level,
        reference=reference,
        valid_from=started_on,
        known_to__isnull=True,
    )
    if person is None:
        known = known.filter(household=household)
    if known.exists():
        raise RegistryRefused("这一情况已经登记过了，不必重复登记。")
    status = Status.objects.create(
        household=household,
        person=person,
        kind=kind,
        level=level,
        reference=reference,
        valid_from=started_on,
        valid_to=ended_on,
        known_from=on,
        source=source,
    )
    audit(
        by=by,
        action="status.record",
        kind="household",
        ids=[household.code],
        detail={"changes": changes.between(Status, {}, changes.state(status, _TOLD))},
        place=household.village_code,
    )
    return status


@transaction.atomic
def close(*, by: Actor, on: date, status: Status, ended_on: date, source: str) -> Status:
    """A state no longer holds from a day on (exclusive end)."""
    _refuse_order(status.valid_from, ended_on)
    household, before = status.household, changes.state(status, _TOLD)
    closed = supersede(status, on=on, source=source, changes={"valid_to": ended_on})
    audit(
        by=by,
        action="status.close",
        kind="household",
        ids=[household.code],
        detail={"changes": changes.between(Status, before, changes.state(closed, _TOLD))},
        place=household.village_code,
    )
    return closed


def _refuse_order(started_on: date | None, ended_on: date | None) -> None:
    if started_on is not None and ended_on is not None and ended_on < started_on:
        raise RegistryRefused(f"结束日期 {ended_on} 早于开始日期 {started_on}，请核对。")
