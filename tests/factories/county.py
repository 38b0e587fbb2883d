"""The county all tests share: two towns of two villages, one site, eight households, five people.

    枫溪县 529901
      北枫镇 529901101   北枫一村 …201 (the site, its grid and two relocated households), 二村 …202
      南枫镇 529901102   南枫一村 …201, 二村 …202 (one grid)

The cast: an officer of the county's lead bureau, an officer in each town, a cadre of the north
town's first village, and the worker of the grid at the site.
"""

from dataclasses import dataclass
from datetime import date

import pytest
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.again import made_again
from tests.factories.places import BuildingFactory, DivisionFactory, GridFactory, SiteFactory
from tests.factories.registry import (
    HouseholdFactory,
    HouseholdRecordFactory,
    HousingFactory,
    MembershipFactory,
    PersonFactory,
    PersonRecordFactory,
)

from anju.accounts.models import User
from anju.accounts.queries import viewer_of
from anju.accounts.viewer import Viewer
from anju.places.models import Building, Division, Grid, Level, Site
from anju.registry.models import Household, Person
from anju.registry.models.household import HouseholdClass

TODAY = date(2023, 10, 8)
COUNTY = "529901000000"
NORTH, SOUTH = "529901101000", "529901102000"
NORTH_1, NORTH_2 = "529901101201", "529901101202"
SOUTH_1, SOUTH_2 = "529901102201", "529901102202"


@dataclass(frozen=True)
class County:
    """What the fixture made."""

    county: Division
    towns: list[Division]
    villages: list[Division]
    site: Site
    building: Building
    site_grid: Grid
    village_grid: Grid
    households: list[Household]

    def households_in(self, prefix: str) -> list[Household]:
        """The households of a place."""
        return [each for each in self.households if each.village_code.startswith(prefix)]


@pytest.fixture
def county(db: None) -> County:
    """The made-up county with its households, without users."""
    made = made_again("county", make_county)
    # Identity numbers begin anew after a thousand: the next person is never one of the county's.
    last = Person.objects.latest("code").code
    PersonFactory.reset_sequence(int(last[1:]), force=True)
    return made


def make_county() -> County:
    """The same, for processes that have a database of their own."""
    whole = DivisionFactory(code=COUNTY, level=Level.COUNTY, name="枫溪县", parent=None)
    towns = [
        DivisionFactory(code=code, level=Level.TOWN, name=name, parent=whole)
        for code, name in ((NORTH, "北枫镇"), (SOUTH, "南枫镇"))
    ]
    names = (
        (NORTH_1, "北枫一村"),
        (NORTH_2, "北枫二村"),
        (SOUTH_1, "南枫一村"),
        (SOUTH_2, "南枫二村"),
    )
    villages = [
        DivisionFactory(code=code, name=name, parent=towns[code >= SOUTH]) for code, name in names
    ]
    site = SiteFactory(code="AZ0001", name="北枫安置点", village_code=NORTH_1)
    building = BuildingFactory(site=site, number="1号楼")
    site_grid = GridFactory(code="WG0001", name="安置点网格", village_code=NORTH_1, site=site)
    village_grid = GridFactory(code="WG0002", name="南枫二村网格", village_code=SOUTH_2)
    households = [
        *(_relocated(number, site, site_grid, building) for number in (1, 2)),
        *(_ordinary(number, NORTH_2) for number in (3, 4)),
        *(_ordinary(number, SOUTH_1) for number in (5, 6)),
        *(_ordinary(number, SOUTH_2, village_grid) for number in (7, 8)),
    ]
    return County(whole, towns, villages, site, building, site_grid, village_grid, households)


@dataclass(frozen=True)
class Cast:
    """The people who work with the system in the tests."""

    bureau: User
    north_town: User
    south_town: User
    village: User
    grid: User

    def viewer(self, who: str, on: date = TODAY) -> Viewer:
        """One of them as a viewer."""
        return viewer_of(getattr(self, who), on=on)


@pytest.fixture
def cast(county: County) -> Cast:
    """Everyone, each with a post; the password of all is `accounts.PASSWORD`."""
    return made_again("cast", lambda: _make_cast(county))


def _make_cast(county: County) -> Cast:
    return Cast(
        bureau=_user("bureau", "县局工作人员", "lead_bureau", COUNTY),
        north_town=_user("north", "北枫镇工作人员", "town", NORTH),
        south_town=_user("south", "南枫镇工作人员", "town", SOUTH),
        village=_user("village", "北枫一村干部", "village", NORTH_1),
        grid=_user("grid", "安置点网格员", "grid_worker", NORTH_1, county.site_grid.code),
    )


def _user(username: str, name: str, role: str, division_code: str, grid_code: str = "") -> User:
    user = UserFactory(username=username, name=name)
    PostFactory(user=user, role=role, division_code=division_code, grid_code=grid_code)
    return user


def _relocated(number: int, site: Site, grid: Grid, building: Building) -> Household:
    household = HouseholdFactory(
        code=f"H{number:09d}",
        head_name=f"搬迁户主{number}",
        village_code=NORTH_1,
        site=site,
        grid=grid,
        origin_village_code=SOUTH_2,
        household_class=HouseholdClass.LIFTED_OUT,
        relocated=True,
    )
    HousingFactory(household=household, building=building, entrance="1单元", room=f"{number}01")
    return _with_people(household)


def _ordinary(number: int, village_code: str, grid: Grid | None = None) -> Household:
    household = HouseholdFactory(
        code=f"H{number:09d}", head_name=f"户主{number}", village_code=village_code, grid=grid
    )
    HousingFactory(household=household)
    return _with_people(household)


def _with_people(household: Household) -> Household:
    HouseholdRecordFactory(household=household)
    head = PersonFactory(name=household.head_name)
    child = PersonFactory(born_on=date(2012, 3, 1))
    PersonRecordFactory(person=head)
    PersonRecordFactory(person=child, schooling="compulsory", labour="none")
    MembershipFactory(household=household, person=head)
    MembershipFactory(household=household, person=child, relation="之子")
    return household
