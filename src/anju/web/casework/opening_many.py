"""Opening cases for all that a run raised in the viewer's places: how many first, then the job."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework import queries as casework
from anju.casework.actions import from_run
from anju.monitoring import queries as monitoring
from anju.monitoring.models import Run
from anju.web.access import requires
from anju.web.doing import Doing, carry_out


@requires(Permission.VIEW_CASES)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, run_id: int) -> HttpResponse:
    """Say how many households a case would be opened for; asked to, put the job into the queue."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        run = monitoring.run_for(viewer, run_id)
    except Run.DoesNotExist:
        raise Http404 from None
    may = from_run.may_ask(viewer)
    if request.method == "POST":

        def do(doing: Doing) -> str:
            from_run.ask(by=doing.by, at=doing.at, viewer=doing.viewer, run=run)
            messages.success(request, _("已开始批量立案，完成后案件会出现在这里。"))
            return reverse("web:cases")

        return carry_out(request, do, lambda why: _shown(request, run, may, why, 422))
    return _shown(request, run, may)


def _shown(
    request: HttpRequest, run: Run, may: bool, problem: str = "", status: int = 200
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    waiting = casework.waiting_of_run(viewer, run)
    context = {
        "run": run,
        "may": may and waiting.households,
        "waiting": waiting,
        "problem": problem,
    }
    return render(request, "web/casework/open_many.html", context, status=status)
