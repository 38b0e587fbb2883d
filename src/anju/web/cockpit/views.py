"""The page of the cockpit, on a desk and on a wall."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from anju import memory
from anju.accounts.viewer import Viewer
from anju.monitoring import queries as monitoring
from anju.web import words
from anju.web.access import requires
from anju.web.cockpit.whole import SEES, whole
from anju.web.desk.places import counts_of

_REFRESHED_SECONDS = 300


@requires()
@require_GET
def cockpit(request: HttpRequest) -> HttpResponse:
    """The viewer's places at a glance; `wall=1` without navigation, renewing itself."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not any(viewer.may(each) for each in SEES):
        raise PermissionDenied
    is_wall = request.GET.get("wall") == "1"
    with memory.once():
        shown = whole(viewer, at=timezone.now(), afresh=request.GET.get("afresh") == "1")
        run = monitoring.latest_run() if shown.warnings else None
        context = {
            "shown": shown,
            "places": counts_of(viewer, run) if run else None,
            "level_names": words.LEVELS,
            "seconds": _REFRESHED_SECONDS,
            "on": viewer.on,
        }
    template = "web/cockpit/wall.html" if is_wall else "web/cockpit/page.html"
    return render(request, template, context)
