"""Classes of villages and what they reached follow mergers; what a dead worker left behind is ended daily."""

from datetime import date

import pytest
from tests.factories.casework import LeadFactory
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, SOUTH_2, County
from tests.factories.duties import AssignmentFactory, PlanFactory
from tests.factories.places import DivisionFactory, RecodingFactory
from tests.factories.supervision import VillageAttainmentFactory, VillageClassFactory

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.duties.models import Assignment, Plan
from anju.jobs import recoding as jobs
from anju.places.models import Division, Recoding, RecodingState
from anju.queue.progress import Unattended
from anju.supervision.actions import following
from anju.supervision.models import VillageAttainment, VillageClass

pytestmark = pytest.mark.django_db
SINCE = date(2023, 9, 1)
NEW = "529901101299"


@pytest.fixture
def plan(county: County) -> Plan:
    north = Division.objects.get(code=NORTH_1).parent
    DivisionFactory(
        code=NEW, name="新村", level=Division.objects.get(code=NORTH_1).level, parent=north
    )
    return PlanFactory(pack="yinchuan-2021")


def merged(*pairs: tuple[str, str], state: str = RecodingState.DONE, **part: list[str]) -> Recoding:
    given = {"kind": "village", "name": "新村", "grids": [], "households": [], **part}
    rows = [{**given, "old": old, "new": new} for old, new in pairs]
    gone = [] if part else [old for old, _new in pairs]
    Division.objects.filter(code__in=gone).update(ended_on=SINCE)
    return RecodingFactory(changes=rows, state=state, effective_on=SINCE)


def classed(plan: Plan, **codes: str) -> None:
    for name, code in codes.items():
        VillageClassFactory(plan=plan, division_code=globals()[name], code=code)


def classes(plan: Plan) -> dict[str, tuple[str, date | None]]:
    rows = VillageClass.objects.filter(plan=plan)
    return {row.division_code: (row.code, row.valid_to) for row in rows}


def test_a_village_made_of_two_of_one_class_has_it_from_the_day_and_the_old_ones_end(
    plan: Plan,
) -> None:
    classed(plan, NORTH_1="model", NORTH_2="model")
    for code, day in ((NORTH_1, date(2022, 5, 1)), (NORTH_2, date(2023, 5, 1))):
        VillageAttainmentFactory(plan=plan, division_code=code, code="model", reached_on=day)
    change = merged((NORTH_1, NEW), (NORTH_2, NEW))

    assert following.follow(by=SYSTEM, recoding_id=change.pk) == 1
    assert following.follow(by=SYSTEM, recoding_id=change.pk) == 0

    assert classes(plan) == {
        NORTH_1: ("model", SINCE), NORTH_2: ("model", SINCE), NEW: ("model", None),
    }  # fmt: skip
    assert VillageClass.objects.get(division_code=NEW).valid_from == SINCE
    reached = VillageAttainment.objects.get(division_code=NEW)
    assert reached.reached_on == date(2023, 5, 1)
    assert Entry.objects.filter(action="village_class.recode").count() == 1


def test_villages_of_different_classes_leave_their_new_one_to_a_person(plan: Plan) -> None:
    classed(plan, NORTH_1="model", NORTH_2="repair")
    change = merged((NORTH_1, NEW), (NORTH_2, NEW))

    assert following.follow(by=SYSTEM, recoding_id=change.pk) == 0

    assert set(classes(plan)) == {NORTH_1, NORTH_2}
    entry = Entry.objects.get(action="village_class.recode")
    assert entry.detail == {"undecided": [NEW]}


def test_a_village_that_takes_others_in_keeps_its_class_and_a_part_takes_that_of_the_whole(
    plan: Plan,
) -> None:
    classed(plan, NORTH_1="model", SOUTH_1="repair", SOUTH_2="upgrade")
    VillageAttainmentFactory(plan=plan, division_code=SOUTH_2, code="upgrade")

    following.follow(by=SYSTEM, recoding_id=merged((NORTH_1, SOUTH_1)).pk)
    split = merged((SOUTH_2, NEW), grids=["G1"])
    following.follow(by=SYSTEM, recoding_id=split.pk)

    assert classes(plan) == {
        NORTH_1: ("model", SINCE), SOUTH_1: ("repair", None), SOUTH_2: ("upgrade", None),
        NEW: ("upgrade", None),
    }  # fmt: skip
    assert VillageAttainment.objects.filter(division_code=NEW).exists()


def test_what_a_dead_worker_left_behind_a_merger_is_ended_by_the_daily_job_once(
    plan: Plan, county: County
) -> None:
    classed(plan, NORTH_2="model")
    given = AssignmentFactory(division_code=NORTH_2, valid_from=date(2023, 1, 1))
    lead = LeadFactory(household=county.households[0], village_code=NORTH_2)
    done = merged((NORTH_2, NORTH_1))
    waiting = merged((SOUTH_2, SOUTH_1), state=RecodingState.WAITING)

    first = jobs.follow(progress=Unattended(), day="2023-09-02")
    again = jobs.follow(progress=Unattended(), day="2023-09-03")

    assert (first, again) == ({"followed": 1}, {"followed": 0})
    given.refresh_from_db()
    lead.refresh_from_db()
    assert given.division_code == NORTH_1
    assert lead.village_code == county.households[0].village_code
    assert classes(plan)[NORTH_1] == ("model", None)
    done.refresh_from_db()
    waiting.refresh_from_db()
    assert done.followed_at is not None
    assert waiting.followed_at is None
    assert Assignment.objects.count() == 1
