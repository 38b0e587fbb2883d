"""Points that units lose, computed from what is on record by the rules of the pack.

Nothing is typed and nothing kept: each line names its rule, and every single thing it counted. They
are of units for a plan in a year, in the order of the units' places: nobody is ranked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.duties.models import DueState, Plan, Progress, ProgressState, TaskDue, TaskUnit
from anju.duties.queries import tasks_for, units_for
from anju.supervision import books
from anju.supervision.book_model import PointsRule
from anju.supervision.models import (
    OUT,
    REPLACED,
    FoundProblem,
    NoticeUnit,
    ProblemRound,
    ProblemUnit,
    Rectification,
    RectificationState,
    Replacing,
)
from anju.supervision.queries.gates import notices_for, problems_for, units_of_problems


@dataclass(frozen=True)
class Thing:
    """One thing that was counted: a problem, a task or a notice, by its number, and its day."""

    kind: str
    number: str
    which: str
    on: date


@dataclass(frozen=True)
class Line:
    """One rule, the things of a unit it counted, and the points for them."""

    rule: PointsRule
    things: tuple[Thing, ...]

    @property
    def uncapped(self) -> int:
        """Points for all things, before the most of a year."""
        return self.rule.points * len(self.things)

    @property
    def points(self) -> int:
        """Points that count."""
        most = self.rule.most
        return self.uncapped if most is None else min(most, self.uncapped)


@dataclass(frozen=True)
class UnitPoints:
    """One unit with the lines that concern it."""

    unit: Unit
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """The sum of its lines."""
        return sum(line.points for line in self.lines)


@dataclass(frozen=True)
class _Asked:
    plan: Plan | None
    year: int
    on: date


_Found = Iterator[tuple[int, Thing]]


def points_of(viewer: Viewer, *, plan: Plan | None, year: int, on: date) -> list[UnitPoints]:
    """Units that lost points in a year, as of a day; without a plan, all plans together.

    Only units whose work the viewer may see. A fixed number of queries.
    """
    asked = _Asked(plan, year, on)
    rules = books.book_of_plan(plan).points
    kinds = {rule.counts for rule in rules}
    things = {kind: list(_COUNT[kind](viewer, asked)) for kind in sorted(kinds)}
    by_unit: dict[int, list[Line]] = defaultdict(list)
    for rule in rules:
        counted: dict[int, list[Thing]] = defaultdict(list)
        for unit_id, thing in things[rule.counts]:
            if rule.holds_on(thing.on) and (not rule.which or thing.which in rule.which):
                counted[unit_id].append(thing)
        for unit_id, each in counted.items():
            by_unit[unit_id].append(Line(rule, _once(each)))
    units = units_for(viewer).filter(pk__in=by_unit).order_by("division_code", "name")
    return [UnitPoints(unit, tuple(by_unit[unit.pk])) for unit in units]


def _once(things: list[Thing]) -> tuple[Thing, ...]:
    """Each day of each thing once: a unit may both lead a task and be responsible for it."""
    return tuple({(each.kind, each.number, each.on): each for each in things}.values())


def _problems(viewer: Viewer, asked: _Asked) -> QuerySet[FoundProblem]:
    rows = problems_for(viewer)
    return rows.filter(plan=asked.plan) if asked.plan else rows


def _found(viewer: Viewer, asked: _Asked) -> _Found:
    found = _problems(viewer, asked).filter(found_on__year=asked.year, found_on__lte=asked.on)
    rows = ProblemUnit.objects.filter(problem__in=found).order_by("problem__found_on", "id")
    fields = ("unit_id", "problem__number", "problem__seriousness", "problem__found_on")
    for unit_id, number, seriousness, found_on in rows.values_list(*fields):
        yield unit_id, Thing("problem", number, seriousness, found_on)


def _late_rectifications(viewer: Viewer, asked: _Asked) -> _Found:
    """Rounds a unit had not reported on by the due day; reports that were sent back do not count."""
    rounds = ProblemRound.objects.filter(
        problem__in=_problems(viewer, asked), due_on__year=asked.year, due_on__lt=asked.on
    ).order_by("due_on", "id")
    told = Rectification.objects.filter(problem__in=rounds.values("problem"))
    in_time = defaultdict(set)
    for problem_id, number, unit_id, on in told.exclude(
        state=RectificationState.RETURNED
    ).values_list("problem_id", "round", "unit_id", "submitted_on"):
        in_time[problem_id, number].add((unit_id, on))
    units = _units_of_problems(viewer, rounds)
    fields = ("problem_id", "problem__number", "number", "due_on")
    for problem_id, number, turn, due_on in rounds.values_list(*fields):
        done = {unit for unit, on in in_time[problem_id, turn] if on <= due_on}
        for unit_id in units[problem_id]:
            if unit_id not in done:
                yield unit_id, Thing("problem", number, "", due_on)


def _reopened(viewer: Viewer, asked: _Asked) -> _Found:
    rounds = ProblemRound.objects.filter(
        problem__in=_problems(viewer, asked),
        number__gt=1,
        opened_on__year=asked.year,
        opened_on__lte=asked.on,
    ).order_by("opened_on", "id")
    units = _units_of_problems(viewer, rounds)
    fields = ("problem_id", "problem__number", "opened_on")
    for problem_id, number, opened_on in rounds.values_list(*fields):
        for unit_id in units[problem_id]:
            yield unit_id, Thing("problem", number, "", opened_on)


def _units_of_problems(viewer: Viewer, rounds: QuerySet[ProblemRound]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = units_of_problems(viewer).filter(problem__in=rounds.order_by().values("problem"))
    for problem_id, unit_id in rows.values_list("problem_id", "unit_id"):
        found[problem_id].append(unit_id)
    return found


def _late_tasks(viewer: Viewer, asked: _Asked) -> _Found:
    """Due days that passed without a report handed in by then (and not sent back)."""
    dues = TaskDue.objects.filter(
        task__in=tasks_for(viewer), due_on__year=asked.year, due_on__lt=asked.on
    ).exclude(state=DueState.LAPSED)
    if asked.plan:
        dues = dues.filter(task__plan=asked.plan)
    counted = [ProgressState.SUBMITTED, ProgressState.ACCEPTED]
    told = Progress.objects.filter(due__in=dues, state__in=counted)
    in_time = {
        due_id
        for due_id, due_on, on in told.values_list("due_id", "due__due_on", "reported_on")
        if on <= due_on
    }
    late = [
        row
        for row in dues.order_by("due_on", "id").values_list(
            "id", "task_id", "task__number", "due_on"
        )
        if row[0] not in in_time
    ]
    units: dict[int, list[tuple[int, str]]] = defaultdict(list)
    answering = TaskUnit.objects.filter(task__in={row[1] for row in late})
    for task_id, unit_id, role in answering.values_list("task_id", "unit_id", "role"):
        units[task_id].append((unit_id, role))
    for _due, task_id, number, due_on in late:
        for unit_id, role in units[task_id]:
            yield unit_id, Thing("task", number, role, due_on)


def _notices(viewer: Viewer, asked: _Asked) -> _Found:
    """Notices as they stand: what was corrected counts by its correction, on the day it was first said;
    what was withdrawn does not count."""
    of_year = Q(replaces__isnull=True, issued_on__year=asked.year)
    notices = notices_for(viewer).filter(of_year | Q(replaces__isnull=False) & OUT)
    notices = notices.exclude(REPLACED).exclude(replacing=Replacing.WITHDRAWAL)
    if asked.plan:
        notices = notices.filter(plan=asked.plan)
    first_said = _first_said(viewer)
    rows = NoticeUnit.objects.filter(notice__in=notices).order_by("notice__issued_on", "id")
    fields = ("unit_id", "notice_id", "notice__number", "notice__kind", "notice__issued_on")
    for unit_id, notice_id, number, kind, issued_on in rows.values_list(*fields):
        on = first_said.get(notice_id, issued_on)
        if on.year == asked.year and on <= asked.on:
            yield unit_id, Thing("notice", number, kind, on)


def _first_said(viewer: Viewer) -> dict[int, date]:
    """Of notices that replace another: the day of the first one."""
    rows = notices_for(viewer).filter(replaces__isnull=False).order_by("pk")
    found: dict[int, date] = {}
    for pk, replaces_id, issued_on in rows.values_list("pk", "replaces_id", "replaces__issued_on"):
        found[pk] = found.get(replaces_id, issued_on)
    return found


_COUNT: Final[dict[str, Callable[[Viewer, _Asked], _Found]]] = {
    "problems": _found,
    "late_rectifications": _late_rectifications,
    "reopened": _reopened,
    "late_tasks": _late_tasks,
    "notices": _notices,
}
