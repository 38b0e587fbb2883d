"""Two people act on the same tasks at once, in two processes: nothing is lost, nothing doubled."""

from datetime import date
from multiprocessing.synchronize import Barrier
from typing import Any

import pytest
from tests.processes import _SEED, Office, wait

pytestmark = pytest.mark.slow

ROUNDS = 12
ON = date(2023, 9, 5)
BUREAU, OTHER = "bureau", "other"


def _lay_out() -> None:
    """Of each kind so many tasks: wholes of two promises and tasks of two days, all reported; days of
    two units, one of which has reported; and days that nobody has reported on."""
    from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
    from tests.factories.county import COUNTY
    from tests.factories.duties import PlanFactory

    from anju.places.models import Division, Level

    Division.objects.create(code=COUNTY, name="枫溪县", level=Level.COUNTY)
    plan = PlanFactory()
    units = [UnitFactory(name=f"枫溪县{name}局") for name in (BUREAU, OTHER)]
    people = {BUREAU: units[0], "colleague": units[0], OTHER: units[1]}
    for name, unit in people.items():
        user = UserFactory(username=name, unit=unit)
        PostFactory(user=user, role="department", division_code=COUNTY)
    for name in ("checker", "second"):
        PostFactory(user=UserFactory(username=name), role="lead_bureau", division_code=COUNTY)
    for number in range(ROUNDS):
        _lay_round(plan, units, number)


def _lay_round(plan: Any, units: list[Any], number: int) -> None:
    from tests.factories.duties import (
        ProgressFactory,
        TaskDueFactory,
        TaskFactory,
        TaskUnitFactory,
    )

    from anju.duties.models import TaskKind

    def task(name: str, **said: Any) -> Any:
        made = TaskFactory(plan=plan, number=f"{name}-{number}", starts_on=date(2023, 1, 1), **said)
        TaskUnitFactory(task=made, unit=units[0], role="lead")
        return made

    def reported(due: Any, unit: Any = units[0]) -> None:
        ProgressFactory(due=due, unit=unit, is_complete=True, reported_by="somebody")

    whole = task("WHOLE", is_whole=True)
    for place in (1, 2):
        part = task(f"PART{place}", parent=whole, kind=TaskKind.PROMISE)
        reported(TaskDueFactory(task=part, due_on=date(2023, 9, 20)))
    twice = task("TWICE")
    for day in (10, 20):
        reported(TaskDueFactory(task=twice, due_on=date(2023, 9, day)))
    both = task("BOTH")
    TaskUnitFactory(task=both, unit=units[1], role="lead")
    reported(TaskDueFactory(task=both, due_on=date(2023, 9, 20)), units[1])
    for name in ("SAME", "MOVED"):
        TaskDueFactory(task=task(name), due_on=date(2023, 9, 20))


def _act(together: Barrier, steps: list[tuple[str, str, str, date]]) -> None:
    """Do the same kind of thing to one task after the other, each at the moment of the other process."""
    for who, what, name, day in steps:
        for number in range(ROUNDS):
            together.wait(60)
            _do(who, what, f"{name}-{number}", day)


def _do(who: str, what: str, number: str, day: date) -> None:
    from anju.accounts.models import User
    from anju.accounts.queries import viewer_of
    from anju.duties.actions import progress, tasks
    from anju.duties.actions.progress import Said
    from anju.duties.models import Progress, TaskDue
    from anju.duties.models import Task as Tasks
    from anju.duties.refusals import DutyRefused

    viewer = viewer_of(User.objects.get(username=who), on=ON)
    given: dict[str, Any] = {"by": viewer.actor(), "on": ON, "viewer": viewer}
    due = TaskDue.objects.select_related("task").filter(task__number=number, due_on=day).first()
    if due is None:
        return  # moved to another day already
    try:
        if what == "move":
            task = Tasks.objects.get(number=number)
            dates = tasks.Dates(due_on=date(2023, 9, 25))
            tasks.set_dates(**given, task=task, seen=task.version, dates=dates, reason="改期")
        elif what == "accept":
            progress.accept(**given, progress=Progress.objects.get(due=due, reported_by="somebody"))
        else:
            progress.submit(**given, due=due, said=Said("已完成。", is_complete=True))
    except DutyRefused:
        return


def test_two_who_act_on_a_task_at_once_lose_nothing_and_double_nothing(office: Office) -> None:
    office.run(_lay_out)
    together = _SEED.Barrier(2)
    first, second = date(2023, 9, 10), date(2023, 9, 20)
    pair = [
        office.start(_act, together, [
            ("checker", "accept", "PART1", second),
            ("checker", "accept", "TWICE", first),
            (BUREAU, "submit", "BOTH", second),
            (BUREAU, "submit", "SAME", second),
            (BUREAU, "submit", "MOVED", second),
        ]),
        office.start(_act, together, [
            ("second", "accept", "PART2", second),
            ("second", "accept", "TWICE", second),
            ("second", "accept", "BOTH", second),
            ("colleague", "submit", "SAME", second),
            ("second", "move", "MOVED", second),
        ]),
    ]  # fmt: skip
    assert [wait(each) for each in pair] == [0, 0]

    states = dict(office.ask("SELECT number, state FROM duties_task"))
    assert {states[f"{name}-{n}"] for name in ("WHOLE", "TWICE") for n in range(ROUNDS)} == {"done"}
    both = office.ask(
        "SELECT d.state, count(p.id) FROM duties_taskdue d JOIN duties_task t ON t.id = d.task_id"
        " JOIN duties_progress p ON p.due_id = d.id WHERE t.number LIKE 'BOTH-%' GROUP BY d.id, d.state"
    )
    assert both == [("submitted", 2)] * ROUNDS
    same = office.ask(
        "SELECT count(*), count(DISTINCT p.due_id) FROM duties_progress p JOIN duties_taskdue d"
        " ON d.id = p.due_id JOIN duties_task t ON t.id = d.task_id WHERE t.number LIKE 'SAME-%'"
    )
    assert same == [(ROUNDS, ROUNDS)]
    submitted = office.ask("SELECT count(*) FROM audit_entry WHERE action = 'progress.submit'")
    reports = office.ask("SELECT count(*) FROM duties_progress WHERE reported_by <> 'somebody'")
    assert submitted == reports  # what was told as done is there, each once
    stale = office.ask(
        "SELECT t.number FROM duties_task t JOIN duties_taskdue d ON d.task_id = t.id"
        " WHERE t.state = 'open' AND NOT t.is_whole AND d.state NOT IN ('accepted', 'lapsed')"
        " GROUP BY t.id, t.number, t.next_due_on HAVING min(d.due_on) <> t.next_due_on"
    )
    assert stale == []
