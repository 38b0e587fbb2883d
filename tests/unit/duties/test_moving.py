"""A name of an office that means another unit: which tasks move, in one step, on the record."""

from datetime import date

import pytest
from tests.factories.county import Cast
from tests.factories.duties import (
    MeasureOfficeFactory,
    OfficeNameFactory,
    OfficeUnitFactory,
    PlanMeasureFactory,
    PlanVersionFactory,
)
from tests.unit.duties.offices import Offices

from anju.audit.models import Entry
from anju.duties.actions import offices as actions
from anju.duties.actions.from_plan import draw_up
from anju.duties.actions.tasks import TaskMoved, set_units
from anju.duties.models import MeasureState, OfficeUnit, Task, UnitRole
from anju.duties.queries.moving import moving

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 20)


@pytest.fixture
def offices(cast: Cast) -> Offices:
    return Offices()


@pytest.fixture
def tasks(offices: Offices) -> list[Task]:
    """Two measures of 县人社局, and one of another office."""
    version = PlanVersionFactory()
    for name, key in (("县人社局", "work"), ("县财政局", "money")):
        OfficeUnitFactory(office=OfficeNameFactory(name=name), unit=offices.units[key])
    for name in ("县人社局", "县人社局", "县财政局"):
        measure = PlanMeasureFactory(version=version, state=MeasureState.CONFIRMED)
        MeasureOfficeFactory(measure=measure, name=name, role=UnitRole.LEAD)
    draw_up(by=offices.viewer("lead").actor(), on=ON, version=version)
    return list(Task.objects.order_by("pk"))


def _settle(offices: Offices, moved: dict[str, int] | None = None) -> None:
    viewer = offices.viewer("lead")
    actions.settle(
        by=viewer.actor(), on=ON, viewer=viewer, names={"县人社局": [offices.units["money"]]},
        moved=moved,
    )  # fmt: skip


def _leads(tasks: list[Task]) -> list[str]:
    return ["、".join(each.unit.name for each in task.units.all()) for task in tasks]


def test_tasks_that_would_move_are_told_and_those_chosen_move_in_one_step(
    offices: Offices, tasks: list[Task]
) -> None:
    viewer = offices.viewer("lead")
    set_units(
        by=viewer.actor(), on=ON, viewer=viewer, task=tasks[1], seen=0, reason="分工调整",
        units=[(offices.units["north"].pk, "lead")],
    )  # fmt: skip
    found = moving({"县人社局": [offices.units["money"]]})
    assert [(each.task, each.is_by_hand) for each in found] == [
        (tasks[0], False), (tasks[1], True),
    ]  # fmt: skip

    _settle(offices, {tasks[0].number: 0})

    assert _leads(tasks) == ["县财政局", "北枫镇人民政府", "县财政局"]
    entry = Entry.objects.filter(action="task.set_units").order_by("sequence").last()
    assert (entry.ids, entry.reason) == ([tasks[0].number], "单位名称“县人社局”重新对照")
    assert not [
        each for each in moving({"县人社局": [offices.units["money"]]}) if not each.is_by_hand
    ]


def test_without_a_choice_only_the_name_is_settled(offices: Offices, tasks: list[Task]) -> None:
    _settle(offices)
    assert _leads(tasks) == ["县人社局", "县人社局", "县财政局"]


def test_what_somebody_changed_meanwhile_moves_nothing_at_all(
    offices: Offices, tasks: list[Task]
) -> None:
    with pytest.raises(TaskMoved):
        _settle(offices, {tasks[0].number: 0, tasks[1].number: 7})
    assert _leads(tasks)[0] == "县人社局"
    assert OfficeUnit.objects.get(office__name="县人社局").unit == offices.units["work"]
