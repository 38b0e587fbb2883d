"""Opening cases for all that a run raised in the viewer's places: how many first, then the job."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.casework import queries as casework
from anju.casework.actions import from_run
from anju.monitoring import queries as monitoring
from anju.monitoring.models import Run
from anju.web.access import requires
from anju.web.address import address_of


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
        try:
            by = viewer.actor(address_of(request))
            from_run.ask(by=by, at=timezone.now(), viewer=viewer, run=run)
        except Refusal as refused:
            return _shown(request, run, may, refused.zh, 422)
        messages.success(request, _("已开始批量立案，完成后案件会出现在这里。"))
        return HttpResponseRedirect(reverse("web:cases"))
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
