"""Members of a household: registering a person, joining, leaving."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.registry.actions import numbers
from anju.registry.actions.rolls import recount
from anju.registry.actions.superseding import supersede
from anju.registry.identity import IDENTITY, PHONE
from anju.registry.initials import initials
from anju.registry.models import Household, Membership, Person, PersonRecord
from anju.registry.refusals import RegistryRefused


@transaction.atomic
def register(
    *,
    by: Actor,
    on: date,
    code: str,
    name: str,
    sex: str = "",
    born_on: date | None = None,
    identity: str | None = None,
    phone: str | None = None,
    education: str = "",
    schooling: str | None = None,
    labour: str | None = None,
    health: str = "",
    source: str,
) -> Person:
    """Add a person; refused when the code or the identity number is known already."""
    number = identity.strip().upper() if identity else None
    if Person.objects.filter(code=code).exists():
        raise RegistryRefused(f"人编号 {code} 已经在底册中，请核对。")
    if number is not None and numbers.is_taken(number):
        raise RegistryRefused("这个证件号码已经在底册中，请按证件号码查找此人。")
    person = Person.objects.create(
        code=code,
        name=name,
        initials=initials(name),
        sex=sex,
        born_on=born_on,
    )
    numbers.set_one(person=person, numbers={IDENTITY: number, PHONE: phone})
    PersonRecord.objects.create(
        person=person,
        sex=sex,
        born_on=born_on,
        education=education,
        schooling=schooling,
        labour=labour,
        health=health,
        known_from=on,
        source=source,
    )
    record(by=by, action="person.register", kind="person", ids=[code])
    return person


@transaction.atomic
def join(
    *,
    by: Actor,
    on: date,
    household: Household,
    person: Person,
    relation: str,
    joined_on: date,
    source: str,
) -> Membership:
    """A person belongs to a household from a day on; refused while they belong to another."""
    present = (
        Membership.objects.filter(person=person, known_to__isnull=True)
        .filter(Q(left_on__isnull=True) | Q(left_on__gt=joined_on))
        .select_related("household")
        .first()
    )
    if present is not None:
        raise RegistryRefused(
            f"此人在 {joined_on} 属于户 {present.household.code}。请先登记其离开，再登记加入。"
        )
    membership = Membership.objects.create(
        household=household,
        person=person,
        relation=relation,
        joined_on=joined_on,
        known_from=on,
        source=source,
    )
    recount(on=on, household_ids=[household.pk])
    household.refresh_from_db(fields=["size"])
    told = state(membership, ("relation", "joined_on"))
    record(
        by=by,
        action="member.join",
        kind="household",
        ids=[household.code, person.code],
        detail={"changes": between(Membership, {}, told)},
        place=household.village_code,
    )
    return membership


@transaction.atomic
def leave(
    *,
    by: Actor,
    on: date,
    household: Household,
    person: Person,
    left_on: date,
    reason: str,
    source: str,
) -> Membership:
    """A person no longer belongs to a household from a day on (exclusive end)."""
    present = Membership.objects.filter(
        household=household, person=person, known_to__isnull=True, left_on__isnull=True
    ).first()
    if present is None:
        raise RegistryRefused(f"此人现在不是户 {household.code} 的成员，请核对。")
    if present.joined_on is not None and left_on < present.joined_on:
        raise RegistryRefused(f"离开日期 {left_on} 早于加入日期 {present.joined_on}，请核对。")
    changes = {"left_on": left_on, "left_reason": reason}
    membership = supersede(present, on=on, source=source, changes=changes)
    recount(on=on, household_ids=[household.pk])
    household.refresh_from_db(fields=["size"])
    record(
        by=by,
        action="member.leave",
        kind="household",
        ids=[household.code, person.code],
        detail={"changes": between(Membership, {}, changes)},
        place=household.village_code,
    )
    return membership
