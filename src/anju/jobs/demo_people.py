"""The people of the demo county: one for every role, each with a place that has something to see."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

POSTS_FROM = date(2023, 1, 1)


@dataclass(frozen=True)
class SignIn:
    """A user of the demo county."""

    username: str
    password: str
    name: str
    place: str


def make(on: date) -> list[SignIn]:
    """Make units, users and posts. Users are made `on` today, so that no password is old."""
    from anju.places.models import Division, Grid, Level

    grid = Grid.objects.filter(site__isnull=False).order_by("code").first()
    if grid is None:
        raise SystemExit("the made-up county has no resettlement site with a grid")
    village = Division.objects.get(code=grid.village_code)
    town = Division.objects.get(code=village.parent_id)
    county = Division.objects.get(level=Level.COUNTY)
    bureau = _unit(f"{county.name}乡村振兴局", "bureau", county, "农业农村")
    schools = _unit(f"{county.name}教育局", "bureau", county, "教育")
    finance = _unit(f"{county.name}财政局", "bureau", county)
    people = _unit(f"{town.name}人民政府", "town", town)
    committee = _unit(f"{village.name}村民委员会", "village", village)
    office = _unit(f"{county.name}信息中心", "bureau", county)
    cast = [
        ("county", "县乡村振兴局经办", "lead_bureau", county, bureau, ""),
        ("town", f"{town.name}经办", "town", town, people, ""),
        ("village", f"{village.name}专干", "village", village, committee, ""),
        ("grid", "网格员", "grid_worker", village, committee, grid.code),
        ("leader", "分管县领导", "county_leader", county, None, ""),
        ("department", "县教育局经办", "department", county, schools, ""),
        ("finance", "县财政局经办", "department", county, finance, ""),
        ("steward", "数据管理员", "data_steward", county, bureau, ""),
        ("helper", "驻村工作队员", "resident_helper", village, bureau, ""),
        ("sysadmin", "系统管理员", "system_administrator", county, office, ""),
        ("secadmin", "安全管理员", "security_administrator", county, office, ""),
        ("auditor", "审计管理员", "auditor", county, None, ""),
    ]
    return [_user(on, *each) for each in cast]


def _unit(name: str, kind: str, place: Any, office: str = "") -> Any:
    from anju.accounts.actions import units
    from anju.accounts.models import UnitKind
    from anju.audit.actor import SYSTEM

    return units.create(
        by=SYSTEM, name=name, kind=UnitKind(kind), division_code=place.code, office=office
    )


def _user(
    on: date, username: str, name: str, role: str, place: Any, unit: Any, grid_code: str
) -> SignIn:
    from anju.accounts.actions import posts, users
    from anju.audit.actor import SYSTEM

    password = secrets.token_urlsafe(9)
    user = users.create(
        by=SYSTEM, on=on, username=username, name=name, password=password, unit=unit
    )
    posts.give(
        by=SYSTEM,
        on=POSTS_FROM,
        user=user,
        role=role,
        division_code=place.code,
        grid_code=grid_code,
    )
    return SignIn(username, password, name, f"{place.name} {grid_code}".strip())
