"""Leaders assigned to places: what they owe, when, and who may say that it was done."""

from datetime import date, timedelta

import pytest
from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.county import COUNTY, NORTH_1, NORTH_2, SOUTH_1, Cast, County
from tests.factories.duties import PlanFactory
from tests.factories.places import RecodingFactory

from anju.accounts.models import User
from anju.accounts.queries import viewer_of
from anju.accounts.viewer import Viewer
from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.duties.actions import assignments, following, owing
from anju.duties.actions.assignments import Terms, Who
from anju.duties.models import Assignment, Owed, Plan
from anju.duties.queries import assignments as queries
from anju.duties.refusals import DutyRefused
from anju.duties.rhythms_owed import asked_by_pack
from anju.jobs.assignments import owe
from anju.places.models import Division

pytestmark = pytest.mark.django_db

START = date(2023, 7, 3)
OFTEN = Terms(visits_every="quarter", meetings_every="month")


@pytest.fixture
def leader(county: County) -> User:
    """A county leader who signs in."""
    user = UserFactory(username="leader", name="分管领导")
    PostFactory(user=user, role="county_leader", division_code=COUNTY)
    return user


@pytest.fixture
def qinzhou(db: None) -> Plan:
    """A plan whose pack asks for a visit each half-year and a meeting each quarter."""
    plan: Plan = PlanFactory(pack="qinzhougang-2023")
    return plan


def village(code: str = NORTH_1) -> Division:
    return Division.objects.get(code=code)


def given(
    cast: Cast, who: Who, terms: Terms = OFTEN, on: date = START, at: str = NORTH_1
) -> Assignment:
    viewer = cast.viewer("bureau", on)
    return assignments.assign(
        by=viewer.actor(), on=on, viewer=viewer, place=village(at), who=who, terms=terms,
        valid_from=on,
    )  # fmt: skip


def owed(row: Assignment) -> list[tuple[str, str, date]]:
    return list(row.owed.order_by("kind", "due_on").values_list("kind", "period", "due_on"))


def test_what_the_assignment_asks_for_is_owed_by_the_end_of_the_period(
    cast: Cast, leader: User
) -> None:
    row = given(cast, Who(leader))

    assert owed(row) == [
        ("meeting", "2023-07", date(2023, 7, 31)),
        ("visit", "2023Q3", date(2023, 9, 30)),
    ]
    assert Entry.objects.get(action="assignment.assign").ids == [row.pk]


def test_what_the_assignment_leaves_open_is_asked_by_the_pack_of_its_plan(
    cast: Cast, leader: User, qinzhou: Plan
) -> None:
    row = given(cast, Who(leader), Terms(plan=qinzhou, clause="三(一)"))

    assert owed(row) == [
        ("meeting", "2023Q3", date(2023, 9, 30)),
        ("visit", "2023H2", date(2023, 12, 31)),
    ]
    assert asked_by_pack("qinzhougang-2023", owing.OwedKind.VISIT, date(2026, 1, 1)) is None
    assert owed(given(cast, Who(unit=UnitFactory()), Terms())) == []


def test_the_daily_job_adds_each_period_once_and_what_it_missed(cast: Cast, leader: User) -> None:
    row = given(cast, Who(leader))

    first, again = (owe(progress=None, day="2023-10-02") for _ in range(2))  # type: ignore[arg-type]

    assert (first, again) == ({"owed": 4}, {"owed": 0})
    periods = [period for kind, period, _ in owed(row) if kind == "meeting"]
    assert periods == ["2023-07", "2023-08", "2023-09", "2023-10"]


def test_a_first_period_that_is_nearly_over_is_not_owed(cast: Cast, leader: User) -> None:
    row = given(cast, Who(leader), on=date(2023, 9, 25))

    assert owed(row) == []
    owing.owe(by=SYSTEM, on=date(2023, 10, 1))
    assert [period for _, period, _ in owed(row)] == ["2023-10", "2023Q4"]


def test_a_job_that_comes_late_makes_up_for_it_from_the_day_of_assignment_on(
    cast: Cast, leader: User
) -> None:
    viewer, on = cast.viewer("bureau", START), date(2023, 9, 25)
    row = assignments.assign(
        by=viewer.actor(), on=on, viewer=viewer, place=village(), who=Who(leader), terms=OFTEN,
        valid_from=date(2021, 1, 1),
    )  # fmt: skip

    owing.owe(by=SYSTEM, on=date(2024, 1, 25))

    assert [period for kind, period, _ in owed(row) if kind == "visit"] == ["2023Q4", "2024Q1"]


