"""Problems: found, put right by units, checked, closed; looked at again, and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.duties.models import Indicator, Plan, Task
from anju.registry.models import Household
from anju.supervision.actions.numbering import PROBLEM, next_number
from anju.supervision.models import (
    FoundProblem,
    LookBack,
    ProblemRound,
    ProblemState,
    ProblemUnit,
    SampleItem,
    Supervision,
)
from anju.supervision.queries import may_inspect
from anju.supervision.refusals import SupervisionRefused

KIND = "supervision_problem"
SHORTEST = 4


@dataclass(frozen=True)
class NewProblem:
    """What is said of a problem. The place is that of the household where one is named."""

    source: str
    title: str
    words: str
    seriousness: str
    found_on: date
    due_on: date
    division_code: str
    units: Sequence[Unit]
    about_health: bool = False
    supervision: Supervision | None = None
    item: SampleItem | None = None
    plan: Plan | None = None
    clause: str = ""
    task: Task | None = None
    indicator: Indicator | None = None
    household: Household | None = None


@transaction.atomic
def find(*, by: Actor, on: date, viewer: Viewer, new: NewProblem) -> FoundProblem:
    """Write a problem down and give it to the units that put it right.

    Refused: a place the viewer does not inspect, no unit, nothing said, days in the wrong order, and the
    same words a second time.
    """
    place = new.household.village_code if new.household else new.division_code
    if not may_inspect(viewer, place):
        raise SupervisionRefused(_("您的岗位不能登记这个范围的问题。"))
    if not new.units:
        raise SupervisionRefused(_("请至少选择一个整改单位。"))
    if len(new.words.strip()) < SHORTEST:
        raise SupervisionRefused(
            _("请写明问题的具体情况，至少 %(n)s 个字。") % {"n": SHORTEST}, field="words"
        )
    if new.found_on > on:
        raise SupervisionRefused(_("发现日期不能晚于今天。"), field="found_on")
    if new.due_on < max(new.found_on, on):
        raise SupervisionRefused(_("整改期限不能早于今天。"), field="due_on")
    number = next_number(PROBLEM, place, on)  # whoever sent it twice waits here
    _refuse_twice(by, new, place)
    row = FoundProblem.objects.create(
        number=number,
        source=new.source,
        supervision=new.supervision,
        item=new.item,
        plan=new.plan,
        clause=new.clause,
        task=new.task,
        indicator=new.indicator,
        household=new.household,
        division_code=place,
        title=new.title,
        words=new.words.strip(),
        about_health=new.about_health,
        seriousness=new.seriousness,
        found_on=new.found_on,
        due_on=new.due_on,
        recorded_by=by.username,
    )
    ProblemUnit.objects.bulk_create(ProblemUnit(problem=row, unit=each) for each in new.units)
    ProblemRound.objects.create(problem=row, number=1, opened_on=on, due_on=new.due_on)
    note(by, "supervision_problem.record", row, units=sorted(each.pk for each in new.units))
    return row


def _refuse_twice(by: Actor, new: NewProblem, place: str) -> None:
    """A form that was sent twice makes one problem."""
    same = FoundProblem.objects.filter(
        recorded_by=by.username,
        supervision=new.supervision,
        item=new.item,
        household=new.household,
        division_code=place,
        title=new.title,
        words=new.words.strip(),
        found_on=new.found_on,
        units__unit__in=new.units,
    ).first()
    if same is not None:
        told = {"number": same.number}
        raise SupervisionRefused(_("这个问题已经登记，编号 %(number)s，不用再登记。") % told)


@transaction.atomic
def look_back(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    problem: FoundProblem,
    is_solved: bool,
    words: str,
    due_on: date | None = None,
    supervision: Supervision | None = None,
) -> FoundProblem:
    """Look at a closed problem again; where it is not solved it is open again, its history kept.

    Refused: a problem that is not closed, nothing said, and reopened no new day still to come.
    """
    row = of_inspector(viewer, problem)
    if row.state != ProblemState.CLOSED:
        raise SupervisionRefused(_("只有已销号的问题才做“回头看”。"))
    if len(words.strip()) < SHORTEST:
        raise SupervisionRefused(_("请写明回头看的情况，至少 %(n)s 个字。") % {"n": SHORTEST})
    if not is_solved and (due_on is None or due_on < on):
        raise SupervisionRefused(_("问题反弹的，请填写新的整改期限，不早于今天。"))
    LookBack.objects.create(
        problem=row,
        round=row.round,
        supervision=supervision,
        checked_on=on,
        checked_by=by.username,
        is_solved=is_solved,
        words=words.strip(),
    )
    if not is_solved and due_on is not None:
        row.round += 1
        row.state, row.closed_on, row.due_on = ProblemState.WAITING, None, due_on
        row.save(update_fields=["round", "state", "closed_on", "due_on"])
        ProblemRound.objects.create(problem=row, number=row.round, opened_on=on, due_on=due_on)
    note(by, "supervision_problem.look_back", row, is_solved=is_solved, round=row.round)
    return row


def of_inspector(viewer: Viewer, problem: FoundProblem) -> FoundProblem:
    """The problem, kept from others, for who inspects where it is; refused for anybody else."""
    row = FoundProblem.objects.select_for_update().get(pk=problem.pk)
    if not may_inspect(viewer, row.division_code):
        raise SupervisionRefused(_("您的岗位不能办理这个问题。"))
    return row


def note(by: Actor, action: str, row: FoundProblem, **detail: object) -> None:
    """The audit entry of a change of a problem."""
    audit(by=by, action=action, kind=KIND, ids=[row.number], detail=detail, place=row.division_code)
