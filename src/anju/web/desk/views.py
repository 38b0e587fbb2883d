"""The desk: what awaits the viewer, what is being worked on, and the levels in their places."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju import memory
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.levels import ACTING
from anju.monitoring import queries as monitoring
from anju.queue import queries as queue
from anju.queue.models import Job
from anju.web import words
from anju.web.access import requires
from anju.web.casework import desk as casework
from anju.web.desk.items import items_for
from anju.web.desk.places import counts_of


@dataclass(frozen=True)
class Work:
    """A job that waits or runs, in words."""

    job: Job
    title: str
    address: str


@requires()
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What to do today, late things first."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    with memory.once():
        context = _context(request, viewer)
    return render(request, "web/desk/page.html", context)


def _context(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    may_see = viewer.may(Permission.VIEW_FINDINGS)
    run = monitoring.latest_run() if may_see else None
    counts = monitoring.level_counts(viewer, run).get("", {}) if run else {}
    return {
        "items": items_for(viewer),
        "waiting": casework.waiting(viewer),
        "may_depute": any(viewer.may(each) for each in ACTING),
        "jobs": _jobs(viewer),
        "may_see_findings": may_see,
        "run": run,
        "places": counts_of(viewer, run, _page(request)) if run else None,
        "level_names": words.LEVELS,
        "levels": [(level, counts.get(level, 0)) for level in words.LEVELS],  # type: ignore[call-overload]
    }


def _page(request: HttpRequest) -> int:
    """Which places, of more than fit; the first for what is no number."""
    wanted = request.GET.get("places", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1


def _jobs(viewer: Viewer) -> list[Work]:
    """Open jobs: everybody's for who may see the county's jobs, else one's own."""
    jobs = queue.open_jobs()
    if not viewer.scope_for(Permission.VIEW_JOBS).is_county_wide:
        jobs = jobs.filter(created_by=viewer.username)
    return [Work(job, *_said(job, job.payload, viewer)) for job in jobs[:20]]


def _said(job: Job, payload: dict[str, Any], viewer: Viewer) -> tuple[str, str]:
    """What a job is called and where it is followed."""
    if job.kind == "monitoring.perform":
        may = viewer.may(Permission.VIEW_FINDINGS)
        return _("监测研判"), reverse("web:run", args=[payload["run_id"]]) if may else ""
    if job.kind == "intake.process":
        may = viewer.may(Permission.IMPORT_FILES)
        return _("导入文件"), reverse("web:import", args=[payload["batch_id"]]) if may else ""
    return job.kind, ""