def test_the_same_leader_is_not_assigned_twice_to_a_place_at_a_time(
    cast: Cast, leader: User
) -> None:
    first = given(cast, Who(leader))
    bureau = cast.viewer("bureau", START)

    with pytest.raises(DutyRefused, match="已有包点"):
        given(cast, Who(leader), on=START + timedelta(days=30))
    assignments.end(
        by=SYSTEM, on=START, viewer=bureau, assignment=first, last_day=date(2023, 8, 31)
    )
    assert given(cast, Who(leader), on=date(2023, 9, 1)).pk != first.pk
    assert owed(first) == [("meeting", "2023-07", date(2023, 7, 31))]


def test_a_leader_without_an_account_stands_with_their_post_and_a_unit(cast: Cast) -> None:
    unit = UnitFactory()

    row = given(cast, Who(leader_post="副县长", unit=unit))

    assert (row.leader, row.leader_post, row.unit) == (None, "副县长", unit)
    with pytest.raises(DutyRefused, match="包抓单位"):
        given(cast, Who(leader_post="副县长"))
    with pytest.raises(DutyRefused, match="已有包点"):
        given(cast, Who(leader_post=" 副县长 ", unit=unit))
    assert given(cast, Who(leader_post="县委副书记", unit=unit)).unit == unit


def test_only_the_lead_bureau_assigns_and_only_who_can_read_it_is_assigned(
    cast: Cast, leader: User
) -> None:
    town = cast.viewer("north_town", START)

    with pytest.raises(DutyRefused, match="不能为这个地方"):
        assignments.assign(
            by=SYSTEM, on=START, viewer=town, place=village(), who=Who(leader), terms=OFTEN,
            valid_from=START,
        )  # fmt: skip
    for blind in (cast.grid, cast.south_town):
        with pytest.raises(DutyRefused, match="看不到"):
            given(cast, Who(blind))
    with pytest.raises(DutyRefused, match="请选择安置点"):
        assignments.assign(
            by=SYSTEM, on=START, viewer=cast.viewer("bureau", START), place=village(COUNTY),
            who=Who(leader), terms=OFTEN, valid_from=START,
        )  # fmt: skip
    with pytest.raises(DutyRefused, match="频次"):
        given(cast, Who(leader), Terms(visits_every="day"))


def test_another_rhythm_replaces_what_is_open_and_leaves_what_is_late(
    cast: Cast, leader: User
) -> None:
    row, unit = given(cast, Who(leader)), UnitFactory()
    owing.owe(by=SYSTEM, on=date(2023, 8, 2))

    assignments.change(
        by=SYSTEM, on=date(2023, 8, 20), viewer=cast.viewer("bureau", START), assignment=row,
        unit=unit, terms=Terms(visits_every="quarter", meetings_every="half_year"),
    )  # fmt: skip

    assert owed(row) == [
        ("meeting", "2023-07", date(2023, 7, 31)),
        ("meeting", "2023H2", date(2023, 12, 31)),
        ("visit", "2023Q3", date(2023, 9, 30)),
    ]
    changed = Entry.objects.get(action="assignment.change").detail["changes"]
    assert changed["meetings_every"] == ["month", "half_year"]
    assert set(changed) == {"meetings_every", "unit"}


def _viewer(user: User, on: date) -> Viewer:
    return viewer_of(user, on=on)


def _tell(viewer: Viewer, row: Owed, held_on: date, words: str = "商定修缮排水沟。") -> None:
    owing.tell(
        by=viewer.actor(), on=viewer.on, viewer=viewer, owed=row, held_on=held_on, words=words
    )


def test_the_leader_their_unit_and_the_office_record_and_nobody_else(
    cast: Cast, leader: User
) -> None:
    unit = UnitFactory()
    colleague = UserFactory(unit=unit)
    PostFactory(user=colleague, role="department", division_code=COUNTY)
    row = given(cast, Who(leader, unit=unit))
    visit = row.owed.get(kind="visit")
    day = date(2023, 8, 10)

    for who in (leader, colleague, cast.bureau):
        _tell(_viewer(who, day), visit, day)
    for who in (cast.village, cast.north_town):
        with pytest.raises(DutyRefused, match="只有"):
            _tell(_viewer(who, day), visit, day)
    with pytest.raises(DutyRefused, match="别人已经登记"):
        owing.tell(
            by=_viewer(leader, day).actor(), on=day, viewer=_viewer(leader, day), owed=visit,
            held_on=day, words="再商定。", seen=owing.mark_of(visit),
        )  # fmt: skip
    visit.refresh_from_db()
    assert (visit.held_on, visit.recorded_by) == (day, "bureau")
    codes = list(Entry.objects.filter(kind="assignment").values_list("action", flat=True))
    assert codes.count("assignment.tell") == 1
    assert codes.count("assignment.correct") == 2


