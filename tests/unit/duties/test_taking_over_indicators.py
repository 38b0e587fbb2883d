"""Indicators follow the plan and its pack: targets, units, and what a new version drops."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.accounts import UnitFactory
from tests.factories.duties import (
    MeasureDeadlineFactory,
    MeasureOfficeFactory,
    MeasureTargetFactory,
    OfficeNameFactory,
    OfficeUnitFactory,
    PlanFactory,
    PlanMeasureFactory,
    PlanVersionFactory,
)

from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.duties.actions import indicators
from anju.duties.models import (
    Indicator,
    IndicatorSource,
    MeasureState,
    PlanVersion,
    UnitRole,
    VersionState,
)
from anju.rules import packs

pytestmark = pytest.mark.django_db
BUREAU = Actor("bureau", "牵头部门")
ON = date(2023, 1, 15)


def measure(version, key="二/(二)/4", **values):
    return PlanMeasureFactory(version=version, key=key, state=MeasureState.CONFIRMED, **values)


def taken_over(version, on=ON):
    return indicators.take_over(by=BUREAU, on=on, version=version)


def one(code):
    return Indicator.objects.get(code=code)


def test_the_indicators_of_the_pack_are_taken_over_with_targets_and_clauses():
    version = PlanVersionFactory(plan=PlanFactory(pack="shiquan-2023"))
    promised = packs.load("shiquan-2023").indicators
    assert taken_over(version) == len(promised) == Indicator.objects.count()
    zero = one("shiquan-2023/zero_employment_households")
    assert (zero.plan, zero.name, zero.unit, zero.operator) == (
        version.plan,
        "零就业家庭",
        "户",
        "<=",
    )
    goal = zero.targets.get()
    assert (goal.due_on, goal.value, goal.clause) == (date(2023, 12, 31), 0, "二(二)1")
    relief = one("shiquan-2023/work_relief_labour_share")
    assert (relief.source, relief.figure) == (IndicatorSource.COMPUTED, "work_relief_labour_share")
    dibao = one("shiquan-2023/dibao_above_last_year")
    assert (dibao.source, dibao.figure, dibao.every) == (IndicatorSource.REPORTED, "", "quarter")


def test_taking_over_twice_changes_nothing_and_says_nothing():
    version = PlanVersionFactory(plan=PlanFactory(pack="shiquan-2023"))
    MeasureTargetFactory(measure=measure(version))
    taken_over(version)
    before = list(Indicator.objects.values()), Entry.objects.count()
    taken_over(version)
    assert (list(Indicator.objects.values()), Entry.objects.count()) == before


def test_a_confirmed_target_that_the_pack_has_is_no_second_indicator():
    version = PlanVersionFactory(plan=PlanFactory(pack="shiquan-2023"))
    relief = measure(version)
    target = MeasureTargetFactory(
        measure=relief, indicator="劳务报酬占项目总投资", value=Decimal(15), unit="%", due_on=None
    )
    MeasureOfficeFactory(measure=relief, name="县发改局", role=UnitRole.LEAD)
    unit = UnitFactory(name="云岭县发展和改革局")
    OfficeUnitFactory(office=OfficeNameFactory(name="县发改局"), unit=unit)
    count = taken_over(version)
    assert count == len(packs.load("shiquan-2023").indicators)
    found = one("shiquan-2023/work_relief_labour_share")
    assert found.reporting_unit == unit
    goal = found.targets.get()
    assert (goal.value, goal.promised) == (Decimal("0.15"), target)


def test_what_only_the_plan_says_is_reported_by_the_unit_that_leads():
    version = PlanVersionFactory(plan=PlanFactory(pack=""))
    training = measure(version)
    for year, share in ((2023, 50), (2024, 60), (2025, 80)):
        MeasureTargetFactory(
            measure=training, indicator="闲置资产盘活率", value=Decimal(share), unit="%",
            due_on=date(year, 12, 31),
        )  # fmt: skip
    MeasureOfficeFactory(measure=training, name="各镇", role=UnitRole.LEAD)
    MeasureOfficeFactory(measure=training, name="县财政局", role=UnitRole.RESPONSIBLE)
    towns = OfficeNameFactory(name="各镇")
    OfficeUnitFactory.create_batch(2, office=towns)
    treasury = OfficeUnitFactory(office=OfficeNameFactory(name="县财政局")).unit
    assert taken_over(version) == 1
    found = Indicator.objects.get()
    assert (found.source, found.reporting_unit, found.every) == ("reported", treasury, "quarter")
    assert [goal.value for goal in found.targets.all()] == [50, 60, 80]
    assert {goal.clause for goal in found.targets.all()} == {"二(二)4"}


def test_a_number_stated_plainly_is_to_be_reached_and_none_is_not_to_be_passed():
    version = PlanVersionFactory(plan=PlanFactory(pack=""))
    plainly = {"measure": measure(version), "operator": "=", "unit": "个"}
    MeasureTargetFactory(indicator="帮扶车间", value=Decimal(2), **plainly)
    MeasureTargetFactory(indicator="医疗空白点", value=Decimal(0), **plainly)
    taken_over(version)
    operators = dict(Indicator.objects.values_list("name", "operator"))
    assert operators == {"帮扶车间": ">=", "医疗空白点": "<="}


def test_unconfirmed_measures_promise_nothing_and_open_days_are_those_of_the_measure():
    version = PlanVersionFactory(plan=PlanFactory(pack=""))
    MeasureTargetFactory(measure=PlanMeasureFactory(version=version, state=MeasureState.DROPPED))
    dated = measure(version, key="三/1")
    MeasureTargetFactory(measure=dated, indicator="公益岗", due_on=None)
    MeasureDeadlineFactory(measure=dated, kind="by", every="", due_on=date(2023, 9, 30))
    MeasureTargetFactory(measure=measure(version, key="三/2"), indicator="工厂", due_on=None)
    assert taken_over(version) == 2
    days = dict(Indicator.objects.values_list("name", "targets__due_on"))
    assert days == {"公益岗": date(2023, 9, 30), "工厂": date(2023, 12, 31)}


def test_a_new_version_moves_targets_ends_what_is_gone_and_keeps_who_reports():
    plan = PlanFactory(pack="")
    first = PlanVersionFactory(plan=plan)
    MeasureTargetFactory(measure=measure(first), indicator="培训人数", value=Decimal(300))
    MeasureTargetFactory(measure=measure(first, key="四"), indicator="组织招聘会", unit="场次")
    taken_over(first)
    chosen = UnitFactory()
    Indicator.objects.update(reporting_unit=chosen)
    PlanVersion.objects.update(state=VersionState.REPLACED)
    second = PlanVersionFactory(plan=plan, sequence=2)
    MeasureTargetFactory(
        measure=measure(second, key="五"), indicator="培训人数", value=Decimal(500)
    )
    later = date(2023, 6, 1)
    assert taken_over(second, later) == 1
    trained = Indicator.objects.get(name="培训人数")
    assert (trained.targets.get().value, trained.targets.get().clause) == (500, "五")
    assert (trained.ended_on, trained.reporting_unit) == (None, chosen)
    assert Indicator.objects.get(name="组织招聘会").ended_on == later
    entry = Entry.objects.latest("sequence")
    assert (entry.action, entry.detail["begun"], entry.detail["ended"]) == (
        "indicator.take_over", 0, 1,
    )  # fmt: skip
