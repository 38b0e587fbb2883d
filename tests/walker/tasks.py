"""A task of an office of one of the two towns, with a part it handed down, reports and a file."""

from typing import TYPE_CHECKING

from tests.factories.accounts import UnitFactory
from tests.factories.duties import (
    PlanVersionFactory,
    ProgressFactory,
    ProofFactory,
    TaskDueFactory,
    TaskFactory,
    TaskUnitFactory,
)

from anju.duties.actions import dues
from anju.duties.actions.progress import PROOFS
from anju.duties.models import Plan

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_tasks(town: "Town") -> None:
    """A task of the plan of both towns, led by an office of this one."""
    number, mark = len(town.samples.get("task", ())), town.people
    plan = Plan.objects.filter(short_title="两镇方案").first()
    plan = plan or PlanVersionFactory(plan__short_title="两镇方案").plan
    unit, below = (
        UnitFactory(name=f"{mark}{name}{number}", kind="town", division_code=town.code)
        for name in ("任务办", "村办")
    )
    task = TaskFactory(
        number=f"ZQ{town.letter}-RW-{number}", plan=plan, title=f"{mark}培训", clause="一",
        requirement=f"{mark}要求", goal=300, goal_unit="人", operator=">=",
    )  # fmt: skip
    part = TaskFactory(
        number=f"{task.number}-1", plan=plan, parent=task, kind="delegated", given_by=unit,
        title=f"{mark}交办",
    )  # fmt: skip
    for each, by in ((task, unit), (part, below)):
        TaskUnitFactory(task=each, unit=by)
        report = ProgressFactory(due=TaskDueFactory(task=each), unit=by, words=f"{mark}已办")
    proof = ProofFactory(progress=report, file_name=f"{mark}名册.txt")
    PROOFS.store(proof.pk, f"{mark}名册".encode())
    dues.point([task.pk, part.pk])
    town.add_sample("plan_of_both", plan.pk)
    town.add_sample("task", task.number)
    town.add_sample("task_due", report.due.task.parent.dues.get().pk)
    town.add_sample("progress", report.pk)
    town.add_sample("task_proof", proof.pk)
