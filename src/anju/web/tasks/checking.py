"""Checking a report: accepting it, sending it back with a note, opening it again later."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.actions import progress, reopening
from anju.web.access import requires
from anju.web.doing import Doing, carry_out
from anju.web.tasks import page
from anju.web.tasks.reporting import progress_or_404


@requires(Permission.VIEW_DUTIES)
@require_POST
def check(request: HttpRequest, progress_id: int) -> HttpResponse:
    """Accept, send back or open again, as the button says. Units check what they handed down, the lead bureau the
    rest: the action asks who may."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = progress_or_404(viewer, progress_id)
    note = request.POST.get("note", "")[:2000]

    def do(doing: Doing) -> str:
        given = {"by": doing.by, "on": doing.on, "viewer": viewer, "progress": row, "note": note}
        if request.POST.get("answer") == "reopen":
            del given["note"]
            reopening.reopen(**given, reason=note)  # type: ignore[arg-type]
            messages.success(request, _("已重新打开，单位的工作台会出现这一项。"))
        elif request.POST.get("answer") == "accept":
            progress.accept(**given)  # type: ignore[arg-type]
            messages.success(request, _("已认定。"))
        else:
            progress.send_back(**given)  # type: ignore[arg-type]
            messages.success(request, _("已退回，单位的工作台会出现这一项。"))
        return page.address(row.due.task)

    refused = page.Refused(row.pk, note)
    return carry_out(
        request, do, lambda problem: page.show(request, row.due.task, problem, refused)
    )
