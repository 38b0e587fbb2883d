"""What is edited together on a household's page: each sheet reads its present values anew and writes
them by an action.

Money in fen, areas in square decimetres, places and persons by code, buildings by key. A sheet of
facts without a row adds one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _

from anju.places.models import Building, Grid, Site
from anju.registry.actions import corrections, households, member_corrections
from anju.registry.actions.editing import Edit
from anju.registry.models import Household, Housing, Membership
from anju.registry.queries import present
from anju.registry.queries.provenance import Origin, origins
from anju.registry.refusals import RegistryRefused

SEALED: Final = "sealed:"


class HouseholdSheet:
    """What a household is: where it lives, its class, relocated or self-moved."""

    plain: ClassVar = ("village_code", "household_class", "relocated", "self_moved")
    names: ClassVar = (*plain, "site", "grid")

    def __init__(self, household: Household) -> None:
        self.household = household

    def values(self) -> dict[str, Any]:
        """As the household's row says now."""
        rows = Household.objects.select_related("site", "grid")
        self.household = rows.get(pk=self.household.pk)
        return {
            **{name: getattr(self.household, name) for name in self.plain},
            "site": self.household.site.code if self.household.site else "",
            "grid": self.household.grid.code if self.household.grid else "",
        }

    def origins(self) -> dict[str, Origin]:
        """Where each value came from."""
        found = origins(
            present.household_chain(self.household), [*self.plain, "site_id", "grid_id"]
        )
        return {name.removesuffix("_id"): origin for name, origin in found.items()}

    def write(self, changes: Mapping[str, Any], edit: Edit) -> None:
        """Change the household's state; a grid must be one of its village or site."""
        wanted = {**self.values(), **changes}
        site = Site.objects.filter(code=wanted["site"]).first()
        grid = Grid.objects.filter(code=wanted["grid"]).first()
        if grid and grid.village_code != wanted["village_code"] and grid.site_id != _pk(site):
            raise RegistryRefused(
                _("网格“%(grid)s”不在所选的村（社区）或安置点，请重新选择网格。")
                % {"grid": grid.name}
            )
        written = {name: changes[name] for name in self.plain if name in changes}
        written |= {"site": site} if "site" in changes else {}
        written |= {"grid": grid} if "grid" in changes else {}
        households.change(
            by=edit.by,
            on=edit.on,
            household=self.household,
            changes=written,
            since=edit.since,
            source=edit.source,
        )


@dataclass
class MemberSheet:
    """One member: who they are, what they are, how they belong to the household, their telephone."""

    household: Household
    membership: Membership
    may_see_health: bool

    @property
    def record_names(self) -> tuple[str, ...]:
        """The fields of the person's record that this person may see."""
        names = member_corrections.RECORD
        return names if self.may_see_health else tuple(n for n in names if n != "health")

    def values(self) -> dict[str, Any]:
        """As the person's row, open record and membership say now."""
        person_code = self.membership.person.code
        self.membership = _last(present.membership_chain(self.household, person_code))
        person = self.membership.person
        chain = present.person_chain(person)
        record = chain[-1] if chain and chain[-1].known_to is None else None
        empty = {"schooling": None, "labour": None}
        return {
            **{
                name: getattr(record, name) if record else empty.get(name, "")
                for name in self.record_names
            },
            **{name: getattr(person, name) for name in member_corrections.PERSON},
            **{name: getattr(self.membership, name) for name in member_corrections.MEMBERSHIP},
            "phone": sealed_mark(person.phone_sealed),
        }

    def origins(self) -> dict[str, Origin]:
        """Where each value came from; a name and a telephone carry no source of their own."""
        person = self.membership.person
        return {
            **origins(present.person_chain(person), self.record_names),
            **origins(
                present.membership_chain(self.household, person.code),
                member_corrections.MEMBERSHIP,
            ),
        }

    def write(self, changes: Mapping[str, Any], edit: Edit) -> None:
        """Correct the member."""
        member_corrections.correct(
            by=edit.by,
            on=edit.on,
            membership=self.membership,
            changes={name: value for name, value in changes.items() if name != "phone"},
            phone=changes.get("phone"),
            since=edit.since,
            source=edit.source,
        )


class HomeSheet:
    """Where the household lives, and its title."""

    names: ClassVar = ("entrance", "room", "address", "area_dm2", "has_title", "valid_from")

    def __init__(self, household: Household) -> None:
        self.household = household
        self.row: Housing | None = None

    def values(self) -> dict[str, Any]:
        """As the home that holds says now; empty where none is known."""
        rows = [each for each in present.facts_of(Housing, self.household) if not each.valid_to]
        self.row = max(rows, key=lambda row: (row.known_from, row.pk), default=None)
        if self.row is None:
            unknown = dict.fromkeys(("area_dm2", "has_title", "valid_from"))
            return {**dict.fromkeys((*self.names, "building"), ""), **unknown}
        building = str(self.row.building_id) if self.row.building_id else ""
        return {**{n: getattr(self.row, n) for n in self.names}, "building": building}

    def origins(self) -> dict[str, Origin]:
        """Where each value came from."""
        rows = Housing.objects.filter(household=self.household, valid_to__isnull=True)
        found = origins(present.in_order(rows), [*self.names, "building_id"])
        return {name.removesuffix("_id"): origin for name, origin in found.items()}

    def write(self, changes: Mapping[str, Any], edit: Edit) -> None:
        """Correct the home, or record the first one."""
        written = {name: value for name, value in changes.items() if name != "building"}
        if "building" in changes:
            written["building"] = Building.objects.filter(pk=changes["building"] or 0).first()
        given = {"by": edit.by, "on": edit.on, "source": edit.source}
        if self.row is None:
            corrections.move_in(**given, household=self.household, home=written)
        else:
            corrections.correct(**given, row=self.row, changes=written)


def sealed_mark(sealed: bytes | memoryview | None) -> str:
    """Stands for a sealed number where its versions are compared: tells nothing of the number."""
    return "" if sealed is None else SEALED + hashlib.sha256(bytes(sealed)).hexdigest()[:16]


def _last(chain: Sequence[Membership]) -> Membership:
    if not chain or chain[-1].known_to is not None:
        raise RegistryRefused(_("此人已不在这一户。请返回户档案核对。"))
    return chain[-1]


def _pk(site: Site | None) -> int:
    return site.pk if site else 0
