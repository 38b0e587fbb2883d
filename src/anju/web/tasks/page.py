"""One task: what the plan says, who answers, each day it is due with what was reported, its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from anju.accounts import queries as accounts
from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.lights import Light
from anju.duties.models import (
    DueState,
    Progress,
    ProgressState,
    Task,
    TaskDue,
    TaskKind,
    TaskState,
    TaskUnit,
)
from anju.duties.queries import answering, listing, reports, standing, task_for
from anju.duties.queries.limits import warning_days
from anju.web import words
from anju.web.access import requires
from anju.web.lists.declaration import Text
from anju.web.tasks import wording

DUES_SHOWN = 24


@dataclass(frozen=True)
class ReportShown:
    """One report, with what the viewer may do about it."""

    row: Progress
    value: str
    who: Text
    may_withdraw: bool
    may_check: bool
    may_reopen: bool
    is_helper: bool  # of a unit that settles nothing


@dataclass(frozen=True)
class DueShown:
    """One day the task is due, with its reports."""

    row: TaskDue
    light: Light | None
    reports: list[ReportShown]
    may_report: bool


@dataclass(frozen=True)
class PartShown:
    """A part: a promise of the measure, or what a unit was asked for."""

    row: Task
    unit: str
    goal: str
    due_on: date | None
    light: Light | None
    report: Progress | None
    value: str


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The story of a task."""
    return show(request, task_or_404(request, number))


@dataclass(frozen=True)
class Refused:
    """The report an answer to which was refused, with the note that was typed."""

    report: int
    note: str


def show(
    request: HttpRequest, task: Task, problem: str = "", refused: Refused | None = None
) -> HttpResponse:
    """The page, with what was refused; of an answer to a report beside its note."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    units = listing.units_of([task]).get(task.pk, [])
    unit = answering.reporting_unit(viewer, task)
    warn = warning_days(viewer.on)
    later, dues = _later(task), _dues(viewer, task, units, unit, warn)
    dues = [due for due in dues if due.row.pk not in later]
    is_open = task.state == TaskState.OPEN
    may_manage = is_open and answering.may_manage(viewer, task)
    context = {
        "task": task,
        "light": standing.light_of(task, viewer.on, warn),
        "goal": wording.goal(task),
        "when": wording.when(task),
        "next_due": wording.next_due(task),
        "left": wording.left(task, viewer.on),
        "roles": wording.roles(units),
        "words": _plan_words(task),
        "parent": _visible_parent(viewer, task),
        "dues": dues[:DUES_SHOWN],
        "later": sorted(later.values()),
        "more_dues": max(0, len(dues) - DUES_SHOWN),
        "promises": _parts(viewer, task, TaskKind.PROMISE, warn),
        "handed": _parts(viewer, task, TaskKind.DELEGATED, warn),
        "report_due": next((due for due in reversed(dues) if due.may_report), None),
        "may_manage": may_manage,
        "may_set_units": may_manage and viewer.may(Permission.MANAGE_PLANS),
        "may_delegate": answering.delegating_unit(viewer, task) is not None,
        "problem": problem,
        "refused": refused,
    }
    return render(request, "web/tasks/page.html", context, status=422 if problem else 200)


def task_or_404(request: HttpRequest, number: str) -> Task:
    """A task that the viewer may see."""
    try:
        return task_for(request.viewer, number)  # type: ignore[attr-defined]
    except Task.DoesNotExist:
        raise Http404 from None


def address(task: Task) -> str:
    """The page of a task."""
    return reverse("web:task", args=[task.number])


def _visible_parent(viewer: Viewer, task: Task) -> Task | None:
    """The task it is a part of; none for a unit that only has the part."""
    if task.parent is None:
        return None
    return listing.visible(viewer, task.parent)


def _plan_words(task: Task) -> str:
    """What the plan says, in its own words."""
    measure = task.measure
    return measure.version.text[measure.start : measure.end].strip() if measure else ""


def _later(task: Task) -> dict[int, date]:
    """Days behind the next one that nobody has reported on: told in one line."""
    rows = task.dues.filter(due_on__gt=task.next_due_on, state=DueState.WAITING)
    return dict(rows.filter(progress__isnull=True).values_list("pk", "due_on"))


def _dues(
    viewer: Viewer, task: Task, units: Sequence[TaskUnit], unit: Unit | None, warn: int
) -> list[DueShown]:
    """Days the task is due, the latest first."""
    rows = list(task.dues.order_by("-due_on"))
    by_due: dict[int, list[Progress]] = {}
    for each in reports.reports_of(viewer, rows):
        by_due.setdefault(each.due_id, []).append(each)
    names = accounts.names_of(
        {name for found in by_due.values() for each in found for name in _people(each)}
    )
    settling = answering.answering(units)
    may_check = task.state == TaskState.OPEN and answering.may_check(viewer, task)
    may_reopen = answering.may_reopen(viewer, task)
    shown = []
    for row in rows:
        found = by_due.get(row.pk, [])
        shown.append(
            DueShown(
                row,
                standing.light_of_due(row, viewer.on, warn),
                [
                    ReportShown(
                        each,
                        wording.value(each, task),
                        words.user(each.reported_by, names.get(each.reported_by, "")),
                        may_withdraw=_waits(each) and unit is not None and unit.pk == each.unit_id,
                        may_check=_waits(each)
                        and may_check
                        and each.reported_by != viewer.username,
                        may_reopen=may_reopen
                        and _is_accepted_last(each, found)
                        and each.reported_by != viewer.username,
                        is_helper=each.unit_id not in settling,
                    )
                    for each in found
                ],
                may_report=unit is not None and _may_report(row, found, unit),
            )
        )
    return shown


def _people(report: Progress) -> list[str]:
    return [name for name in (report.reported_by, report.checked_by) if name]


def _is_accepted_last(report: Progress, found: Sequence[Progress]) -> bool:
    """Whether it was accepted and nothing followed it; `found` has the latest first."""
    own = [each for each in found if each.unit_id == report.unit_id]
    return report.state == ProgressState.ACCEPTED and wording.latest(own) is report


def _waits(report: Progress) -> bool:
    return report.state == ProgressState.SUBMITTED


def _may_report(due: TaskDue, found: Sequence[Progress], unit: Unit) -> bool:
    """Whether the unit has still to say something for this day."""
    if due.state in (DueState.ACCEPTED, DueState.LAPSED):
        return False
    own = [each for each in found if each.unit_id == unit.pk]
    is_settled = any(each.state == ProgressState.ACCEPTED and each.is_complete for each in own)
    return not is_settled and not any(_waits(each) for each in own)


def _parts(viewer: Viewer, task: Task, kind: TaskKind, warn: int) -> list[PartShown]:
    rows = listing.parts_of(viewer, task, kind)
    units = listing.units_of(rows)
    latest = listing.latest_reports(viewer, rows)
    found = []
    for row in rows:
        report = latest.get(row.pk)
        found.append(
            PartShown(
                row,
                "、".join(each.unit.name for each in units.get(row.pk, ())),
                wording.goal(row),
                wording.next_due(row) or row.due_on,
                standing.light_of(row, viewer.on, warn),
                report,
                wording.value(report, row) if report else "",
            )
        )
    return found
