"""Which units write reports: those in which somebody who may works on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from anju.accounts.models import Unit, User
from anju.accounts.permissions import Permission
from anju.accounts.queries import posts_on
from anju.accounts.roles import ROLES, Reach

_WRITING = [id_ for id_, role in ROLES.items() if Permission.WRITE_REPORTS in role.permissions]
_FOR_THE_COUNTY = [
    id_
    for id_ in _WRITING
    if Permission.ISSUE_REPORTS in ROLES[id_].permissions and ROLES[id_].reach is Reach.COUNTY
]


def writing_units(on: date) -> list[Unit]:
    """Units with somebody who writes reports, in the order of places and names."""
    return list(_with(_WRITING, on).order_by("division_code", "name"))


def units_to_ask(unit_id: int | None, on: date) -> list[Unit]:
    """Units that may issue a document together with one: somebody there can countersign it."""
    return [unit for unit in writing_units(on) if unit.pk != unit_id]


def county_unit(on: date) -> Unit | None:
    """The unit that writes the report of the whole county: the lead bureau; the first of several."""
    return _with(_FOR_THE_COUNTY, on).order_by("division_code", "pk").first()


def _with(roles: list[str], on: date) -> QuerySet[Unit]:
    holders = posts_on(on).filter(role__in=roles).values("user")
    people = User.objects.filter(is_active=True, pk__in=holders, unit__isnull=False)
    return Unit.objects.filter(pk__in=people.values("unit"))
