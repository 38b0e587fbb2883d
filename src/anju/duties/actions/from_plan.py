"""Tasks from an adopted version of a plan: one a confirmed measure, with parts for its promises.

A measure that was carried from the version before keeps its task with all that was reported; where
its words changed, what changed is brought up to date. Dates and units that somebody set by hand stay
as long as the plan says the same as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.actions import dues
from anju.duties.actions.holding import hold
from anju.duties.asked import asked
from anju.duties.models import (
    MeasureState,
    OfficeUnit,
    Plan,
    PlanMeasure,
    PlanVersion,
    Task,
    TaskKind,
    TaskState,
    TaskUnit,
)
from anju.duties.promises import Promise, When, promises_of

Answering = set[tuple[int, str]]


@transaction.atomic
def draw_up(*, by: Actor, on: date, version: PlanVersion) -> int:
    """Draw up the tasks of a version that is being adopted; how many are new. Safe to repeat.

    The caller answers for who may adopt a version.
    """
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    hold(Task.objects.filter(plan=plan).order_by().values_list("pk", flat=True))
    drawing = _Drawing(plan, version, on)
    for measure in drawing.measures:
        drawing.take(measure)
    made = drawing.write()
    ended = drawing.end_what_is_gone()
    if made or drawing.moved or ended:
        record(
            by=by,
            action="task.draw_up",
            kind="task",
            ids=[task.number for task in drawing.new],
            count=made + drawing.moved + ended,
            detail={
                "plan": plan.pk,
                "version": version.sequence,
                "made": made,
                "kept": drawing.moved,
                "ended": ended,
            },
        )
    return made


def end_all(tasks: Iterable[Task], *, on: date, note: str) -> int:
    """End open tasks with all their parts, in the caller's transaction; how many."""
    ids = {task.pk for task in tasks}
    found = set(ids)
    while found:
        found = set(Task.objects.filter(parent__in=found).values_list("pk", flat=True)) - ids
        ids |= found
    hold(ids)
    ending = Task.objects.filter(pk__in=ids, state=TaskState.OPEN)
    open_ids = list(ending.values_list("pk", flat=True))
    ending.update(state=TaskState.ENDED, closed_on=on, closing_note=note)
    dues.give_up(open_ids, on=on)
    dues.point(open_ids)
    return len(open_ids)


