"""Setting dates and units, adding and ending tasks, handing parts down, desks and lights."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.factories.county import County
from tests.factories.duties import ProgressFactory
from tests.unit.duties.offices import ON, Offices

from anju.audit.models import Entry
from anju.duties.actions import delegating, progress, tasks
from anju.duties.actions.delegating import Asked
from anju.duties.actions.progress import Said
from anju.duties.actions.tasks import Dates, TaskMoved, Wanted
from anju.duties.lights import Light
from anju.duties.models import NEVER, Task, TaskDue
from anju.duties.queries import reports, standing, task_desk, tasks_for
from anju.duties.queries.answering import may_check
from anju.duties.refusals import DutyRefused

pytestmark = pytest.mark.django_db
WARN = 7


@pytest.fixture
def offices(county: County, settings: object, tmp_path: Path) -> Offices:
    settings.FILES_DIR = tmp_path / "files"
    return Offices()


def _given(offices: Offices, who: str, **said: object) -> dict[str, object]:
    viewer = offices.viewer(who)
    return {"by": viewer.actor(), "on": ON, "viewer": viewer, **said}


def _dues(task: Task) -> list[tuple[str, str]]:
    return [(str(due.due_on), due.state) for due in TaskDue.objects.filter(task=task)]


def test_a_task_is_added_by_hand(offices: Offices) -> None:
    plan = offices.task().plan
    wanted = Wanted("建立台账", "三", "按户建立", Dates(None, "quarter"), Decimal(5), "本")
    unit = offices.units["work"].pk

    task = tasks.add(**_given(offices, "lead"), plan=plan, wanted=wanted, units=[(unit, "lead")])

    assert (task.number, task.kind) == (f"RW-{plan.pk:03}-0002", "added")
    assert _dues(task) == [("2023-06-30", "waiting")]
    assert Entry.objects.get(action="task.add").ids == [task.number]
    with pytest.raises(DutyRefused, match="岗位"):
        tasks.add(**_given(offices, "work"), plan=plan, wanted=wanted, units=[(unit, "lead")])
    with pytest.raises(DutyRefused, match="至少选一个单位"):
        tasks.add(**_given(offices, "lead"), plan=plan, wanted=wanted, units=[])


def test_a_task_without_a_date_gets_one_and_a_changed_date_needs_a_reason(
    offices: Offices,
) -> None:
    task = offices.task(("work", "lead"), due_on=None)
    assert task_desk.without_date(offices.viewer("lead")) == (1, task.starts_on)
    assert task_desk.without_date(offices.viewer("work")) == (0, None)

    given = _given(offices, "lead", task=task)
    tasks.set_dates(**given, seen=0, dates=Dates(date(2023, 8, 1)), reason="")
    assert _dues(task) == [("2023-08-01", "waiting")]
    assert task_desk.without_date(offices.viewer("lead")) == (0, None)
    with pytest.raises(DutyRefused, match="理由"):
        tasks.set_dates(**given, seen=1, dates=Dates(date(2023, 9, 1)), reason="")
    ProgressFactory(due=task.dues.get(), unit=offices.units["work"], state="accepted")
    tasks.set_dates(**given, seen=1, dates=Dates(None, "month"), reason="改为按月")

    assert _dues(task) == [
        ("2023-06-30", "waiting"), ("2023-07-31", "waiting"), ("2023-08-01", "lapsed"),
        ("2023-08-31", "waiting"),
    ]  # fmt: skip
    task.refresh_from_db()
    assert task.next_due_on == date(2023, 6, 30)
    with pytest.raises(TaskMoved):
        tasks.set_dates(**given, seen=1, dates=Dates(date(2023, 9, 1)), reason="x")
    entry = Entry.objects.filter(action="task.set_dates").last()
    assert entry.reason == "改为按月"


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (Dates(date(2023, 6, 1)), "早于今天"),
        (Dates(None, "week"), "每月、每季度"),
        (Dates(None, "", date(2023, 9, 1)), "一次性任务"),
        (Dates(None, "month", date(2023, 6, 1)), "终止日期不能早于"),
    ],
)
def test_dates_that_make_no_sense_are_refused(offices: Offices, dates: Dates, said: str) -> None:
    task = offices.task(("work", "lead"))
    with pytest.raises(DutyRefused, match=said):
        tasks.set_dates(**_given(offices, "lead"), task=task, seen=0, dates=dates, reason="x")


def test_units_change_with_a_reason_and_the_parts_follow(offices: Offices) -> None:
    whole = offices.task(("work", "lead"), is_whole=True, due_on=None)
    part = offices.task(("work", "lead"), kind="promise", parent=whole, plan=whole.plan)
    wanted = [(offices.units["money"].pk, "lead"), (offices.units["work"].pk, "co-operating")]

    given = _given(offices, "lead", task=whole, seen=0, units=wanted)
    with pytest.raises(DutyRefused, match="理由"):
        tasks.set_units(**given, reason="")
    tasks.set_units(**given, reason="职责调整")

    for each in (whole, part):
        assert sorted(each.units.values_list("unit", "role")) == sorted(wanted)
    with pytest.raises(DutyRefused, match="分项"):
        tasks.set_dates(
            **_given(offices, "lead"), task=whole, seen=1, dates=Dates(date(2024, 1, 1)), reason="x"
        )


def test_ending_ends_the_parts_and_nothing_is_asked_for_any_more(offices: Offices) -> None:
    task = offices.task(("work", "lead"))
    given = _given(offices, "work", task=task)
    (part,) = delegating.delegate(
        **given, units=[offices.units["north"].pk], asked=Asked("", date(2023, 7, 1))
    )
    with pytest.raises(DutyRefused, match="岗位"):
        tasks.end(**given, seen=1, reason="不做了")

    assert tasks.end(**_given(offices, "lead"), task=task, seen=1, reason="并入其他工作") == 2

    task.refresh_from_db()
    part.refresh_from_db()
    assert (task.state, task.closing_note, task.next_due_on) == ("ended", "并入其他工作", NEVER)
    assert (part.state, _dues(part)) == ("ended", [])


def test_a_part_is_handed_down_and_its_answers_come_together(offices: Offices) -> None:
    task = offices.task(("work", "lead"), operator=">=", goal=300, goal_unit="人")
    towns = [offices.units[name].pk for name in ("north", "south")]

    parts = delegating.delegate(
        **_given(offices, "work"), task=task, units=towns, asked=Asked("报人数", date(2023, 7, 1))
    )

    assert [part.number for part in parts] == [f"{task.number}-1", f"{task.number}-2"]
    north = offices.viewer("north")
    assert list(tasks_for(north)) == [parts[0]]
    assert not may_check(offices.viewer("lead"), parts[0])
    made = []
    for who, part, value in (("north", parts[0], 80), ("south", parts[1], 45)):
        viewer = offices.viewer(who)
        said = Said(f"培训{value}人。", Decimal(value), is_complete=True)
        due = part.dues.get()
        made.append(progress.submit(by=viewer.actor(), on=ON, viewer=viewer, due=due, said=said))
    work = offices.viewer("work")
    assert [each.pk for each in task_desk.to_check(work)] == [each.pk for each in made]
    assert not task_desk.to_check(offices.viewer("lead"))
    progress.accept(by=work.actor(), on=ON, viewer=work, progress=made[0])

    known = reports.known_of(task.dues.get(), offices.units["work"])
    assert (known.value, known.is_sum) == (Decimal(125), True)
    assert known.words == "北枫镇人民政府：培训80人。\n南枫镇人民政府：培训45人。"
    task.refresh_from_db()
    assert task.state == "open"  # what was handed down helps, and settles nothing


def test_handing_down_keeps_to_the_own_place_and_day(offices: Offices) -> None:
    task = offices.task(("work", "lead"), ("money", "co-operating"), due_on=date(2023, 9, 30))
    north = offices.units["north"].pk

    def hand(who: str, units: list[int], day: date, recurs: bool = False) -> None:
        asked = Asked("", day, recurs)
        delegating.delegate(**_given(offices, who), task=task, units=units, asked=asked)

    for who, units, day, recurs, said in (
        ("money", [north], date(2023, 9, 1), False, "承担单位"),
        ("work", [], date(2023, 9, 1), False, "辖区"),
        ("work", [offices.units["work"].pk], date(2023, 9, 1), False, "辖区"),
        ("work", [north], date(2023, 10, 1), False, "不能晚于本任务"),
        ("work", [north], date(2023, 6, 1), False, "早于今天"),
        ("work", [north], date(2023, 9, 1), True, "一次性"),
    ):
        with pytest.raises(DutyRefused, match=said):
            hand(who, units, day, recurs)
    hand("work", [north], date(2023, 9, 30))
    with pytest.raises(DutyRefused, match="没办结"):
        hand("work", [north], date(2023, 9, 1))

    of_town = Task.objects.get(parent=task)
    with pytest.raises(DutyRefused, match="辖区"):
        delegating.delegate(
            **_given(offices, "north"), task=of_town, units=[offices.units["south"].pk],
            asked=Asked("", date(2023, 9, 1)),
        )  # fmt: skip
    delegating.delegate(
        **_given(offices, "north"), task=of_town, units=[offices.units["village"].pk],
        asked=Asked("", date(2023, 9, 1)),
    )  # fmt: skip


def test_what_recurs_is_handed_down_for_each_period(offices: Offices) -> None:
    task = offices.task(("work", "lead"), due_on=None, every="quarter", starts_on=date(2023, 4, 1))
    (part,) = delegating.delegate(
        **_given(offices, "work"), task=task, units=[offices.units["north"].pk],
        asked=Asked("", date(2023, 6, 25), recurs=True),
    )  # fmt: skip

    assert _dues(part) == [("2023-06-25", "waiting"), ("2023-09-25", "waiting")]
    later = date(2023, 9, 20)
    viewer = offices.viewer("north", later)
    for due, value in zip(part.dues.order_by("due_on"), (5, 7), strict=True):
        said = Said("x", Decimal(value))
        progress.submit(by=viewer.actor(), on=later, viewer=viewer, due=due, said=said)
    third = TaskDue.objects.get_or_create(task=task, period="2023Q3", due_on=date(2023, 9, 30))[0]
    assert [each.value for each in reports.answers_of(third)] == [7]


def test_the_desk_shows_what_the_own_unit_owes_late_ones_first(offices: Offices) -> None:
    late = offices.task(("work", "lead"), due_on=date(2023, 6, 1))
    soon = offices.task(("work", "responsible"), due_on=ON + timedelta(days=WARN))
    offices.task(("work", "lead"), due_on=ON + timedelta(days=WARN + 1))
    helped = offices.task(("money", "lead"), ("work", "co-operating"), due_on=ON)

    def desk(who: str) -> list[int]:
        return [each.task_id for each in task_desk.owed(offices.viewer(who), ON, WARN, 9)]

    assert desk("work") == [late.pk, soon.pk]
    assert desk("money") == [helped.pk]
    assert desk("lead") == desk("north") == []
    viewer = offices.viewer("work")
    due = late.dues.get()
    made = progress.submit(
        by=viewer.actor(), on=ON, viewer=viewer, due=due, said=Said("已办。", is_complete=True)
    )
    assert desk("work") == [soon.pk]
    assert list(task_desk.to_check(offices.viewer("checker"))) == [made]
    assert not task_desk.to_check(viewer)


def test_lights_one_by_one_as_conditions_and_counted_agree(offices: Offices) -> None:
    plan = offices.task(("work", "lead"), due_on=date(2023, 6, 19)).plan
    for due_on in (date(2023, 6, 20), date(2023, 6, 27), date(2023, 6, 28), None):
        offices.task(("work", "lead"), ("money", "co-operating"), plan=plan, due_on=due_on)
    in_time, too_late = (
        offices.task(("work", "lead"), plan=plan, due_on=day)
        for day in (date(2023, 6, 15), date(2023, 6, 10))
    )
    for task in (in_time, too_late):
        viewer = offices.viewer("work", date(2023, 6, 14))
        progress.submit(
            by=viewer.actor(), on=date(2023, 6, 14), viewer=viewer, due=task.dues.get(),
            said=Said("已办。", is_complete=True),
        )  # fmt: skip
    offices.task(("work", "lead"), plan=plan, state="done", closed_on=ON)
    ended = offices.task(("work", "lead"), plan=plan, state="ended", closed_on=ON)
    Task.objects.filter(state__in=["done", "ended"]).update(next_due_on=NEVER)

    wanted = {"red": 2, "yellow": 2, "green": 2, "no_date": 1, "done": 1}
    found = {
        each: [task.pk for task in Task.objects.filter(standing.where(each, ON, WARN))]
        for each in Light
    }
    assert {str(each): len(pks) for each, pks in found.items()} == wanted
    for each, pks in found.items():
        for task in Task.objects.filter(pk__in=pks):
            assert standing.light_of(task, ON, WARN) is each
    ended.refresh_from_db()
    assert standing.light_of(ended, ON, WARN) is None
    (counted,) = standing.by_plan(Task.objects.all(), ON, WARN)
    assert {str(each): n for each, n in counted.counts.items()} == wanted
    units = {each.name: each.total for each in standing.by_unit(Task.objects.all(), ON, WARN)}
    assert units == {"县人社局": 8, "县财政局": 4}
    assert standing.light_of_due(too_late.dues.get(), ON, WARN) is Light.RED
    assert standing.light_of_due(in_time.dues.get(), ON, WARN) is Light.GREEN
