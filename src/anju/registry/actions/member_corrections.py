"""Setting right what is known of a member: who they are, what they are from a day on, how related.

The state columns of `Person` and the head's name of `Household` repeat what is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import HIDDEN, Change, between, state
from anju.registry.actions import numbers
from anju.registry.actions.rolls import recount
from anju.registry.actions.superseding import part, supersede
from anju.registry.identity import PHONE
from anju.registry.initials import initials
from anju.registry.models import Household, Membership, Person, PersonRecord
from anju.registry.refusals import RegistryRefused

HEADS: Final = ("head", "户主")
PERSON: Final = ("name", "sex", "born_on")
RECORD: Final = ("sex", "born_on", "education", "schooling", "labour", "health")
MEMBERSHIP: Final = ("relation", "joined_on")


@transaction.atomic
def correct(
    *,
    by: Actor,
    on: date,
    membership: Membership,
    changes: Mapping[str, Any],
    since: date | None = None,
    phone: str | None = None,
    source: str,
) -> Membership:
    """Set fields of a member right, known from `on`; returns the membership that holds.

    `since`: the day from which education, schooling, labour and health are so; without it they are
    corrected. `phone` in digits; None leaves the one that is sealed there.
    """
    unknown = set(changes) - {*PERSON, *RECORD, *MEMBERSHIP}
    if unknown:
        raise RegistryRefused(f"成员的“{'、'.join(sorted(unknown))}”不能在这里修改。")
    household, person = membership.household, membership.person
    _refuse(household, membership, changes, on)
    noted: dict[str, Change] = {
        **_record(person, changes, on=on, since=since, source=source),
        **_person(person, changes),
    }
    membership = _membership(membership, changes, on=on, source=source, noted=noted)
    _name_the_head(household, membership)
    if phone is not None:
        noted["phone"] = [HIDDEN if person.phone_sealed else None, HIDDEN]
        numbers.set_one(person=person, numbers={PHONE: phone})
    record(
        by=by,
        action="member.correct",
        kind="household",
        ids=[household.code, person.code],
        detail={"changes": noted, **({"since": since.isoformat()} if since else {})},
        place=household.village_code,
    )
    return membership


def _refuse(
    household: Household, membership: Membership, changes: Mapping[str, Any], on: date
) -> None:
    if changes.get("name", "-").strip() == "":
        raise RegistryRefused(_("姓名不能为空。"))
    born_on = changes.get("born_on")
    if born_on is not None and born_on > on:
        raise RegistryRefused(_("出生日期 %(day)s 还没有到，请核对。") % {"day": born_on})
    joined_on = changes.get("joined_on")
    if joined_on and membership.left_on and membership.left_on < joined_on:
        raise RegistryRefused(
            _("加入日期 %(joined)s 晚于离开日期 %(left)s，请核对。")
            % {"joined": joined_on, "left": membership.left_on}
        )
    refuse_second_head(household, changes.get("relation"), but=membership)


def refuse_second_head(
    household: Household, relation: str | None, *, but: Membership | None = None
) -> None:
    """Refuse that somebody becomes head of a household that has one (other than `but`)."""
    if relation not in HEADS:
        return
    heads = Membership.objects.filter(
        household=household, known_to__isnull=True, left_on__isnull=True, relation__in=HEADS
    )
    if heads.exclude(pk=but.pk if but else None).exists():
        raise RegistryRefused(_("本户已有户主。请先改原户主与户主的关系，再改这一位。"))


def _record(
    person: Person, changes: Mapping[str, Any], *, on: date, since: date | None, source: str
) -> dict[str, Change]:
    """Write the dated record; who somebody is (sex, birth) is corrected, never changed from a day."""
    wanted = {name: changes[name] for name in RECORD if name in changes}
    if not wanted:
        return {}
    present = (
        PersonRecord.objects.filter(person=person, known_to__isnull=True, valid_to__isnull=True)
        .order_by("valid_from", "pk")
        .last()
    )
    if present is None:
        born = {"sex": person.sex, "born_on": person.born_on}
        PersonRecord.objects.create(
            person=person, known_from=on, valid_from=since, source=source, **{**born, **wanted}
        )
        return between(PersonRecord, {}, wanted)
    noted = between(PersonRecord, state(present, list(wanted)), wanted)
    if since is None or since == present.valid_from or not set(wanted) - set(PERSON):
        supersede(present, on=on, source=source, changes=wanted)
    else:
        part(present, on=on, since=since, source=source, changes=wanted)
    return noted


def _person(person: Person, changes: Mapping[str, Any]) -> dict[str, Change]:
    wanted = {name: changes[name] for name in PERSON if name in changes}
    if not wanted:
        return {}
    noted = between(Person, state(person, list(wanted)), wanted)
    if "name" in wanted:
        wanted["initials"] = initials(wanted["name"])
    for name, value in wanted.items():
        setattr(person, name, value)
    person.save(update_fields=list(wanted))
    return noted


def _membership(
    membership: Membership,
    changes: Mapping[str, Any],
    *,
    on: date,
    source: str,
    noted: dict[str, Change],
) -> Membership:
    wanted = {name: changes[name] for name in MEMBERSHIP if name in changes}
    if not wanted:
        return membership
    noted.update(between(Membership, state(membership, list(wanted)), wanted))
    membership = supersede(membership, on=on, source=source, changes=wanted)
    recount(on=on, household_ids=[membership.household_id])
    return membership


def _name_the_head(household: Household, membership: Membership) -> None:
    """The household is called by its head."""
    name = membership.person.name
    if membership.relation in HEADS and membership.left_on is None and household.head_name != name:
        household.head_name, household.head_initials = name, initials(name)
        household.save(update_fields=["head_name", "head_initials"])