@pytest.mark.parametrize(
    ("held_on", "words", "problem"),
    [
        (date(2023, 8, 11), "到点走访。", "2023-07-03 至 2023-08-10"),
        (date(2023, 7, 2), "到点走访。", "2023-07-03 至"),
        (date(2023, 8, 1), "  ", "请写明"),
        (date(2023, 8, 1), "电话13800138000的住户反映漏水", "不要写"),
    ],
)
def test_a_day_outside_the_period_and_words_that_do_not_belong_are_refused(
    cast: Cast, leader: User, held_on: date, words: str, problem: str
) -> None:
    visit = given(cast, Who(leader)).owed.get(kind="visit")

    with pytest.raises(DutyRefused, match=problem):
        _tell(_viewer(leader, date(2023, 8, 10)), visit, held_on, words)


def test_desk_and_list_show_what_is_ones_own(cast: Cast, leader: User) -> None:
    given(cast, Who(leader))
    seen = {
        who: queries.assignments_for(_viewer(who, START)).count()
        for who in (cast.bureau, cast.north_town, cast.south_town, cast.village, cast.grid)
    }
    due = date(2023, 7, 31)

    assert list(seen.values()) == [1, 1, 0, 1, 0]
    assert queries.owed_by(_viewer(leader, START), due).count() == 1
    assert queries.owed_by(cast.viewer("bureau", START), due).count() == 0
    assert leader in queries.leaders(cast.viewer("bureau", on=START), START)
    assert cast.grid not in queries.leaders(cast.viewer("bureau", on=START), START)


def test_own_assignments_are_seen_in_other_places_too(cast: Cast) -> None:
    unit = UnitFactory()
    User.objects.filter(pk=cast.south_town.pk).update(unit=unit)
    given(cast, Who(unit=unit))

    assert queries.assignments_for(cast.viewer("south_town", START)).count() == 1
    assert village(SOUTH_1).code != NORTH_1


def _merged(*changes: dict[str, object]) -> int:
    rows = [
        {"kind": "village", "name": "新村", "grids": [], "households": [], **each}
        for each in changes
    ]
    return int(RecodingFactory(changes=rows).pk)


def test_assignments_follow_a_merger_and_one_of_the_same_leader_is_enough(
    cast: Cast, leader: User
) -> None:
    first, ended = given(cast, Who(leader=leader)), given(cast, Who(unit=UnitFactory()))
    second = given(cast, Who(leader=leader), at=NORTH_2)
    Assignment.objects.filter(pk=ended.pk).update(valid_to=START + timedelta(days=9))
    on = START + timedelta(days=30)
    new = _merged({"old": NORTH_1, "new": SOUTH_1}, {"old": NORTH_2, "new": SOUTH_1})

    Division.objects.filter(code__in=(NORTH_1, NORTH_2)).update(ended_on=on)
    assert following.follow(by=SYSTEM, on=on, recoding_id=new) == 2
    assert following.follow(by=SYSTEM, on=on, recoding_id=new) == 0

    for row in (first, second, ended):
        row.refresh_from_db()
    assert (first.division_code, first.valid_to) == (SOUTH_1, None)
    assert first.owed.filter(held_on__isnull=True).exists()
    assert (second.division_code, second.valid_to) == (NORTH_2, on)
    assert not second.owed.filter(held_on__isnull=True, due_on__gte=on).exists()
    assert ended.division_code == NORTH_1
    assert Entry.objects.filter(action="assignment.recode").first().ids


def test_of_a_village_that_was_split_each_part_is_somebodys(cast: Cast, leader: User) -> None:
    row = given(cast, Who(leader=leader))
    on = START + timedelta(days=30)
    split = _merged({"old": NORTH_1, "new": SOUTH_1, "grids": ["G1"]})

    following.follow(by=SYSTEM, on=on, recoding_id=split)
    following.follow(by=SYSTEM, on=on, recoding_id=split)

    held = Assignment.objects.filter(leader=leader).order_by("division_code")
    assert [each.division_code for each in held] == [NORTH_1, SOUTH_1]
    assert held.last().owed.exists()
    row.refresh_from_db()
    assert row.valid_to is None
