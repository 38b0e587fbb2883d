"""Lists that must reach zero: a case for each household, once, and cleared only by the registers."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.casework import CaseFactory, LeadSourceFactory
from tests.factories.county import NORTH_1, TODAY, Cast, County
from tests.factories.employment import EmploymentFactory
from tests.factories.monitoring import FindingFactory, RunFactory
from tests.factories.registry import PersonFactory, StatusFactory
from tests.unit.casework.helped import household, join

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.casework.actions import clearing as acting
from anju.casework.actions import measures, moves, placing, raising
from anju.casework.actions.measures import Planned
from anju.casework.models import Case, CaseKind, CaseState, Lead, LeadState
from anju.casework.queries import clearing
from anju.casework.queries.clearing import Standing
from anju.casework.refusals import CaseRefused
from anju.casework.requirements.clearing import CLEARING
from anju.employment.models import Channel, Employment
from anju.monitoring.models import Finding, Run
from anju.registry.models import Household, Membership, Person, PersonRecord

pytestmark = pytest.mark.django_db
AT = datetime(2023, 10, 8, 2, tzinfo=UTC)
WORK, SCHOOL = CaseKind.ZERO_EMPLOYMENT, CaseKind.OUT_OF_SCHOOL


@pytest.fixture
def run() -> Run:
    """The latest run of the county's own pack."""
    found: Run = RunFactory(pack="national")
    return found


def listed(run: Run, home: Household, rule: str = "zero_employment", **columns: object) -> Finding:
    risk = "employment" if rule == "zero_employment" else "education"
    found: Finding = FindingFactory(
        run=run, household=home, rule=rule, risk=risk, level="orange", **columns
    )
    return found


def opened(run: Run, on: date = TODAY) -> list[Case]:
    return acting.open_cases(by=SYSTEM, at=AT, on=on, run=run)


def closed(home: Household, state: CaseState, on: date, kind: CaseKind = WORK) -> Case:
    found: Case = CaseFactory(
        household=home, kind=kind, procedure=kind.value, state=state, step="", holder="",
        step_due_on=None, closed_on=on, number=f"529901-2022-{home.pk:06d}",
    )  # fmt: skip
    return found


@dataclass
class Clearing:
    """One case and the people who move it."""

    case: Case
    cast: Cast
    on: date = TODAY

    def move(self, action: str, who: str = "village", **given: str) -> Case:
        viewer = self.cast.viewer(who, self.on)
        self.case.refresh_from_db()
        self.case = moves.take(
            by=viewer.actor(), at=AT, on=self.on, viewer=viewer, case=self.case, action=action,
            seen=self.case.version, **given,
        )  # fmt: skip
        return self.case

    def place(self, person: Person, who: str = "village", **given: object) -> Employment:
        viewer = self.cast.viewer(who, self.on)
        self.case.refresh_from_db()
        values = {"started_on": self.on, "channel": Channel.WORKSHOP, **given}
        return placing.place(
            by=viewer.actor(), viewer=viewer, on=self.on, case=self.case, person=person,
            **values,  # type: ignore[arg-type]
        )  # fmt: skip


def test_each_household_of_a_list_gets_a_case_with_the_limit_of_the_pack(
    run: Run, county: County
) -> None:
    listed(run, county.households[0])
    listed(run, county.households[4], rule="out_of_school")

    work, school = opened(run)

    assert (work.kind, work.procedure, work.step, work.holder) == (
        WORK, "zero_employment", "contact", "village",
    )  # fmt: skip
    assert work.step_due_on == date(2023, 10, 11)
    assert work.due_on == date(2023, 10, 13)
    assert [each.risk for each in work.risks.all()] == ["employment"]
    assert (school.kind, school.due_on) == (SCHOOL, date(2023, 10, 23))


def test_gaps_and_other_rules_make_no_list(run: Run, county: County) -> None:
    listed(run, county.households[0], status="unknown")
    FindingFactory(run=run, household=county.households[1])

    assert opened(run) == []


def test_a_run_may_be_asked_again_without_doubles_and_only_what_is_new_is_audited(
    run: Run, county: County
) -> None:
    listed(run, county.households[0])
    opened(run)
    listed(run, county.households[1])

    again = opened(run)

    assert [case.household_id for case in again] == [county.households[1].pk]
    assert opened(run) == []
    assert Case.objects.filter(kind=WORK).count() == 2
    assert Entry.objects.filter(action="case.begin").count() == 2


@pytest.mark.parametrize(
    ("state", "closed_on", "opens"),
    [
        (CaseState.CLEARED, date(2023, 10, 9), False),  # since the run's data
        (CaseState.CLEARED, date(2023, 9, 20), True),  # out of work again
        (CaseState.NOT_INCLUDED, date(2023, 4, 8), False),  # half a year is not over
        (CaseState.NOT_INCLUDED, date(2023, 4, 7), True),
        (CaseState.WITHDRAWN, date(2023, 10, 8), True),
    ],
)
def test_a_settled_household_is_left_alone_as_long_as_the_pack_says(
    run: Run, county: County, state: CaseState, closed_on: date, opens: bool
) -> None:
    listed(run, county.households[0])
    closed(county.households[0], state, closed_on)

    assert bool(opened(run)) is opens


