"""What units report of tasks: submitted, withdrawn, accepted or sent back; and what follows for what is due.

A report is answered once and never changed. Everybody who acts on a due day waits for the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.attachments import Attachment
from anju.audit.sealed_files import sealed_folder
from anju.duties.actions import drafts, dues
from anju.duties.actions.holding import hold
from anju.duties.actions.tasks import finish_whole
from anju.duties.models import (
    DueState,
    Progress,
    ProgressState,
    Proof,
    Task,
    TaskDue,
    TaskState,
)
from anju.duties.queries import reports
from anju.duties.queries.answering import answering, may_check, reporting_unit
from anju.duties.queries.gates import unit_of
from anju.duties.refusals import DutyRefused
from anju.privacy.masking import holds_a_number

PROOFS = sealed_folder("proofs")
MOST_PROOFS = 10
MOST_WORDS = 4000
_MOST_VALUE = Decimal(10) ** 14
_MOVED = (ProgressState.RETURNED, ProgressState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit says. `kept` are files of its report that was sent back, to be attached again."""

    words: str
    value: Decimal | None = None
    percent: int | None = None
    is_complete: bool = False
    files: Sequence[Attachment] = ()
    kept: Sequence[int] = ()


@transaction.atomic
def submit(*, by: Actor, on: date, viewer: Viewer, due: TaskDue, said: Said) -> Progress:
    """Report on a due day for the viewer's own unit.

    Where the registers hold the value it is theirs that counts, and where a goal tells the percentage
    nobody is asked for it. Refused for others' tasks, and while a report waits or is accepted whole.
    """
    due = held(due)
    task = due.task
    unit = reporting_unit(viewer, task)
    if unit is None:
        raise DutyRefused(_("这项任务不由您的单位填报，或者已经办结。"))
    _refuse_settled(due)
    before = Progress.objects.filter(due=due, unit=unit)
    if before.filter(state=ProgressState.SUBMITTED).exists():
        raise DutyRefused(_("本单位的填报正在审核。需要修改的，请先撤回。"))
    if before.filter(state=ProgressState.ACCEPTED, is_complete=True).exists():
        raise DutyRefused(_("本单位这一期已经认定完成，不用再报。"))
    _refuse_words(said)
    known = reports.known_of(due, unit)
    value = known.value if known.is_computed else said.value
    percent = reports.percent_of(task, value)
    made = Progress.objects.create(
        due=due,
        unit=unit,
        words=said.words.strip(),
        value=value,
        percent=said.percent if percent is None else percent,
        is_complete=said.is_complete,
        reported_on=on,
        reported_by=by.username,
    )
    _attach(made, said)
    follow(due, on)
    drafts.end(by=by, due=due, is_handed_in=True)
    tell(by, "progress.submit", made)
    return made


@transaction.atomic
def withdraw(*, by: Actor, on: date, viewer: Viewer, progress: Progress) -> Progress:
    """Take the own unit's report back before somebody has checked it."""
    due = held(progress.due)
    unit = unit_of(viewer)
    if unit is None or unit.pk != progress.unit_id or reporting_unit(viewer, due.task) is None:
        raise DutyRefused(_("只能撤回本单位的填报。"))
    _answer(progress, ProgressState.WITHDRAWN, by, on, "")
    follow(due, on)
    tell(by, "progress.take_back", progress)
    return progress


@transaction.atomic
def accept(*, by: Actor, on: date, viewer: Viewer, progress: Progress, note: str = "") -> Progress:
    """Accept a report. A complete one of a unit that answers settles what is due, once all have.

    Reports of co-operating units on the same day are accepted with it.
    """
    due = _check(by, viewer, progress)
    _answer(progress, ProgressState.ACCEPTED, by, on, note)
    units = answering(due.task.units.all())
    if progress.is_complete and progress.unit_id in units:
        others = due.progress.filter(state=ProgressState.SUBMITTED).exclude(unit__in=units)
        others.update(
            state=ProgressState.ACCEPTED, checked_on=on, checked_by=by.username, check_note=""
        )
    follow(due, on)
    tell(by, "progress.settle", progress)
    return progress


@transaction.atomic
def send_back(*, by: Actor, on: date, viewer: Viewer, progress: Progress, note: str) -> Progress:
    """Send a report back to its unit, saying what is missing."""
    if not note.strip():
        raise DutyRefused(_("退回时请写明要补充或更正什么。"))
    due = _check(by, viewer, progress)
    _answer(progress, ProgressState.RETURNED, by, on, note)
    follow(due, on)
    tell(by, "progress.send_back", progress)
    return progress


@transaction.atomic
def fetch_proof(*, by: Actor, proof: Proof) -> bytes:
    """The content of a file; who may see it is asked by its gate."""
    try:
        content = PROOFS.fetch(proof.pk)
    except FileNotFoundError:
        raise DutyRefused(_("文件不在了，请联系系统管理员从备份恢复。")) from None
    task = proof.progress.due.task
    detail = {"proof": proof.pk, "sha256": proof.digest}
    record(by=by, action="progress.fetch", kind="task", ids=[task.number], detail=detail)
    return content


