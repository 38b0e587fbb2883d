"""A new member of a household: born, married or moved in, not in the registers before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.registry.actions import members
from anju.registry.actions.editing import Edit
from anju.registry.actions.member_corrections import refuse_second_head
from anju.registry.models import Household, Membership, Person
from anju.registry.models.person import Sex
from anju.registry.queries.provenance import Origin
from anju.registry.refusals import RegistryRefused

_FROM_FORM: Final = ("phone", "education", "schooling", "labour", "health")
_BORN: Final = slice(6, 14)
_SEXED: Final = 16


class NewMember:
    """The sheet on which somebody is added: nothing is known before."""

    def __init__(self, household: Household) -> None:
        self.household = household

    def values(self) -> dict[str, Any]:
        """Nothing: the person is not in the registers."""
        return {}

    def origins(self) -> dict[str, Origin]:
        """Nothing that is known has come from anywhere."""
        return {}

    def write(self, changes: Mapping[str, Any], edit: Edit) -> None:
        """Register the person and let them join; see `add`."""
        add(household=self.household, told=changes, edit=edit)


@transaction.atomic
def add(*, household: Household, told: Mapping[str, Any], edit: Edit) -> Membership:
    """Register a person and let them join the household on `joined_on`.

    `told`: `name`, `relation`, `joined_on` and what else is known of them, as `members.register` takes
    it; `code` where the person has one already. Sex and birth date follow from the identity number
    where they are not given. Refused: a second head, a day that is still to come, a number that says
    otherwise or is somebody else's.
    """
    joined_on = told["joined_on"]
    if joined_on > edit.on:
        raise RegistryRefused(_("加入日期 %(day)s 还没有到，请核对。") % {"day": joined_on})
    refuse_second_head(household, told["relation"])
    number = (told.get("identity") or "").strip().upper() or None
    born_on, sex = _who(number, told.get("born_on"), told.get("sex") or "")
    if born_on is not None and born_on > joined_on:
        raise RegistryRefused(
            _("出生日期 %(born)s 晚于加入日期 %(joined)s，请核对。")
            % {"born": born_on, "joined": joined_on}
        )
    given: dict[str, Any] = {"by": edit.by, "on": edit.on, "source": edit.source}
    person = members.register(
        **given,
        code=told.get("code") or next_code(household),
        name=told["name"],
        sex=sex,
        born_on=born_on,
        identity=number,
        **{name: told[name] for name in _FROM_FORM if told.get(name)},
    )
    return members.join(
        **given,
        household=household,
        person=person,
        relation=told["relation"],
        joined_on=joined_on,
    )


def next_code(household: Household) -> str:
    """The code of the next person of a household: its own with two digits more, each given once."""
    codes = Person.objects.filter(code__startswith=household.code).values_list("code", flat=True)
    ends = [code[len(household.code) :] for code in codes]
    last = max((int(end) for end in ends if end.isdecimal()), default=0)
    return f"{household.code}{last + 1:02d}"


def _who(number: str | None, born_on: date | None, sex: str) -> tuple[date | None, str]:
    """Birth date and sex as a valid identity number says them, or as they were told."""
    if number is None:
        return born_on, sex
    born = date.fromisoformat(number[_BORN])
    told = Sex.MALE if int(number[_SEXED]) % 2 else Sex.FEMALE
    if born_on not in (None, born):
        raise RegistryRefused(_("出生日期与证件号码中的不一致，请对照证件改正。"))
    if sex not in ("", told):
        raise RegistryRefused(_("性别与证件号码中的不一致，请对照证件改正。"))
    return born, told.value
