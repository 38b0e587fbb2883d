"""Two towns that have nothing in common, each full of words that appear nowhere else.

Everything of the first town carries 壬岭 (places) or 骉 (people and papers) and codes with ZQA; of the
second 癸溪, 犇 and ZQB. One run of monitoring covers both. What is added here for a new kind of object
must carry the town's marks.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.casework import (
    CaseFactory,
    NoticeEntryFactory,
    NoticeFactory,
    ObjectionFactory,
    OpenPageFactory,
    SelfReportFactory,
)
from tests.factories.employment import EmploymentFactory
from tests.factories.exports import SavedViewFactory
from tests.factories.ground import JobFactory
from tests.factories.inspection import (
    InspectionFactory,
    ProblemFactory,
    ProblemTallyFactory,
)
from tests.factories.intake import BatchFactory, DifferenceFactory, RowFactory
from tests.factories.monitoring import (
    FindingFactory,
    HouseholdLevelFactory,
    LevelTallyFactory,
    RunFactory,
    TallyFactory,
)
from tests.factories.places import BuildingFactory, DivisionFactory, GridFactory, SiteFactory
from tests.factories.registry import (
    EventFactory,
    HoldingFactory,
    HouseholdFactory,
    HouseholdRecordFactory,
    HousingFactory,
    IncomeFactory,
    MembershipFactory,
    PersonFactory,
    PersonRecordFactory,
    StatusFactory,
)
from tests.walker.exports import add_exports
from tests.walker.work import add_work

from anju.accounts.models import User
from anju.accounts.roles import ROLES, Reach
from anju.inspection.models import Inspection
from anju.intake import storing
from anju.monitoring.models import Run
from anju.places.models import Building, Division, Grid, Level, Site
from anju.registry.models import Household

COUNTY = "529931000000"
RULES = ("income_below_line", "no_insurance")
CHECKS = ("3_02_011", "3_02_012")
_AT = datetime(2023, 10, 1, 1, tzinfo=UTC)
_LATER = datetime(2099, 10, 1, 1, tzinfo=UTC)


@dataclass
class Town:
    """One of the two: what it is called, what may never be seen elsewhere, what it holds."""

    letter: str
    code: str
    place: str  # in every name of a place
    people: str  # in every name of a person, employer, file or paper
    wage: int  # fen, no other figure is like it
    division: Division
    villages: list[Division] = field(default_factory=list)
    site: Site | None = None
    building: Building | None = None
    grid: Grid | None = None
    households: list[Household] = field(default_factory=list)
    #: Values of the parameters of addresses, by the names that tests/walker/addresses.py uses.
    samples: dict[str, list[str]] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    @property
    def marks(self) -> tuple[str, ...]:
        """What nobody of the other town may ever be shown."""
        yuan = f"{self.wage / 100:,.2f}"
        return (self.place, self.people, f"ZQ{self.letter}", self.code[:9], yuan)

    def add_sample(self, name: str, value: object) -> None:
        """One more value of a parameter."""
        self.samples.setdefault(name, []).append(str(value))


@dataclass(frozen=True)
class World:
    """Both towns and what they share."""

    north: Town
    south: Town
    runs: list[Run]
    inspection: Inspection

    def other(self, town: Town) -> Town:
        """The town that is not this one."""
        return self.south if town is self.north else self.north


def make_world() -> World:
    """Both towns with two runs; users of every role that holds office in a place."""
    county = DivisionFactory(code=COUNTY, level=Level.COUNTY, name="两镇县", parent=None)
    runs = [RunFactory(month=month, created_by="nobody") for month in ("2023-08", "2023-09")]
    north = _town("A", "529931101000", "壬岭", "骉", 8_181_771, county)
    south = _town("B", "529931102000", "癸溪", "犇", 9_292_883, county)
    world = World(north, south, runs, InspectionFactory(created_by="nobody"))
    for town in (north, south):
        for number in (1, 2, 3):
            _inspect(add_household(town, runs, number), world)
        _add_papers(town)
        _add_published(town)
        add_work(town)
        _tally(runs)
        for run in runs:
            town.add_sample("run", run.pk)
        town.add_sample("inspection", world.inspection.pk)
        for role in ROLES:
            town.users[role] = _user(town, role)
        add_exports(town)
        view = SavedViewFactory(owner=town.users["town"], name=f"{town.people}的名单")
        town.add_sample("view", view.pk)
    _tally_problems(world)
    return world


def grow(world: World, town: Town) -> None:
    """More of everything in one town: who sees none of it must not notice."""
    for number in range(11, 16):
        _inspect(add_household(town, world.runs, number), world)
    _add_papers(town)
    _add_published(town)
    add_work(town)
    add_exports(town)
    _tally(world.runs)
    _tally_problems(world)
    village = DivisionFactory(
        code=f"{town.code[:9]}203", name=f"{town.place}三村", parent=town.division
    )
    SiteFactory(code=f"ZQ{town.letter}AZ2", name=f"{town.place}新村", village_code=village.code)
    _user(town, "town", "2")


def _town(letter: str, code: str, place: str, people: str, wage: int, county: Division) -> Town:
    division = DivisionFactory(code=code, level=Level.TOWN, name=f"{place}镇", parent=county)
    town = Town(letter, code, place, people, wage, division)
    town.villages = [
        DivisionFactory(code=f"{code[:9]}{number}", name=f"{place}{name}村", parent=division)
        for number, name in (("201", "一"), ("202", "二"))
    ]
    first = town.villages[0].code
    town.site = SiteFactory(
        code=f"ZQ{letter}AZ1", name=f"{place}安置点", village_code=first, planned_households=400
    )
    town.building = BuildingFactory(site=town.site, number=f"{people}1栋")
    town.grid = GridFactory(
        code=f"ZQ{letter}WG1", name=f"{place}网格", village_code=first, site=town.site
    )
    town.add_sample("site", town.site.code)
    town.add_sample("grid", town.grid.code)
    for each in (division, *town.villages):
        town.add_sample("division", each.code)
    return town


def add_household(town: Town, runs: list[Run], number: int) -> Household:
    """A household with two members and a row in every register; odd numbers live at the site."""
    at_site = number % 2 == 1
    household = HouseholdFactory(
        code=f"ZQ{town.letter}H{number:04d}",
        head_name=f"{town.people}大{number}",
        head_initials=f"zq{town.letter.lower()}",
        village_code=town.villages[0 if at_site else 1].code,
        site=town.site if at_site else None,
        grid=town.grid if at_site else None,
        relocated=at_site,
        origin_village_code=town.villages[1].code if at_site else "",
        monitored_kind="unstable",
    )
    HouseholdRecordFactory(household=household)
    HousingFactory(
        household=household,
        building=town.building if at_site else None,
        address=f"{town.place}路{number}号",
    )
    head, child = (
        PersonFactory(code=f"ZQ{town.letter}P{number:04d}{n}", name=f"{town.people}{n}{number}")
        for n in (1, 2)
    )
    for person, relation in ((head, "head"), (child, "son")):
        PersonRecordFactory(person=person, health=f"{town.people}病")
        MembershipFactory(household=household, person=person, relation=relation)
        town.add_sample("person", person.code)
    _add_facts(town, household, head)
    for run in runs:
        for rule in RULES:
            FindingFactory(run=run, household=household, rule=rule, observed=town.wage)
        HouseholdLevelFactory(run=run, household=household)
    town.households.append(household)
    town.add_sample("household", household.code)
    return household


def _add_facts(town: Town, household: Household, head: object) -> None:
    label = f"{town.people}字第1号"
    named = {"household": household, "reference": label, "source": f"{town.people}名单"}
    town.add_sample("status_row", StatusFactory(**named).pk)
    StatusFactory(**named, person=head, kind="disabled")
    EventFactory(**named, amount=town.wage)
    HoldingFactory(**named, value=town.wage)
    IncomeFactory(household=household, wage=town.wage)
    EmploymentFactory(person=head, employer=f"{town.people}砖厂", monthly_wage=town.wage)


def _add_papers(town: Town) -> None:
    """Files that were imported, one still under way with its job."""
    first = town.households[0]
    done = BatchFactory(
        file_name=f"{town.people}名单.xlsx",
        division_code=town.code,
        created_by=f"zq{town.letter.lower()}-clerk",
        rows=2,
        counts={"created": 1, "rejected": 1},
        created_at=_AT,
    )
    RowFactory(batch=done, village_code=town.villages[0].code, code=first.code)
    RowFactory(batch=done, village_code="", outcome="rejected", message=f"{town.people}不在底册")
    difference = DifferenceFactory(
        batch=done,
        village_code=town.villages[0].code,
        household_id=first.pk,
        fields={"姓名": [f"{town.people}甲", f"{town.people}乙"]},
        decides="公安",
    )
    town.add_sample("difference", difference.pk)
    checked = BatchFactory(
        file_name=f"{town.people}待定.xlsx",
        division_code=town.villages[0].code,
        created_by=f"zq{town.letter.lower()}-clerk",
        state="checked",
        hold=True,
        created_at=_AT,
    )
    job = JobFactory(
        kind="intake.process",
        payload={"batch_id": checked.pk},
        created_by=f"zq{town.letter.lower()}-clerk",
        step=f"{town.people}步骤",
    )
    waiting = RowFactory(
        batch=checked,
        village_code=town.villages[0].code,
        household_id=first.pk,
        outcome="waiting",
        code="member_unknown",
        sides={
            "key": f"ZQ{town.letter}",
            "asked": {"name": f"{town.people}丁", "household_code": first.code},
        },
    )
    town.add_sample("waiting_row", waiting.pk)
    for batch in (done, checked):
        storing.UPLOADS.store(batch.pk, f"{town.people}不是工作簿".encode())
        town.add_sample("batch", batch.pk)
    town.add_sample("job", job.pk)


def _add_published(town: Town) -> None:
    """An open page, a self-report, a notice that hangs and an objection to it; a case that waits
    for a notice."""
    village = town.villages[0].code
    number = len(town.samples.get("notice", ()))
    if not number:
        OpenPageFactory(village=town.villages[0], contact=f"{town.people}村委会")
        town.add_sample("village", village)
    home = town.households[2 if number == 0 else -1]
    case = CaseFactory(
        number=f"ZQ{town.letter}-AJ-{number:06d}",
        household=home,
        step="publicity",
        opened_on=_AT.date(),
    )
    report = SelfReportFactory(
        village_code=village, name=f"{town.people}申报", told=f"{town.people}住院"
    )
    notice = NoticeFactory(village_code=village, ends_on=_LATER.date(), contact=town.people)
    published = CaseFactory(
        number=f"ZQ{town.letter}-GS-{number:06d}",
        household=home,
        step="",
        holder="",
        closed_on=_AT.date(),
    )
    entry = NoticeEntryFactory(notice=notice, case=published, masked_name=f"{town.people}*")
    objection = ObjectionFactory(
        notice=notice, entry=entry, name=f"{town.people}邻", told=f"{town.people}有房"
    )
    town.add_sample("case", case.number)
    town.add_sample("report", report.pk)
    town.add_sample("notice", notice.pk)
    town.add_sample("objection", objection.pk)


def _tally(runs: list[Run]) -> None:
    """Counts of the towns, their villages and (changed with them) the county."""
    for run in runs:
        run.tallies.all().delete()
        run.level_tallies.all().delete()
        homes = list(Household.objects.values_list("village_code", flat=True))
        for digits in (6, 9, 12):
            for place in sorted({code[:digits] for code in homes}):
                number = sum(code.startswith(place) for code in homes)
                LevelTallyFactory(run=run, place=place, households=number)
                for rule in RULES:
                    TallyFactory(run=run, place=place, rule=rule, hits=number, households=number)
        run.counts = {"households": len(homes), "hits": len(homes) * len(RULES)}
        run.report = {
            "snapshot": {"rows": {"households": len(homes)}, "left_out": {"statuses": len(homes)}},
            "engine": {"name": "duckdb", "versions": {"duckdb": "2.0.0"}},
        }
        run.save()


def _inspect(household: Household, world: World) -> None:
    """Two problems of a household, found by the inspection of the county."""
    for code in CHECKS:
        ProblemFactory(
            run=world.inspection,
            household=household,
            code=code,
            found=f"head_name={household.head_name}",
        )


def _tally_problems(world: World) -> None:
    """Counts of problems of villages, towns and the county."""
    inspection = world.inspection
    inspection.tallies.all().delete()
    homes = list(Household.objects.values_list("village_code", flat=True))
    for digits in (6, 9, 12):
        for place in sorted({code[:digits] for code in homes}):
            number = sum(code.startswith(place) for code in homes)
            for code in CHECKS:
                ProblemTallyFactory(
                    run=inspection,
                    place=place,
                    digits=digits,
                    code=code,
                    problems=number,
                    households=number,
                )
    inspection.report = {
        "problems": dict.fromkeys(CHECKS, len(homes)),
        "affected": len(homes),
        "not_run": {},
    }
    inspection.save()


def _user(town: Town, role: str, suffix: str = "") -> User:
    """Somebody of the role in this town, even of a role that is usually held for the county."""
    unit = UnitFactory(name=f"{town.place}{role}{suffix}办", division_code=town.code)
    user = UserFactory(
        username=f"zq{town.letter.lower()}-{role}{suffix}",
        name=f"{town.people}{role}{suffix}",
        unit=unit,
    )
    reach = ROLES[role].reach
    in_village = reach not in (Reach.COUNTY, Reach.TOWN)
    PostFactory(
        user=user,
        role=role,
        division_code=town.villages[0].code if in_village else town.code,
        grid_code=town.grid.code if reach is Reach.GRID and town.grid else "",
    )
    town.add_sample("user", user.username)
    return user
