"""A made-up county for the pages: three towns, two sites, households with all that can be known.

The area code 529901 belongs to no place; names are put together by chance.
"""

import random
from dataclasses import dataclass
from datetime import date

from anju.accounts.actions import posts, users
from anju.accounts.models import User
from anju.audit.actor import SYSTEM
from anju.audit.keys import provider
from anju.employment.models import Employment
from anju.places.models import Building, Division, Grid, Site
from anju.registry.models import (
    Event,
    Holding,
    Household,
    HouseholdRecord,
    Housing,
    Income,
    Membership,
    Person,
    PersonRecord,
    Status,
)

TODAY = date(2023, 10, 8)
KNOWN = date(2023, 1, 5)
PASSWORD = "a quiet field of barley 7"
TOWNS = {"529901100000": "柳树镇", "529901101000": "白石镇", "529901102000": "青溪乡"}
VILLAGES = ("河湾村", "上坪村", "石桥社区")
SURNAMES = {"王": "w", "李": "l", "张": "z", "陈": "c", "杨": "y", "黄": "h"}
GIVEN = {"秀": "x", "春": "c", "国": "g", "小": "x", "明": "m", "芳": "f", "平": "p", "兰": "l"}


@dataclass(frozen=True)
class People:
    """The cast: one user a role."""

    bureau: User
    town: User
    village: User
    grid: User
    steward: User
    administrator: User


def build(households: int = 90, seed: int = 7) -> None:
    """Fill the registers."""
    chance = random.Random(seed)
    villages = _places()
    sites = _sites(villages)
    for number in range(households):
        _household(number, chance, villages, sites)


def cast() -> People:
    """Users with posts in the county, in one town, one village, one grid."""

    def person(username: str, name: str, role: str, place: str, grid: str = "") -> User:
        user = users.create(by=SYSTEM, on=KNOWN, username=username, name=name, password=PASSWORD)
        posts.give(by=SYSTEM, on=KNOWN, user=user, role=role, division_code=place, grid_code=grid)
        return user

    return People(
        bureau=person("bureau", "县局甲", "lead_bureau", "529901000000"),
        town=person("town", "柳树镇乙", "town", "529901100000"),
        village=person("village", "河湾村丙", "village", "529901100201"),
        grid=person("grid", "网格员丁", "grid_worker", "529901100203", "G-1001"),
        steward=person("steward", "数据戊", "data_steward", "529901000000"),
        administrator=person("sysadmin", "系统己", "system_administrator", "529901000000"),
    )


def _places() -> list[str]:
    county = Division.objects.create(code="529901000000", level=6, name="云岭县")
    codes = []
    for town_code, town_name in TOWNS.items():
        town = Division.objects.create(code=town_code, level=9, name=town_name, parent=county)
        for number, name in enumerate(VILLAGES, start=201):
            code = f"{town_code[:9]}{number}"
            Division.objects.create(code=code, level=12, name=name, parent=town)
            codes.append(code)
    return codes


def _sites(villages: list[str]) -> list[Site]:
    sites = []
    for number, (village, name, kind) in enumerate(
        [(villages[2], "石桥安置点", "urban"), (villages[5], "白石新村", "rural")], start=1
    ):
        site = Site.objects.create(
            code=f"S-{number}", name=name, kind=kind, village_code=village, planned_households=120
        )
        for building in range(1, 4):
            Building.objects.create(site=site, number=f"{building}号楼")
        for grid in range(1, 3):
            Grid.objects.create(
                code=f"G-{number}00{grid}", name=f"第{grid}网格", village_code=village, site=site
            )
        sites.append(site)
    return sites


def _name(chance: random.Random, surname: str = "") -> tuple[str, str]:
    surname = surname or chance.choice(list(SURNAMES))
    given = chance.choices(list(GIVEN), k=2)
    return surname + "".join(given), SURNAMES[surname] + "".join(GIVEN[sign] for sign in given)


def _household(number: int, chance: random.Random, villages: list[str], sites: list[Site]) -> None:
    relocated = chance.random() < 0.3
    site = chance.choice(sites) if relocated else None
    origin = chance.choice(villages)
    village = site.village_code if site else origin
    grid = chance.choice(list(Grid.objects.filter(site=site))) if site else None
    head, initials = _name(chance)
    size = chance.randint(1, 5)
    lifted = relocated or chance.random() < 0.4
    state = {
        "village_code": village,
        "site": site,
        "grid": grid,
        "household_class": "lifted_out" if lifted else "ordinary",
        "relocated": relocated,
        "monitored_kind": chance.choice(["unstable", "marginal", None, None, None, None]),
    }
    if state["monitored_kind"]:
        state["included_on"] = date(2022, 3, 10)
    household = Household.objects.create(
        code=f"{village}{number:04d}",
        head_name=head,
        head_initials=initials,
        size=size,
        origin_village_code=origin if relocated else "",
        **state,
    )
    HouseholdRecord.objects.create(
        household=household, valid_from=KNOWN, known_from=KNOWN, source="农户名册.xlsx", **state
    )
    if site:
        building = chance.choice(list(Building.objects.filter(site=site)))
        Housing.objects.create(
            household=household,
            building=building,
            entrance="1",
            room=f"{number % 6 + 1}01",
            area_dm2=25 * 100 * size,
            has_title=chance.choice([True, False, None]),
            valid_from=date(2019, 10, 1),
            known_from=KNOWN,
            source="住房台账.xlsx",
        )
    for place in range(size):
        _member(household, place, number, chance, head, initials)
    _money(household, chance, size)


