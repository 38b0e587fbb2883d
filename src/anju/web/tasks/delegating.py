"""Handing parts of a task down to towns, villages or other units of the own place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anju.accounts.models import UnitKind
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.duties.actions import delegating
from anju.duties.actions.delegating import Asked
from anju.duties.queries import answering, reports
from anju.duties.queries.limits import warning_days
from anju.web.access import requires
from anju.web.doing import doing
from anju.web.registers.editing.fields import Field, Input
from anju.web.tasks import page, typed

_BELOW: Final[Sequence[str]] = (UnitKind.TOWN, UnitKind.VILLAGE)


def _fields() -> list[Field]:
    return [
        Field("due_on", _("完成期限"), Input.DATE, is_required=True),
        Field("requirement", _("具体要求"), Input.LONG, most=2000,
              note=_("要报什么、口径是什么。已有的表不用再报。")),
    ]  # fmt: skip


def _below_first(kind: str) -> int:
    """Work is handed down: towns and villages before the bureaus of the own county."""
    return _BELOW.index(kind) if kind in _BELOW else len(_BELOW)


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "POST"])
def delegate(request: HttpRequest, number: str) -> HttpResponse:
    """Choose units and the day; what they report comes back to the task."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    task = page.task_or_404(request, number)
    unit = answering.delegating_unit(viewer, task)
    if unit is None:
        raise PermissionDenied
    is_sent = request.method == "POST"
    last = reports.last_day_for_parts(task, viewer.on)
    days = timedelta(days=warning_days(viewer.on))
    due_on = None if last is None else max(viewer.on, last - days)
    given = (
        typed.read(_fields(), request.POST)
        if is_sent
        else typed.known(_fields(), {"due_on": due_on})
    )
    chosen = set(typed.numbers(request.POST.getlist("unit")))
    problem = ""
    if is_sent and not given.problems:
        now = doing(request)
        asked = Asked(**given.values, recurs=request.POST.get("recurs") == "1")
        try:
            made = delegating.delegate(
                by=now.by, on=now.on, viewer=viewer, task=task, units=chosen, asked=asked
            )
        except Refusal as refused:
            problem = refused.zh
        else:
            said = ngettext("已交办给 %(n)s 个单位。", "已交办给 %(n)s 个单位。", len(made))
            messages.success(request, said % {"n": len(made)})
            return HttpResponseRedirect(f"{page.address(task)}#handed")
    shown = given.shown()
    below = list(answering.below(unit))
    groups = [
        (label, [(each, each.pk in chosen) for each in below if each.kind == kind])
        for kind, label in sorted(UnitKind.choices, key=lambda each: _below_first(each[0]))
    ]
    context = {
        "task": task,
        "last_day": last,
        "fields": shown,
        "problems": [each for each in shown if each.problem],
        "problem": problem,
        "groups": [(label, units) for label, units in groups if units],
        "recurs": request.POST.get("recurs") == "1",
    }
    status = 422 if problem or given.problems else 200
    return render(request, "web/tasks/delegate.html", context, status=status)
