"""The desk: what awaits the viewer, what is being worked on, and the levels in their places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
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

#: What kinds of jobs are called, of all that a worker does.
JOBS: Mapping[str, str | Promise] = {
    "assignments.owe": _("列出包点应走访和开会"),
    "audit.head": _("留存审计链首"),
    "casework.expire": _("终止逾期线索"),
    "casework.follow": _("案件随户变更村"),
    "casework.open": _("按研判批量立案"),
    "casework.raise": _("生成线索"),
    "community.lapse": _("办结期内没有意见的诉求"),
    "exports.expire": _("删除到期的导出文件"),
    "exports.produce": _("生成导出文件"),
    "indicators.compute": _("计算指标"),
    "inspection.check_list": _("报送前逐行检查"),
    "inspection.perform": _("数据质检"),
    "intake.differences": _("与上次名单比较"),
    "intake.process": _("导入文件"),
    "monitoring.perform": _("监测研判"),
    "places.follow": _("随撤并变更"),
    "places.recode": _("执行撤并"),
    "projects.link": _("关联项目"),
    "reporting.open": _("开列调度报告"),
    "retention.apply": _("删除到期资料"),
    "tasks.lay_ahead": _("列出任务以后的节点"),
}
#: Where some are followed: the page, who may open it, and what of the job names the thing.
_FOLLOWED: Mapping[str, tuple[str, Permission, str]] = {
    "exports.produce": ("web:exports", Permission.EXPORT_LISTS, ""),
    "inspection.perform": ("web:quality", Permission.VIEW_HOUSEHOLDS, ""),
    "intake.process": ("web:import", Permission.IMPORT_FILES, "batch_id"),
    "monitoring.perform": ("web:run", Permission.VIEW_FINDINGS, "run_id"),
}


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
    title = str(JOBS.get(job.kind, job.kind))
    name, permission, key = _FOLLOWED.get(job.kind, ("", None, ""))
    if permission is None or not viewer.may(permission):
        return title, ""
    return title, reverse(name, args=[payload[key]] if key else [])
