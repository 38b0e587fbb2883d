"""Things that happened: recording one."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from anju.audit import changes
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.registry.models import Event, Household, Person
from anju.registry.refusals import RegistryRefused


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    household: Household,
    kind: str,
    occurred_on: date,
    person: Person | None = None,
    amount: int | None = None,
    level: str = "",
    reference: str = "",
    source: str,
) -> Event:
    """Something that happened on a day, `amount` in fen; refused when it is known already."""
    if occurred_on > on:
        raise RegistryRefused(f"发生日期 {occurred_on} 晚于掌握日期 {on}，请核对。")
    if amount is not None and amount < 0:
        raise RegistryRefused("金额填正数，请核对。")
    known = Event.objects.filter(
        household=household,
        person=person,
        kind=kind,
        occurred_on=occurred_on,
        reference=reference,
        known_to__isnull=True,
    )
    if known.exists():
        raise RegistryRefused("这一事件已经登记过了，不必重复登记。")
    event = Event.objects.create(
        household=household,
        person=person,
        kind=kind,
        occurred_on=occurred_on,
        amount=amount,
        level=level,
        reference=reference,
        known_from=on,
        source=source,
    )
    told = changes.state(event, ("kind", "occurred_on", "amount", "level", "reference"))
    audit(
        by=by,
        action="event.record",
        kind="household",
        ids=[household.code],
        detail={"changes": changes.between(Event, {}, told)},
        place=household.village_code,
    )
    return event
