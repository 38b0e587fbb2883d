"""Writing down a visit or meeting: the day and what came of it, and nothing else."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.duties.actions import owing
from anju.duties.models import Assignment, Owed
from anju.duties.queries import assignments as queries
from anju.duties.refusals import DutyRefused
from anju.web.access import requires
from anju.web.assignments import wording
from anju.web.assignments.page import assignment_or_404
from anju.web.doing import Doing, told_beside


@requires(Permission.VIEW_DUTIES)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, assignment_id: int, owed_id: int) -> HttpResponse:
    """Say when it was done and what was agreed; what was said before stands in the form."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = assignment_or_404(viewer, assignment_id)
    owed = queries.owed_of(row).filter(pk=owed_id).first()
    if owed is None:
        raise Http404
    if not queries.may_record(viewer, row):
        raise PermissionDenied
    if request.method == "GET":
        return _form(request, row, owed, (owed.held_on or viewer.on).isoformat(), owed.words)
    day, words = request.POST.get("held_on", ""), request.POST.get("words", "")

    def tell(doing: Doing) -> str:
        owing.tell(
            by=doing.by,
            on=doing.on,
            viewer=viewer,
            owed=owed,
            held_on=_day(day),
            words=words,
            seen=request.POST.get("seen"),
        )
        messages.success(request, _("已登记。"))
        return reverse("web:assignment", args=[row.pk])

    return told_beside(
        request, tell, lambda refused: _form(request, row, owed, day, words, refused)
    )


def _form(
    request: HttpRequest,
    row: Assignment,
    owed: Owed,
    day: str,
    words: str,
    refused: Refusal | None = None,
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context = {
        "row": row,
        "owed": owed,
        "period": wording.period_word(owed.period),
        "place": wording.place_of(row, wording.names_for([row])),
        "day": day,
        "words": words,
        "seen": owing.mark_of(owed),
        "most": owing.MOST_WORDS,
        "today": viewer.on,
        "problem": refused.zh if refused else "",
        "wrong": getattr(refused, "field", ""),
    }
    return render(request, "web/assignments/tell.html", context, status=422 if refused else 200)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DutyRefused(_("请填写日期，例如 2023-10-08。"), field="held_on") from None
