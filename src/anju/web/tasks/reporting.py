"""A unit reports on a task; takes a report back; somebody opens a file that was attached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit import attachments
from anju.audit.refusal import Refusal
from anju.duties.actions import progress
from anju.duties.actions.progress import MOST_PROOFS, MOST_WORDS, Said
from anju.duties.models import Progress, ProgressDraft, ProgressState, Proof, Task, TaskDue
from anju.duties.queries import answering, reports
from anju.duties.queries.drafts import draft_for
from anju.duties.queries.reports import Known
from anju.duties.refusals import DutyRefused
from anju.web.access import requires
from anju.web.doing import doing
from anju.web.registers.editing.fields import Field, Input
from anju.web.tasks import page, typed, wording
from anju.web.uploads import uploaded


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, number: str, due_id: int) -> HttpResponse:
    """The form with all that is known in it, and sending it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    due = due_or_404(viewer, number, due_id)
    unit = answering.reporting_unit(viewer, due.task)
    if unit is None:
        raise PermissionDenied
    known = reports.known_of(due, unit)
    fields = _fields(due.task, known)
    if request.method == "GET":
        given = {"words": known.words, "value": known.value, "percent": known.percent}
        shown = typed.known(fields, given)
        draft = draft_for(viewer, due)
        if draft is not None:
            shown.texts |= {name: draft.texts.get(name, text) for name, text in shown.texts.items()}
        return _form(request, due, unit, known, shown, draft=draft)
    sent = typed.read(fields, request.POST)
    if sent.problems:
        return _form(request, due, unit, known, sent)
    try:
        with_files = uploaded(request, "files", place="task", most=MOST_PROOFS)
        now = doing(request)
        progress.submit(
            by=now.by,
            on=now.on,
            viewer=viewer,
            due=due,
            said=Said(
                **sent.values,
                is_complete=request.POST.get("is_complete") == "1",
                files=with_files,
                kept=typed.numbers(request.POST.getlist("kept")),
            ),
        )
    except Refusal as refused:
        return _form(request, due, unit, known, sent, refused.zh)
    messages.success(request, _("已报送，等待审核。审核前可以撤回修改。"))
    return HttpResponseRedirect(page.address(due.task))


@requires(Permission.REPORT_PROGRESS)
@require_POST
def withdraw(request: HttpRequest, progress_id: int) -> HttpResponse:
    """Take the own unit's report back; it stands in the form again."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = progress_or_404(viewer, progress_id)
    now = doing(request)
    try:
        progress.withdraw(by=now.by, on=now.on, viewer=viewer, progress=row)
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(page.address(row.due.task))
    messages.success(request, _("已撤回。修改后可以重新报送。"))
    return HttpResponseRedirect(reverse("web:task-report", args=[row.due.task.number, row.due_id]))


@requires(Permission.VIEW_DUTIES)
@require_GET
def proof(request: HttpRequest, proof_id: int) -> HttpResponse:
    """A file that was attached, to be saved; who took it stands in the audit trail."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        row = reports.proof_for(viewer, proof_id)
    except Proof.DoesNotExist:
        raise Http404 from None
    try:
        content = progress.fetch_proof(by=doing(request).by, proof=row)
    except DutyRefused as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(page.address(row.progress.due.task))
    headers: dict[str, Any] = {
        "Content-Disposition": content_disposition_header(True, row.file_name),
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(
        content, content_type=attachments.content_type(row.file_name), headers=headers
    )


def progress_or_404(viewer: Viewer, progress_id: int) -> Progress:
    """A report of a task that the viewer may see."""
    try:
        return reports.progress_for(viewer, progress_id)
    except Progress.DoesNotExist:
        raise Http404 from None


def due_or_404(viewer: Viewer, number: str, due_id: int) -> TaskDue:
    """A due day of a task that the viewer may see."""
    try:
        return reports.due_for(viewer, number, due_id)
    except TaskDue.DoesNotExist:
        raise Http404 from None


def _fields(task: Task, known: Known) -> list[Field]:
    """What has to be asked: never a value the registers hold, nor a share that follows from it."""
    fields = [
        Field("words", _("进展情况"), Input.LONG, is_required=True, most=MOST_WORDS,
              note=_("做了什么、到什么程度、还有什么困难。")),
    ]  # fmt: skip
    if reports.asks_value(task):
        if not known.is_computed:
            title = (
                _("完成值（%(unit)s）") % {"unit": task.goal_unit}
                if task.goal_unit
                else _("完成值")
            )
            fields.append(Field("value", title, Input.DECIMAL, note=_value_note(known)))
        if task.goal is not None and task.operator in reports.REACHES:
            return fields
    fields.append(Field("percent", _("完成比例（%）"), Input.NUMBER))
    return fields


def _value_note(known: Known) -> str:
    """Where the value in the field comes from."""
    if known.value is None:
        return ""
    if known.is_sum:
        return _("已填各交办单位填报之和，请核对。")
    if known.indicator is not None:
        told = {"name": known.indicator.name, "day": known.as_of}
        return _("已填指标“%(name)s”%(day)s的值，请核对。") % told
    return _("已填上次填报（%(day)s）的值，请改为现在的。") % {"day": known.as_of}


def _form(
    request: HttpRequest,
    due: TaskDue,
    unit: Unit,
    known: Known,
    given: typed.Typed,
    problem: str = "",
    draft: ProgressDraft | None = None,
) -> HttpResponse:
    task = due.task
    shown = given.shown()
    found = list(reports.reports_of(request.viewer, [due]))  # type: ignore[attr-defined]
    others = [
        each for each in found if each.unit_id != unit.pk and each.state != ProgressState.WITHDRAWN
    ]
    is_sent = request.method == "POST"
    ticked = request.POST.get("is_complete") if is_sent else draft and draft.texts["is_complete"]
    context = {
        "draft": draft,
        "draft_months": settings.KEEP_DRAFTS_MONTHS,
        "task": task,
        "due": due,
        "unit": unit,
        "goal": wording.goal(task),
        "fields": shown,
        "problems": [each for each in shown if each.problem],
        "problem": problem,
        "known": known,
        "known_value": f"{wording.number(known.value)}{task.goal_unit}"
        if known.value is not None
        else "",
        "is_complete": ticked == "1" if is_sent or draft else bool(due.period),
        "kept": typed.numbers(request.POST.getlist("kept"))
        if is_sent
        else [p.pk for p in known.proofs],
        "answers": [(each, wording.value(each, task)) for each in reports.answers_of(due)],
        "others": [(each, wording.value(each, task)) for each in others],
        "last": _sent_back([each for each in found if each.unit_id == unit.pk]),
        "accept": attachments.ACCEPT,
        "most": MOST_PROOFS,
        "most_mb": attachments.MOST_BYTES // 1024 // 1024,
    }
    status = 422 if problem or given.problems else 200
    return render(request, "web/tasks/report.html", context, status=status)


def _sent_back(own: Sequence[Progress]) -> Progress | None:
    """The unit's last report, if it was sent back with what the checker wrote."""
    last = own[0] if own else None
    return last if last is not None and last.state == ProgressState.RETURNED else None