@dataclass
class _Drawing:
    """One version being turned into tasks."""

    plan: Plan
    version: PlanVersion
    on: date
    new: list[Task] = field(default_factory=list)
    moved: int = 0

    def __post_init__(self) -> None:
        rows = PlanMeasure.objects.filter(version__plan=self.plan).select_related("version")
        rows = rows.prefetch_related("offices", "deadlines", "targets").order_by("position", "pk")
        self._all = {measure.pk: measure for measure in rows}
        self.measures = [
            measure
            for measure in self._all.values()
            if measure.version_id == self.version.pk and measure.state == MeasureState.CONFIRMED
        ]
        tops = Task.objects.filter(plan=self.plan, parent__isnull=True, kind=TaskKind.MEASURE)
        self._tops = {task.measure_id: task for task in tops.select_related("target")}
        self._count = Task.objects.filter(plan=self.plan, parent__isnull=True).count()
        self._units: dict[str, list[int]] = {}
        for name, unit in OfficeUnit.objects.order_by("pk").values_list("office__name", "unit"):
            self._units.setdefault(name, []).append(unit)
        self._answering: list[tuple[Task, Answering]] = []
        self._due: list[Task] = []
        self._gone: list[Task] = []

    def take(self, measure: PlanMeasure) -> None:
        """Draw up the task of a measure, or let it keep the one it had."""
        if measure.pk in self._tops:
            return
        promises = self._promises(measure)
        task = self._tops.get(measure.carried_from_id) if measure.carried_from_id else None
        if task is None:
            self._draw(measure, promises)
            return
        before = self._all[task.measure_id]  # type: ignore[index]
        self._move(task, before, measure, promises)

    def write(self) -> int:
        """Write new tasks with their units and days; how many there are."""
        TaskUnit.objects.bulk_create(
            TaskUnit(task=task, unit_id=unit, role=role)
            for task, answering in self._answering
            for unit, role in sorted(answering)
        )
        dues.lay(self._due, on=self.on)
        dues.point([task.pk for task, _answering in self._answering])
        return len(self.new)

    def end_what_is_gone(self) -> int:
        """End tasks whose measures or promises the version no longer has; how many."""
        kept = {measure.pk for measure in self.measures}
        gone = [
            task
            for task in Task.objects.filter(
                plan=self.plan, parent__isnull=True, kind=TaskKind.MEASURE, state=TaskState.OPEN
            )
            if task.measure_id not in kept
        ]
        note = _("新版方案（第%(sequence)s版）不再有这一项。") % {"sequence": self.version.sequence}
        return end_all([*gone, *self._gone], on=self.on, note=note)

    def _promises(self, measure: PlanMeasure) -> list[Promise]:
        version = measure.version
        issued_on = self.plan.dated or version.adopted_on or self.on
        return promises_of(measure, text=version.text, issued_on=issued_on)

    def _draw(self, measure: PlanMeasure, promises: Sequence[Promise]) -> None:
        self._count += 1
        own = promises[0] if len(promises) == 1 else None
        task = Task(
            number=f"RW-{self.plan.pk:03}-{self._count:04}",
            plan=self.plan,
            measure=measure,
            kind=TaskKind.MEASURE,
            clause=measure.key,
            title=measure.title,
            starts_on=self.on,
            is_whole=len(promises) > 1,
        )
        _promise(task, own)
        task.save()
        answering = self._answering_for(measure)
        self.new.append(task)
        self._answering.append((task, answering))
        if not task.is_whole:
            self._due.append(task)
        if len(promises) > 1:
            for place, promise in enumerate(promises, start=1):
                self._draw_part(task, measure, promise, place, answering)

    def _draw_part(
        self, task: Task, measure: PlanMeasure, promise: Promise, place: int, answering: Answering
    ) -> None:
        part = Task(
            number=f"{task.number}-{place}",
            plan=self.plan,
            measure=measure,
            parent=task,
            kind=TaskKind.PROMISE,
            clause=measure.key,
            title=promise.title,
            starts_on=self.on,
        )
        _promise(part, promise)
        part.save()
        self.new.append(part)
        self._answering.append((part, answering))
        self._due.append(part)

    def _move(
        self, task: Task, before: PlanMeasure, measure: PlanMeasure, promises: Sequence[Promise]
    ) -> None:
        """Let a task follow its measure into the new version."""
        said = self._promises(before)
        self.moved += 1
        task.measure, task.clause, task.title = measure, measure.key, measure.title
        parts = list(
            Task.objects.filter(parent=task, kind=TaskKind.PROMISE).select_related("target")
        )
        if [each.key for each in said] == [each.key for each in promises]:
            by_key = {each.key: each for each in promises}
            if len(promises) == 1:
                task.target = promises[0].target
        else:
            by_key = {each.key: each for each in promises} if len(promises) > 1 else {}
            self._change(task, parts, measure, promises)
        for part in parts:
            promise = by_key.get(_key_of(part))
            if promise is not None:
                part.measure, part.clause, part.target = measure, measure.key, promise.target
                part.save(update_fields=["measure", "clause", "target"])
            else:
                self._gone.append(part)
        task.version += 1
        task.save()
        self._move_units([task, *parts], before, measure)

    def _change(
        self,
        task: Task,
        parts: Sequence[Task],
        measure: PlanMeasure,
        promises: Sequence[Promise],
    ) -> None:
        """A task whose measure promises something else than before."""
        dues.give_up([task.pk], on=self.on)
        own = promises[0] if len(promises) == 1 else None
        _promise(task, own)
        task.is_whole = len(promises) > 1
        if task.state != TaskState.OPEN:  # what is new is still to be done
            task.state, task.closed_on, task.closing_note = TaskState.OPEN, None, ""
        if not task.is_whole:
            self._due.append(task)
        known = {_key_of(part) for part in parts}
        answering = self._answering_for(measure)
        place = Task.objects.filter(parent=task).count()
        for promise in promises if len(promises) > 1 else ():
            if promise.key not in known:
                place += 1
                self._draw_part(task, measure, promise, place, answering)

    def _move_units(self, tasks: Sequence[Task], before: PlanMeasure, measure: PlanMeasure) -> None:
        wanted = self._answering_for(measure)
        if wanted == self._answering_for(before):
            return
        TaskUnit.objects.filter(task__in=tasks).delete()
        self._answering += [(task, wanted) for task in tasks]

    def _answering_for(self, measure: PlanMeasure) -> Answering:
        return {
            (unit, office.role)
            for office in measure.offices.all()
            for unit in self._units.get(office.name, ())
        }


def _promise(task: Task, promise: Promise | None) -> None:
    """Give a task what it has to reach, and when."""
    when = promise.when if promise else When()
    target = promise.target if promise else None
    task.due_on, task.every, task.target = when.due_on, when.every, target
    task.operator = asked(target.operator, target.value, target.indicator) if target else ""
    task.goal = target.value if target else None
    task.goal_upper = target.upper if target else None
    task.goal_unit = target.unit if target else ""


def _key_of(part: Task) -> tuple[object, ...]:
    """The promise a part was drawn up from, whatever was set by hand since."""
    if part.target is not None:
        return Promise("", When(), part.target).key
    return (part.title,)