def test_the_tally_counts_every_standing_and_what_is_left_to_zero(
    run: Run, county: County, cast: Cast
) -> None:
    homes = county.households
    for home in homes[:6]:
        listed(run, home)
    on = TODAY + timedelta(days=3)
    CaseFactory(household=homes[0], kind=WORK, due_on=on)
    CaseFactory(household=homes[1], kind=WORK, due_on=on - timedelta(days=1))
    closed(homes[2], CaseState.CLEARED, on)
    closed(homes[3], CaseState.NOT_INCLUDED, on)
    CaseFactory(household=homes[7], kind=WORK)
    CaseFactory(household=homes[4], kind=SCHOOL)

    told = clearing.tally(cast.viewer("bureau"), run, WORK, on)

    assert told.total == 6
    assert told.by_standing == {
        Standing.WITHOUT: 2, Standing.OPEN: 1, Standing.LATE: 1, Standing.CLEARED: 1,
        Standing.NOT_CONCERNED: 1,
    }  # fmt: skip
    assert (told.remaining, told.elsewhere) == (4, 1)


def test_each_row_stands_where_its_filter_finds_it(run: Run, county: County, cast: Cast) -> None:
    homes, viewer = county.households, cast.viewer("bureau")
    for home in homes[:5]:
        listed(run, home)
    CaseFactory(household=homes[1], kind=WORK, due_on=TODAY)
    CaseFactory(household=homes[2], kind=WORK, due_on=TODAY - timedelta(days=1))
    closed(homes[3], CaseState.CLEARED, TODAY)
    closed(homes[4], CaseState.NOT_INCLUDED, TODAY)
    rows = clearing.listed_for(viewer, run, WORK, TODAY)

    for number, standing in enumerate(Standing):
        (row,) = clearing.of_standing(rows, standing, TODAY)
        assert row.household == homes[number]
        assert clearing.standing_of(row, TODAY) == standing


def test_a_village_sees_its_own_part_of_the_list(run: Run, county: County, cast: Cast) -> None:
    for home in county.households:
        listed(run, home)

    told = clearing.tally(cast.viewer("village"), run, WORK, TODAY)

    assert told.total == len(county.households_in(NORTH_1))


def test_earlier_months_of_the_same_pack_are_told(run: Run, county: County, cast: Cast) -> None:
    before = RunFactory(pack="national", month="2023-08")
    for home in county.households[:3]:
        listed(before, home)

    told = clearing.tally(cast.viewer("bureau"), run, WORK, TODAY)

    assert told.earlier == [("2023-08", 3)]


def test_without_a_run_there_is_no_list(county: County, cast: Cast) -> None:
    viewer = cast.viewer("bureau")

    assert clearing.tally(viewer, None, WORK, TODAY).total == 0
    assert not clearing.listed_for(viewer, None, WORK, TODAY).exists()
    assert clearing.latest_run() is None


def test_a_case_is_cleared_only_once_the_ledger_shows_somebody_at_work(
    run: Run, county: County, cast: Cast
) -> None:
    home = household()
    listed(run, home)
    (case,) = opened(run)
    story = Clearing(case, cast)

    with pytest.raises(CaseRefused):
        story.move("to_placing")
    viewer = cast.viewer("village")
    measures.plan(
        by=viewer.actor(), viewer=viewer, on=TODAY, case=case,
        planned=Planned("employment", "employment", "推荐到帮扶车间", "镇社保站", TODAY, "一人就业"),
    )  # fmt: skip
    story.move("to_placing")
    with pytest.raises(CaseRefused, match="已有人就业"):
        story.move("to_clearing")
    worker = home_member(home)
    with pytest.raises(CaseRefused, match="还没有到"):
        story.place(worker, started_on=TODAY + timedelta(days=1))
    with pytest.raises(CaseRefused, match="不是这户的成员"):
        story.place(PersonFactory())
    with pytest.raises(CaseRefused):
        story.place(worker, who="grid")
    work = story.place(worker, employer="枫溪制衣厂", monthly_wage=300_000)
    story.move("to_clearing")
    cleared = story.move("clear", "north_town")

    assert work.source == f"案件 {case.number}"
    assert (cleared.state, cleared.closed_on) == (CaseState.CLEARED, TODAY)
    with pytest.raises(CaseRefused, match="正在办理的零就业"):
        story.place(worker)