def held(due: TaskDue) -> TaskDue:
    """The due day, held with its task: whoever acts on either waits for the one before.

    Refused where somebody has taken the day away meanwhile.
    """
    hold([due.task_id])
    rows = TaskDue.objects.select_for_update(of=("self",)).select_related("task__plan")
    row = rows.filter(pk=due.pk).first()
    if row is None:
        raise DutyRefused(_("这一期刚刚已由他人改期，请刷新页面。"))
    return row


def _check(by: Actor, viewer: Viewer, progress: Progress) -> TaskDue:
    due = held(progress.due)
    if not may_check(viewer, due.task):
        raise DutyRefused(_("您的岗位不能审核这项任务。"))
    if progress.reported_by == by.username:
        raise DutyRefused(_("自己填报的要由另一位同事审核。"))
    if due.task.state != TaskState.OPEN:
        raise DutyRefused(_("这项任务已经办结，不能再改。"))
    return due


def _answer(progress: Progress, state: ProgressState, by: Actor, on: date, note: str) -> None:
    """Give a report its answer, unless somebody did before."""
    refuse_numbers(note)
    answered = Progress.objects.filter(pk=progress.pk, state=ProgressState.SUBMITTED).update(
        state=state, checked_on=on, checked_by=by.username, check_note=note.strip()
    )
    if not answered:
        raise DutyRefused(_("这份填报刚刚已由他人处理，请刷新页面。"))
    progress.state = state


def _refuse_settled(due: TaskDue) -> None:
    if due.state in dues.SETTLED:
        raise DutyRefused(_("这一期已经认定或不再要求，不用再报。"))


def refuse_numbers(words: str) -> None:
    """Words that many read hold no numbers of persons."""
    if holds_a_number(words):
        raise DutyRefused(_("不要写证件号码、电话和银行账号。"))


def _refuse_words(said: Said) -> None:
    if not said.words.strip():
        raise DutyRefused(_("请填写进展情况。"))
    if len(said.words) > MOST_WORDS:
        raise DutyRefused(_("进展情况最多 %(most)s 个字。") % {"most": MOST_WORDS})
    refuse_numbers(said.words)
    if said.percent is not None and not 0 <= said.percent <= 100:
        raise DutyRefused(_("完成比例填 0 到 100 的整数。"))
    if said.value is not None and not 0 <= said.value < _MOST_VALUE:
        raise DutyRefused(_("完成值填不小于 0 的数字。"))


def _attach(made: Progress, said: Said) -> None:
    """Files of this report, and those taken over from the one that was sent back."""
    old = Proof.objects.filter(
        pk__in=said.kept,
        progress__due=made.due_id,
        progress__unit=made.unit_id,
        progress__state__in=_MOVED,
    )
    again = [Attachment(each.file_name, PROOFS.fetch(each.pk), "", each.digest) for each in old]
    files = [*again, *said.files]
    if len(files) > MOST_PROOFS:
        raise DutyRefused(_("佐证最多 %(most)s 个文件。") % {"most": MOST_PROOFS})
    for file in files:
        proof = Proof.objects.create(
            progress=made, file_name=file.file_name, size=file.size, digest=file.digest
        )
        PROOFS.store(proof.pk, file.content)


def follow(due: TaskDue, on: date) -> None:
    """What the reports make of a due day, and of its task."""
    task = due.task
    units = answering(task.units.all())
    found = due.progress.exclude(state=ProgressState.WITHDRAWN).filter(unit__in=units)
    latest = {each.unit_id: each for each in found.order_by("pk")}
    whole = {unit: each for unit, each in latest.items() if each.is_complete}
    settled = {unit for unit, each in whole.items() if each.state == ProgressState.ACCEPTED}
    reported = settled | {u for u, each in whole.items() if each.state == ProgressState.SUBMITTED}
    states = {each.state for each in latest.values()}
    is_reported = bool(units) and reported == units
    due.reported_on = max(whole[u].reported_on for u in units) if is_reported else None
    due.settled_on = None
    if units and settled == units:
        due.state, due.settled_on = DueState.ACCEPTED, on
    elif ProgressState.SUBMITTED in states:
        due.state = DueState.SUBMITTED
    elif ProgressState.RETURNED in states:
        due.state = DueState.RETURNED
    else:
        due.state = DueState.WAITING
    due.save(update_fields=["state", "reported_on", "settled_on"])
    if due.state == DueState.ACCEPTED:
        _finish(task, on)
    dues.point([task.pk])


def _finish(task: Task, on: date) -> None:
    """A task is done when nothing of it is due any more."""
    if task.dues.exclude(state__in=dues.SETTLED).exists():
        return
    if task.every:
        last = task.dues.order_by("-due_on").values_list("due_on", flat=True).first()
        if last is None or dues.comes_again(task, after=last):
            return
    Task.objects.filter(pk=task.pk, state=TaskState.OPEN).update(
        state=TaskState.DONE, closed_on=on, version=F("version") + 1
    )
    finish_whole(task, on)


def tell(by: Actor, action: str, progress: Progress, reason: str = "") -> None:
    """The audit entry of something done with a report."""
    task = progress.due.task
    detail = {"due": progress.due.due_on.isoformat(), "unit": progress.unit_id}
    record(by=by, action=action, kind="task", ids=[task.number], reason=reason, detail=detail)