def _member(
    household: Household, place: int, number: int, chance: random.Random, head: str, initials: str
) -> None:
    name, letters = (head, initials) if place == 0 else _name(chance, head[0])
    born = date(chance.randint(1950, 1985) if place < 2 else chance.randint(2004, 2020), 5, 12)
    identity = f"529901{born:%Y%m%d}{number % 100:02d}{place}{chance.choice('0123456789X')}"
    keys = provider()
    person = Person.objects.create(
        code=f"P{number:05d}{place}",
        name=name,
        initials=letters,
        sex=chance.choice("MF"),
        born_on=born,
        nation="汉族",
        identity_sealed=keys.seal(identity, "registry_person.identity_sealed"),
        identity_digest=keys.digest(identity, "person.identity"),
        identity_tail_digest=keys.digest(identity[-4:], "person.identity_tail"),
        phone_sealed=keys.seal(f"138{number:04d}{place}678", "registry_person.phone_sealed"),
    )
    relation = ("head", "spouse", "son", "daughter", "other")[place]
    Membership.objects.create(
        household=household,
        person=person,
        relation=relation,
        joined_on=KNOWN,
        known_from=KNOWN,
        source="农户名册.xlsx",
    )
    adult = born.year < 2005
    PersonRecord.objects.create(
        person=person,
        valid_from=KNOWN,
        known_from=KNOWN,
        source="农户名册.xlsx",
        education="junior" if adult else "",
        schooling="none" if adult else "compulsory",
        labour=chance.choice(["ordinary", "skilled", None]) if adult else "none",
        health="健康",
    )
    if chance.random() < 0.9:
        Status.objects.create(
            household=household,
            person=person,
            kind="medical_insured",
            level="",
            valid_from=date(2023, 1, 1),
            known_from=KNOWN,
            source="医保参保名单.xlsx",
        )
    if adult and chance.random() < 0.7:
        Employment.objects.create(
            person=person,
            started_on=date(2023, 2, 10),
            ended_on=date(2023, 8, 1) if chance.random() < 0.2 else None,
            channel=chance.choice(["migrant", "local", "workshop"]),
            employer="青溪制衣厂",
            county_code="529901",
            monthly_wage=chance.randint(2000, 5200) * 100,
            known_from=KNOWN,
            source="务工台账.xlsx",
        )


def _money(household: Household, chance: random.Random, size: int) -> None:
    for quarter in (20221, 20222, 20223, 20224, 20231, 20232, 20233):
        Income.objects.create(
            household=household,
            quarter=quarter,
            wage=chance.randint(0, 4000) * size * 100,
            business=chance.randint(0, 900) * size * 100,
            business_cost=20_000,
            property=0 if quarter != 20223 else None,
            transfer=chance.randint(0, 300) * 100,
            known_from=date(2023, 10, 3) if quarter == 20233 else KNOWN,
            source="收入监测.xlsx",
        )
    if chance.random() < 0.4:
        Event.objects.create(
            household=household,
            kind="medical_selfpaid",
            occurred_on=date(2023, 6, 3),
            amount=chance.randint(1000, 30000) * 100,
            known_from=date(2023, 7, 1),
            source="医疗费用.xlsx",
        )
    Event.objects.create(
        household=household,
        kind="housing_graded",
        occurred_on=date(2021, 6, 1),
        level=chance.choice("AABC"),
        known_from=KNOWN,
        source="房屋鉴定.xlsx",
    )
    if chance.random() < 0.2:
        Status.objects.create(
            household=household,
            kind="dibao",
            level="B类",
            valid_from=date(2022, 7, 1),
            known_from=KNOWN,
            source="低保名单.xlsx",
        )
    if chance.random() < 0.1:
        Holding.objects.create(
            household=household,
            kind="vehicle",
            value=4_200_000,
            valid_from=date(2022, 2, 1),
            known_from=KNOWN,
            source="车辆登记.xlsx",
        )