def test_a_household_that_is_not_concerned_leaves_the_list_by_the_towns_word(
    run: Run, county: County, cast: Cast
) -> None:
    listed(run, household())
    (case,) = opened(run)
    story = Clearing(case, cast)

    story.move("propose_not_concerned", reason="caring", note="照料两位失能老人")
    with pytest.raises(CaseRefused):
        story.move("confirm_not_concerned")
    ended = story.move("confirm_not_concerned", "north_town")

    assert (ended.state, ended.closed_on) == (CaseState.NOT_INCLUDED, TODAY)
    assert opened(run) == []


def home_member(home: Household) -> Person:
    return Membership.objects.filter(household=home).select_related("person")[0].person


@pytest.mark.parametrize(
    ("labour", "schooling", "ended_on", "met"),
    [
        ("ordinary", "none", None, True),
        ("weak", "none", None, True),
        ("ordinary", "none", date(2023, 10, 8), False),  # the last day is not worked
        ("none", "none", None, False),
        ("ordinary", "tertiary", None, False),
        (None, "none", None, None),
    ],
)
def test_who_counts_as_employed(
    labour: str | None, schooling: str, ended_on: date | None, met: bool | None, db: None
) -> None:
    home = household(members=0)
    person = join(home, labour=labour, schooling=schooling)
    EmploymentFactory(person=person, ended_on=ended_on)
    case = CaseFactory(household=home, kind=WORK)

    found = CLEARING["someone_employed"](case, TODAY)

    assert found.is_met is met
    assert found.text


@pytest.mark.parametrize(
    ("schooling", "exempt", "met"),
    [
        ("compulsory", False, True),
        ("none", False, False),
        ("none", True, True),
        (None, False, None),
    ],
)
def test_when_every_child_is_in_school(
    schooling: str | None, exempt: bool, met: bool | None
) -> None:
    home = household(members=0)
    child = join(home, labour="none", schooling=schooling or "none")
    child.born_on = date(2012, 3, 1)
    child.save(update_fields=["born_on"])
    PersonRecord.objects.filter(person=child).update(schooling=schooling, born_on=child.born_on)
    if exempt:
        StatusFactory(household=home, person=child, kind="health_exempt_from_school")
    case = CaseFactory(household=home, kind=SCHOOL)

    assert CLEARING["all_in_school"](case, TODAY).is_met is met


def test_the_hourly_job_clears_what_the_latest_run_found(run: Run, county: County) -> None:
    from anju.jobs import casework

    listed(run, county.households[0])
    progress = None  # it reports nothing on the way

    done = casework.raise_leads(progress=progress)  # type: ignore[arg-type]

    assert done["clearing"] == 1
    assert casework.raise_leads(progress=progress)["clearing"] == 0  # type: ignore[arg-type]


def test_what_only_puts_a_household_on_a_list_is_looked_at_in_its_case(
    run: Run, county: County
) -> None:
    home = county.households[0]
    listed(run, home)
    raising.from_run(by=SYSTEM, on=TODAY, run=run)
    lead = Lead.objects.get()

    (case,) = opened(run)

    lead.refresh_from_db()
    assert (lead.state, lead.case_id, lead.ended_on) == (LeadState.MERGED, case.pk, TODAY)
    assert Entry.objects.filter(action="lead.merge").count() == 1
    assert opened(run) == []

    later = RunFactory(month="2023-10", pack="national")
    listed(later, home)
    raised = raising.from_run(by=SYSTEM, on=TODAY + timedelta(days=30), run=later)
    assert raised == raising.Raised(new=0, again=1, merged=0)
    assert lead.sources.count() == 2


def test_a_lead_that_comes_after_the_case_of_a_list_goes_into_it(run: Run, county: County) -> None:
    listed(run, county.households[0])
    (case,) = opened(run)

    assert raising.from_run(by=SYSTEM, on=TODAY, run=run) == raising.Raised(0, 0, 1)

    assert Lead.objects.get().case == case


def test_a_lead_that_tells_of_more_than_the_list_stays_open(run: Run, county: County) -> None:
    for home in county.households[:2]:
        listed(run, home)
    FindingFactory(
        run=run, household=county.households[0], rule="work_ended", risk="employment", level="red"
    )
    raising.from_run(by=SYSTEM, on=TODAY, run=run)
    told = Lead.objects.get(household=county.households[1])
    LeadSourceFactory(lead=told, channel="grid", run_id=None, rule="", told="车祸后没有人干活")

    assert len(opened(run)) == 2

    assert set(Lead.objects.values_list("state", flat=True)) == {LeadState.OPEN}


def test_other_news_of_the_risk_is_not_lost_in_the_case_of_a_list(run: Run, county: County) -> None:
    home = county.households[0]
    listed(run, home)
    opened(run)
    raising.from_run(by=SYSTEM, on=TODAY, run=run)
    later = RunFactory(month="2023-10", pack="national")
    listed(later, home)
    FindingFactory(run=later, household=home, rule="work_ended", risk="employment", level="orange")

    assert raising.from_run(by=SYSTEM, on=TODAY, run=later).new == 1
