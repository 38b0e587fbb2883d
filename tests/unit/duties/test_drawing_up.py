"""An adopted version becomes tasks: one a measure, a part a promise, nothing twice, nothing lost."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from tests.factories.accounts import UnitFactory
from tests.factories.duties import (
    MeasureDeadlineFactory,
    MeasureOfficeFactory,
    MeasureTargetFactory,
    OfficeNameFactory,
    OfficeUnitFactory,
    PlanMeasureFactory,
    PlanVersionFactory,
    ProgressFactory,
)

from anju.audit.actor import SYSTEM
from anju.audit.models import Entry
from anju.duties.actions import dues
from anju.duties.actions.from_plan import draw_up
from anju.duties.asked import asked
from anju.duties.models import (
    NEVER,
    DeadlineKind,
    MeasureState,
    PlanMeasure,
    PlanVersion,
    Task,
    TaskDue,
    TaskState,
    UnitRole,
)

pytestmark = pytest.mark.django_db
ON = date(2023, 1, 15)
LATER = date(2023, 7, 3)
TEXT = "每季度开班一次，2023年底前培训300人。组织招聘会不少于12期。9月底前完成登记。其他工作。"


@pytest.fixture
def version() -> PlanVersion:
    """A version without measures."""
    return PlanVersionFactory(text=TEXT)


def _measure(version: PlanVersion, **values: object) -> PlanMeasure:
    state = values.pop("state", MeasureState.CONFIRMED)
    return PlanMeasureFactory(version=version, state=state, **values)


def _by(measure: PlanMeasure, due_on: date | None = date(2023, 12, 31), **values: object) -> None:
    said = {"words": "2023年底前", "kind": DeadlineKind.BY, "every": "", **values}
    MeasureDeadlineFactory(measure=measure, due_on=due_on, **said)


@pytest.mark.parametrize(
    ("said", "value", "indicator", "meant"),
    [
        ("=", 50, "闲置资产盘活率", ">="),
        ("=", 2, "帮扶车间", ">="),
        ("=", 0, "返贫户", "<="),
        ("=", 3, "贷款逾期率", "<="),
        ("=", 95, "问题整改率", ">="),
        ("<", 1, "数据差错率", "<"),
        ("between", 3, "示范村", "between"),
    ],
)
def test_a_task_asks_what_a_plain_number_means(
    version: PlanVersion, said: str, value: int, indicator: str, meant: str
) -> None:
    assert asked(said, Decimal(value), indicator) == meant
    upper = Decimal(5) if said == "between" else None
    MeasureTargetFactory(
        measure=_measure(version), indicator=indicator, operator=said, value=value, upper=upper
    )
    draw_up(by=SYSTEM, on=ON, version=version)
    assert Task.objects.get().operator == meant


def _dues(task: Task) -> list[str]:
    return [str(due.due_on) for due in TaskDue.objects.filter(task=task)]


def test_a_measure_with_one_promise_is_one_task_with_its_units(version: PlanVersion) -> None:
    measure = _measure(version)
    MeasureTargetFactory(measure=measure, start=13)
    _by(measure, start=8)
    office = OfficeNameFactory(name="县人社局")
    unit, other = UnitFactory(), UnitFactory()
    OfficeUnitFactory(office=office, unit=unit)
    OfficeUnitFactory(office=office, unit=other)
    MeasureOfficeFactory(measure=measure, name="县人社局", role=UnitRole.LEAD)
    MeasureOfficeFactory(measure=measure, name="没有对照的单位", role=UnitRole.COOPERATING)
    _measure(version, state=MeasureState.DROPPED)

    assert draw_up(by=SYSTEM, on=ON, version=version) == 1

    task = Task.objects.get()
    assert (task.clause, task.title) == (measure.key, measure.title)
    assert (task.due_on, task.every, task.operator, task.goal, task.goal_unit) == (
        date(2023, 12, 31),
        "",
        ">=",
        Decimal(300),
        "人",
    )
    assert set(task.units.values_list("unit", "role")) == {(unit.pk, "lead"), (other.pk, "lead")}
    assert _dues(task) == ["2023-12-31"]
    assert task.next_due_on == date(2023, 12, 31)
    assert Entry.objects.get(action="task.draw_up").detail["made"] == 1
    assert draw_up(by=SYSTEM, on=ON, version=version) == 0
    assert Task.objects.count() == 1


def test_each_target_and_each_deadline_of_its_own_is_a_part(version: PlanVersion) -> None:
    measure = _measure(version)
    MeasureDeadlineFactory(measure=measure, words="每季度", start=0)
    _by(measure, start=8)
    MeasureTargetFactory(measure=measure, start=13, due_on=None)
    MeasureTargetFactory(measure=measure, start=22, due_on=None, indicator="招聘会", value=12)
    _by(measure, None, words="9月底前", start=30)
    _by(measure, None, words="自受理之日起15日内", kind=DeadlineKind.WITHIN)

    assert draw_up(by=SYSTEM, on=ON, version=version) == 5

    whole = Task.objects.get(parent=None)
    parts = list(Task.objects.filter(parent=whole).order_by("pk"))
    assert [(p.title, p.due_on, p.every, p.goal) for p in parts] == [
        ("培训人数", date(2023, 12, 31), "", Decimal(300)),
        ("招聘会", None, "", Decimal(12)),
        ("开展技能培训（每季度）", None, "quarter", None),
        ("开展技能培训（9月底前）", None, "", None),
    ]
    assert _dues(whole) == []
    assert _dues(parts[2]) == ["2023-03-31"]
    assert [p.next_due_on for p in parts] == [
        date(2023, 12, 31), NEVER, date(2023, 3, 31), NEVER,
    ]  # fmt: skip
    assert whole.next_due_on == date(2023, 3, 31)
    assert [p.number for p in parts] == [f"{whole.number}-{n}" for n in (1, 2, 3, 4)]


def test_work_of_each_week_is_asked_for_once_a_month_and_yearly_days_come_each_year(
    version: PlanVersion,
) -> None:
    weekly, yearly, soon = _measure(version), _measure(version), _measure(version)
    MeasureDeadlineFactory(measure=weekly, words="每周", every="week")
    MeasureDeadlineFactory(measure=yearly, words="每年9月底前", every="year")
    _by(soon, None, words="两个月内", kind=DeadlineKind.WITHIN)

    draw_up(by=SYSTEM, on=ON, version=version)

    every, september, within = Task.objects.order_by("pk")
    assert _dues(every) == ["2023-01-31", "2023-02-28", "2023-03-31"]
    assert _dues(september) == ["2023-09-30"]
    assert _dues(within) == ["2023-03-10"]  # of the plan, which is of the 10th of January
    assert dues.lay_ahead(by=SYSTEM, on=date(2023, 9, 1)) == 1
    assert dues.lay_ahead(by=SYSTEM, on=date(2023, 9, 1)) == 0
    assert _dues(every)[-1] == "2023-11-30"
    dues.lay_ahead(by=SYSTEM, on=date(2023, 10, 1))
    assert _dues(september) == ["2023-09-30", "2024-09-30"]


def test_rhythms_between_those_of_the_calendar_have_days_of_their_own(version: PlanVersion) -> None:
    told = (
        ("每两周", "two_weeks"),
        ("每半月", "half_month"),
        ("每两个月", "two_months"),
        ("每季度末月25日前", "quarter"),
    )
    for words, every in told:
        MeasureDeadlineFactory(measure=_measure(version), words=words, every=every)

    draw_up(by=SYSTEM, on=ON, version=version)

    two_weeks, half_month, two_months, quarter = map(_dues, Task.objects.order_by("pk"))
    days = [date.fromisoformat(day) for day in two_weeks]
    assert {(after - before).days for before, after in pairwise(days)} == {14}
    assert {"2023-03-15", "2023-03-31"} <= set(half_month)
    assert two_months == ["2023-02-28", "2023-04-30"][: len(two_months)]
    assert quarter == ["2023-03-25"]


def test_what_recurs_ends_with_its_plan(version: PlanVersion) -> None:
    measure = _measure(version)
    MeasureDeadlineFactory(measure=measure, words="每季度", every="quarter")
    draw_up(by=SYSTEM, on=ON, version=version)
    version.plan.ended_on = date(2023, 8, 1)
    version.plan.save()

    dues.lay_ahead(by=SYSTEM, on=LATER)

    assert _dues(Task.objects.get()) == ["2023-03-31", "2023-06-30"]


def _next(version: PlanVersion) -> PlanVersion:
    version.state = "replaced"
    version.save()
    return PlanVersionFactory(plan=version.plan, sequence=2, text=TEXT)


def test_a_carried_measure_keeps_its_task_and_what_the_new_version_drops_is_ended(
    version: PlanVersion,
) -> None:
    kept, dropped = _measure(version), _measure(version)
    for measure in (kept, dropped):
        _by(measure)
    draw_up(by=SYSTEM, on=ON, version=version)
    task, other = Task.objects.order_by("pk")
    by_hand = UnitFactory()
    task.units.create(unit=by_hand, role=UnitRole.LEAD)
    ProgressFactory(due=other.dues.get(), unit=by_hand)

    new = _next(version)
    carried = _measure(new, carried_from=kept, title="开展职业培训")
    _by(carried)
    assert draw_up(by=SYSTEM, on=LATER, version=new) == 0

    task.refresh_from_db()
    other.refresh_from_db()
    assert (task.measure_id, task.title, task.state) == (carried.pk, "开展职业培训", "open")
    assert [row.unit_id for row in task.units.all()] == [by_hand.pk]
    assert (other.state, other.closed_on, other.next_due_on) == (TaskState.ENDED, LATER, NEVER)
    assert "不再有这一项" in other.closing_note
    assert other.dues.get().state == "lapsed"
    assert draw_up(by=SYSTEM, on=LATER, version=new) == 0


def test_changed_promises_of_a_carried_measure_change_only_those_parts(
    version: PlanVersion,
) -> None:
    measure = _measure(version)
    MeasureTargetFactory(measure=measure, due_on=date(2023, 12, 31))
    MeasureTargetFactory(measure=measure, due_on=date(2024, 12, 31), value=500)
    draw_up(by=SYSTEM, on=ON, version=version)
    whole, first, second = Task.objects.order_by("pk")
    Task.objects.filter(pk=first.pk).update(due_on=date(2023, 10, 31))  # set by hand
    dues.give_up([first.pk], on=ON)
    dues.lay([Task.objects.get(pk=first.pk)], on=ON)

    new = _next(version)
    carried = _measure(new, carried_from=measure)
    same = MeasureTargetFactory(measure=carried, due_on=date(2023, 12, 31))
    MeasureTargetFactory(measure=carried, due_on=date(2024, 12, 31), value=600)
    assert draw_up(by=SYSTEM, on=LATER, version=new) == 1

    whole, first, second, third = Task.objects.order_by("pk")
    assert (first.target_id, first.due_on, first.state) == (same.pk, date(2023, 10, 31), "open")
    assert second.state == TaskState.ENDED
    assert (third.goal, third.parent_id, third.number[-2:]) == (Decimal(600), whole.pk, "-3")
    assert whole.next_due_on == date(2023, 10, 31)


def test_a_measure_that_comes_to_promise_more_gets_parts_and_its_own_day_goes(
    version: PlanVersion,
) -> None:
    measure = _measure(version)
    _by(measure)
    draw_up(by=SYSTEM, on=ON, version=version)

    new = _next(version)
    carried = _measure(new, carried_from=measure)
    _by(carried)
    MeasureDeadlineFactory(measure=carried, words="每季度")
    assert draw_up(by=SYSTEM, on=LATER, version=new) == 2

    whole, first, second = Task.objects.order_by("pk")
    assert (_dues(whole), _dues(first), _dues(second)) == ([], ["2023-12-31"], ["2023-09-30"])
    assert whole.next_due_on == date(2023, 9, 30)
