"""The offices that the demo county's plans name, and somebody in each who can report for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from anju.jobs.demo_people import POSTS_FROM


@dataclass(frozen=True)
class Offices:
    """Units by the names that plans use, and every town; who reports for a unit, by its id."""

    by_name: dict[str, Any]
    towns: list[Any]
    reporting: dict[int, Any]


def make(*, on: date) -> Offices:
    """Make the units that are not there yet; those without a sign-in get a colleague without a password."""
    from anju.accounts.models import Unit, UnitKind, User
    from anju.places.models import Division, Level
    from anju.synth.plans import offices

    county = Division.objects.get(level=Level.COUNTY)
    there = {unit.name: unit for unit in Unit.objects.all()}
    by_name = {
        name: _unit(there, f"{county.name}{full}", UnitKind.BUREAU, county)
        for name, full in offices.FULL_NAMES.items()
    }
    places = Division.objects.filter(level=Level.TOWN).order_by("code")
    towns = [_unit(there, f"{each.name}人民政府", UnitKind.TOWN, each) for each in places]
    by_name |= {unit.name: unit for unit in towns}
    working = User.objects.filter(unit__isnull=False).order_by("-pk")
    reporting = {user.unit_id: user for user in working if _may_report(user, on)}
    for number, unit in enumerate([*by_name.values()], start=1):
        if unit.pk not in reporting:
            reporting[unit.pk] = _colleague(unit, number, on)
    return Offices(by_name, towns, reporting)


def _unit(there: dict[str, Any], name: str, kind: Any, place: Any) -> Any:
    from anju.accounts.actions import units
    from anju.audit.actor import SYSTEM

    if name not in there:
        there[name] = units.create(by=SYSTEM, name=name, kind=kind, division_code=place.code)
    return there[name]


def _may_report(user: Any, on: date) -> bool:
    """Whether they report; whoever checks must be somebody else."""
    from anju.accounts.permissions import Permission
    from anju.accounts.queries import viewer_of

    viewer = viewer_of(user, on=on)
    return viewer.may(Permission.REPORT_PROGRESS) and not viewer.may(Permission.CHECK_PROGRESS)


def _colleague(unit: Any, number: int, on: date) -> Any:
    """Somebody who works there; they would sign in through the office's own directory."""
    from anju.accounts.actions import posts, users
    from anju.accounts.models import UnitKind
    from anju.audit.actor import SYSTEM

    user = users.create(
        by=SYSTEM,
        on=on,
        username=f"office{number:02}",
        name=f"{unit.name}经办"[:60],
        password=None,
        unit=unit,
    )
    posts.give(
        by=SYSTEM,
        on=POSTS_FROM,
        user=user,
        role="town" if unit.kind == UnitKind.TOWN else "department",
        division_code=unit.division_code,
        grid_code="",
    )
    return user
