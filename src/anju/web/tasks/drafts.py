"""Keeping what is being typed about a task, and throwing it away."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.duties.actions import drafts
from anju.duties.queries import answering
from anju.web.access import requires
from anju.web.doing import doing
from anju.web.tasks.reporting import due_or_404

FIELDS = ("words", "value", "percent", "is_complete")
_MOST_SIGNS = 5_000


@requires(Permission.REPORT_PROGRESS)
@require_POST
def keep(request: HttpRequest, number: str, due_id: int) -> HttpResponse:
    """Keep what was typed: asked by the page while somebody types, or by a button."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    due = due_or_404(viewer, number, due_id)
    now = doing(request)
    texts = {name: request.POST.get(name, "")[:_MOST_SIGNS] for name in FIELDS}
    draft, problem = None, ""
    try:
        draft = drafts.keep(by=now.by, at=now.at, viewer=viewer, due=due, texts=texts)
    except Refusal as refused:
        problem = refused.zh
    if request.htmx:  # type: ignore[attr-defined]
        context = {"draft": draft, "problem": problem, "draft_months": settings.KEEP_DRAFTS_MONTHS}
        return render(request, "web/casework/_draft.html", context, status=422 if problem else 200)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("已存草稿，只有您能看到。"))
    return HttpResponseRedirect(reverse("web:task-report", args=[number, due.pk]))


@requires(Permission.REPORT_PROGRESS)
@require_POST
def discard(request: HttpRequest, number: str, due_id: int) -> HttpResponse:
    """Begin the form anew."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    due = due_or_404(viewer, number, due_id)
    if answering.reporting_unit(viewer, due.task) is None:
        raise PermissionDenied
    drafts.end(by=doing(request).by, due=due, is_handed_in=False)
    messages.success(request, _("草稿已丢弃。"))
    return HttpResponseRedirect(reverse("web:task-report", args=[number, due.pk]))
