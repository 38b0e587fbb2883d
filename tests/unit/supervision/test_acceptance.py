"""Staged acceptance and classes of villages, by the pack of the plan."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, SOUTH_2, Cast
from tests.factories.duties import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanFactory,
    PlanVersionFactory,
    TaskFactory,
)
from tests.unit.supervision.conftest import BUREAU, Units, found

from anju.audit.attachments import checked
from anju.duties.models import Plan
from anju.supervision import proofs
from anju.supervision.actions import acceptance as actions
from anju.supervision.actions import villages
from anju.supervision.queries import acceptance as queries
from anju.supervision.queries.villages import classes_on, goals, plans_with_classes
from anju.supervision.refusals import SupervisionRefused

pytestmark = pytest.mark.django_db
THEN = date(2025, 9, 20)
REPORT = checked("自查报告.txt", "自查".encode())


@pytest.fixture
def plan(units: Units) -> Plan:
    return PlanVersionFactory(plan=PlanFactory(pack="yinchuan-2021")).plan


def standings(cast: Cast, plan: Plan, stage: str) -> dict[str, str]:
    rows = queries.stages_of(cast.viewer("bureau", THEN), plan, THEN)
    found = next(each for each in rows if each.stage.id == stage)
    return {check.need: str(check.standing) for check in found.checks}


def record(cast: Cast, plan: Plan, stage: str, result: str = "passed", files: object = (REPORT,)):
    return actions.record(
        by=BUREAU, on=THEN, viewer=cast.viewer("bureau", THEN), plan=plan, stage=stage,
        held_on=THEN, result=result, words="已经核对。", files=files,
    )  # fmt: skip


def test_stages_come_with_the_days_of_the_pack(cast: Cast, plan: Plan) -> None:
    rows = queries.stages_of(cast.viewer("bureau", THEN), plan, THEN)

    assert [(each.stage.id, each.due_on) for each in rows] == [
        ("self_check", date(2025, 9, 30)),
        ("application", date(2025, 9, 30)),
        ("city_acceptance", date(2025, 10, 31)),
        ("final_evaluation", date(2025, 12, 31)),
    ]
    assert queries.plans_with_stages(cast.viewer("bureau")) == [plan]


def test_checks_say_unknown_before_they_say_met(cast: Cast, units: Units, plan: Plan) -> None:
    assert set(standings(cast, plan, "city_acceptance").values()) == {"unknown"}
    task = TaskFactory(plan=plan)
    problem = found(cast.viewer("bureau"), units.north, plan=plan)
    goal = IndicatorTargetFactory(indicator=IndicatorFactory(plan=plan))
    value = IndicatorValueFactory(indicator=goal.indicator, value=Decimal(299))
    assert set(standings(cast, plan, "self_check").values()) == {"not_met", "unknown"}

    task.state, task.closed_on = "done", THEN
    task.save()
    problem.state, problem.closed_on = "closed", THEN
    problem.save()
    value.value = Decimal(300)
    value.save()

    assert standings(cast, plan, "self_check") == {
        "tasks_done": "met", "problems_closed": "met", "indicators_reached": "met",
        "proof": "unknown",
    }  # fmt: skip


def test_a_town_is_told_nothing_of_the_county(cast: Cast, plan: Plan) -> None:
    TaskFactory(plan=plan)
    rows = queries.stages_of(cast.viewer("north_town", THEN), plan, THEN)

    assert {str(check.standing) for each in rows for check in each.checks} == {"unknown"}


def test_stages_are_passed_in_order_with_proof_and_the_checks_of_the_day(
    cast: Cast, plan: Plan
) -> None:
    with pytest.raises(SupervisionRefused, match="上一个阶段"):
        record(cast, plan, "application")
    with pytest.raises(SupervisionRefused, match="佐证"):
        record(cast, plan, "self_check", files=())
    record(cast, plan, "self_check", result="not_passed", files=())
    passed = record(cast, plan, "self_check")

    assert proofs.ACCEPTANCES.fetch(passed.proofs.get().pk) == "自查".encode()
    assert [each["need"] for each in passed.checks][:2] == ["tasks_done", "problems_closed"]
    with pytest.raises(SupervisionRefused, match="已经通过"):
        record(cast, plan, "self_check")
    assert record(cast, plan, "application").stage == "application"
    first = queries.stages_of(cast.viewer("bureau", THEN), plan, THEN)[0]
    assert [each.result for each in first.records] == ["not_passed", "passed"]


def classify(cast: Cast, plan: Plan, village: str, code: str, on: date = date(2021, 8, 1)) -> None:
    villages.classify(
        by=BUREAU, viewer=cast.viewer("bureau"), plan=plan, division_code=village, code=code,
        basis="分类意见", valid_from=on,
    )  # fmt: skip


def test_a_village_changes_its_class_and_keeps_the_one_before(cast: Cast, plan: Plan) -> None:
    viewer = cast.viewer("bureau")
    classify(cast, plan, NORTH_1, "repair")
    with pytest.raises(SupervisionRefused, match="已经是这一类"):
        classify(cast, plan, NORTH_1, "repair", date(2022, 1, 1))
    with pytest.raises(SupervisionRefused, match="应晚于"):
        classify(cast, plan, NORTH_1, "model")
    classify(cast, plan, NORTH_1, "model", date(2023, 1, 1))

    assert classes_on(viewer, plan, date(2022, 12, 31)).get().code == "repair"
    assert classes_on(viewer, plan, date(2023, 1, 1)).get().code == "model"
    assert plans_with_classes(viewer) == [plan]
    assert not classes_on(cast.viewer("south_town"), plan, date(2023, 1, 1)).exists()


def test_goals_of_each_year_count_villages_that_met_every_standard(cast: Cast, plan: Plan) -> None:
    viewer = cast.viewer("bureau", THEN)
    for village in (NORTH_1, NORTH_2, SOUTH_1, SOUTH_2):
        classify(cast, plan, village, "model")

    def attain(village: str, on: date, *left_out: str) -> None:
        standards = ["industry", "infrastructure", "services", "environment", "organisation"]
        villages.attain(
            by=BUREAU, on=THEN, viewer=viewer, plan=plan, division_code=village, code="model",
            met=[each for each in standards if each not in left_out], reached_on=on,
            words="现场核验。",
        )  # fmt: skip

    with pytest.raises(SupervisionRefused, match="还有标准没有达到"):
        attain(NORTH_1, date(2023, 6, 1), "services")
    attain(NORTH_1, date(2023, 6, 1))
    attain(NORTH_2, date(2023, 7, 1))
    attain(SOUTH_1, date(2024, 7, 1))
    with pytest.raises(SupervisionRefused, match="已经认定"):
        attain(NORTH_1, date(2023, 6, 2))

    share = {
        each.target.by: each for each in goals(viewer, plan, THEN) if each.goal.id == "model_share"
    }
    assert share[date(2023, 12, 31)].value == Decimal("0.5")
    assert share[date(2023, 12, 31)].is_met
    assert share[date(2024, 12, 31)].value == Decimal("0.75")
    assert share[date(2024, 12, 31)].is_met is False
    in_2021 = next(each for each in goals(viewer, plan, THEN) if each.goal.id == "improved_model")
    assert (in_2021.reached, in_2021.is_met) == (0, False)


def test_without_classes_goals_are_unknown(cast: Cast, plan: Plan) -> None:
    found = goals(cast.viewer("bureau", THEN), plan, THEN)

    assert {each.is_met for each in found} == {None}
    assert found[0].indicator.id == "model_villages_share"


def test_nobody_but_who_inspects_the_county_records(cast: Cast, plan: Plan) -> None:
    with pytest.raises(SupervisionRefused, match="不能登记验收"):
        actions.record(
            by=BUREAU, on=THEN, viewer=cast.viewer("north_town", THEN), plan=plan,
            stage="self_check", held_on=THEN, result="passed", words="好", files=(REPORT,),
        )  # fmt: skip
    with pytest.raises(SupervisionRefused, match="不能认定这个村"):
        villages.classify(
            by=BUREAU, viewer=cast.viewer("north_town"), plan=plan, division_code=NORTH_1,
            code="model", basis="意见", valid_from=THEN,
        )  # fmt: skip
