"""Things registered in somebody's name: hints for the home check."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from anju.audit import changes
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.registry.models import Holding, Household, Person
from anju.registry.refusals import RegistryRefused


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    household: Household,
    kind: str,
    reference: str,
    started_on: date | None,
    person: Person | None = None,
    value: int | None = None,
    ended_on: date | None = None,
    source: str,
) -> Holding:
    """A thing with its registration number, `value` in fen; refused when it is known already."""
    if started_on is not None and ended_on is not None and ended_on < started_on:
        raise RegistryRefused(f"注销日期 {ended_on} 早于登记日期 {started_on}，请核对。")
    known = Holding.objects.filter(
        household=household, person=person, kind=kind, reference=reference, known_to__isnull=True
    )
    if known.exists():
        raise RegistryRefused("这一项已经登记过了，不必重复登记。")
    holding = Holding.objects.create(
        household=household,
        person=person,
        kind=kind,
        reference=reference,
        value=value,
        valid_from=started_on,
        valid_to=ended_on,
        known_from=on,
        source=source,
    )
    told = changes.state(holding, ("kind", "value", "valid_from", "valid_to"))
    audit(
        by=by,
        action="holding.record",
        kind="household",
        ids=[household.code],
        detail={"changes": changes.between(Holding, {}, told)},
        place=household.village_code,
    )
    return holding
