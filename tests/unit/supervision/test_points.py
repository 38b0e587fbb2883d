"""Points off: by the rules of the pack, from what is on record; of units, never of persons."""

from datetime import date, timedelta

import pytest
from tests.factories.county import COUNTY, TODAY, Cast
from tests.factories.duties import (
    PlanFactory,
    ProgressFactory,
    TaskDueFactory,
    TaskFactory,
    TaskUnitFactory,
)
from tests.unit.supervision.conftest import BUREAU, Units, found

from anju.audit.actor import Actor
from anju.supervision.actions import notices, rectifying
from anju.supervision.models import FoundProblem
from anju.supervision.queries.points import points_of

pytestmark = pytest.mark.django_db
LATER = date(2023, 11, 15)


def points(cast: Cast, who: str = "bureau", plan: object = None) -> dict[str, dict[str, int]]:
    rows = points_of(cast.viewer(who, LATER), plan=plan, year=2023, on=LATER)
    return {row.unit.name[:2]: {line.rule.id: line.points for line in row.lines} for row in rows}


def test_problems_count_by_how_serious_and_rectification_by_when_it_was_handed_in(
    cast: Cast, units: Units
) -> None:
    bureau = cast.viewer("bureau")
    found(bureau, units.north, seriousness="grave")  # nobody does anything
    in_time = found(bureau, units.south)
    late = found(bureau, units.south, title="档案不全")
    for problem, on in ((in_time, date(2023, 10, 20)), (late, date(2023, 10, 21))):
        rectifying.submit(
            by=Actor("south"), on=on, viewer=cast.viewer("south_town"), problem=problem,
            words="已经整改。",
        )  # fmt: skip

    assert points(cast) == {
        "北枫": {"problem_grave": 5, "late_rectification": 2},
        "南枫": {"problem_common": 2, "late_rectification": 2},
    }
    assert set(points(cast, "north_town")) == {"北枫"}


def test_a_report_that_was_sent_back_is_not_in_time(cast: Cast, units: Units) -> None:
    problem = found(cast.viewer("bureau"), units.south)
    report = rectifying.submit(
        by=Actor("south"), on=TODAY, viewer=cast.viewer("south_town"), problem=problem,
        words="已经整改。",
    )  # fmt: skip
    rectifying.check(
        by=BUREAU, on=TODAY, viewer=cast.viewer("bureau"), rectification=report,
        is_accepted=False, words="没有整改。",
    )  # fmt: skip

    assert points(cast)["南枫"]["late_rectification"] == 2


def test_late_tasks_count_for_who_leads_them_and_not_more_than_the_most(
    cast: Cast, units: Units
) -> None:
    plan = PlanFactory()
    task = TaskFactory(plan=plan)
    for role in ("lead", "responsible"):
        TaskUnitFactory(task=task, unit=units.north, role=role)
    TaskUnitFactory(task=task, unit=units.south, role="co-operating")
    for days in range(12):
        TaskDueFactory(task=task, due_on=date(2023, 9, 1) + timedelta(days=days))
    handed_in = TaskDueFactory(task=task, due_on=date(2023, 10, 1))
    ProgressFactory(due=handed_in, unit=units.north, reported_on=date(2023, 9, 30))
    TaskDueFactory(task=task, due_on=date(2023, 10, 2), state="lapsed", settled_on=TODAY)
    TaskDueFactory(task=task, due_on=LATER)

    rows = points_of(cast.viewer("bureau"), plan=plan, year=2023, on=LATER)

    [line] = rows[0].lines
    assert [row.unit for row in rows] == [units.north]
    assert (len(line.things), line.uncapped, line.points) == (12, 12, 10)


def test_notices_and_problems_that_came_back_count_for_their_plan(cast: Cast, units: Units) -> None:
    plan, bureau = PlanFactory(), cast.viewer("bureau")
    problem = found(bureau, units.north, plan=plan)
    FoundProblem.objects.filter(pk=problem.pk).update(round=2)
    problem.rounds.create(number=2, opened_on=TODAY, due_on=date(2023, 12, 1))
    for kind in ("order", "summons", "criticism"):
        notices.issue(
            by=BUREAU, on=TODAY, viewer=bureau, kind=kind, division_code=COUNTY,
            units=[units.north], title="通知", words="请抓紧。", issued_on=TODAY, problem=problem,
        )  # fmt: skip

    assert points(cast, plan=plan)["北枫"] == {
        "problem_common": 1, "late_rectification": 2, "reopened": 3, "summons": 3, "criticism": 5,
    }  # fmt: skip
    assert points(cast, plan=PlanFactory()) == {}
    assert points_of(bureau, plan=None, year=2022, on=LATER) == []
