"""A report on its way: submitted, sent back, issued; or a draft thrown away."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.accounts.permissions import Permission
from anju.reporting.actions import countersigning, issuing, replacing, writing
from anju.reporting.models import Report
from anju.web.access import requires
from anju.web.doing import Doing, carry_out
from anju.web.reports.opened import report_or_404, version_of
from anju.web.reports.report import show


@requires(Permission.WRITE_REPORTS)
@require_POST
def submit(request: HttpRequest, report_id: int) -> HttpResponse:
    """Hand it in."""

    def do(now: Doing, report: Report) -> str:
        issuing.submit(
            by=now.by,
            on=now.on,
            viewer=now.viewer,
            report=report,
            version=version_of(request),
        )
        messages.success(request, _("已提交，数字按今天的登记情况留存，等待签发。"))
        return reverse("web:report", args=[report.pk])

    return _move(request, report_id, do)


@requires(Permission.ISSUE_REPORTS)
@require_POST
def send_back(request: HttpRequest, report_id: int) -> HttpResponse:
    """Give it back with what is to be mended."""

    def do(now: Doing, report: Report) -> str:
        issuing.send_back(
            by=now.by,
            viewer=now.viewer,
            report=report,
            version=version_of(request),
            words=request.POST.get("words", ""),
        )
        messages.success(request, _("已退回编写单位。"))
        return reverse("web:report", args=[report.pk])

    return _move(request, report_id, do)


@requires(Permission.ISSUE_REPORTS)
@require_POST
def issue(request: HttpRequest, report_id: int) -> HttpResponse:
    """Sign it off."""

    def do(now: Doing, report: Report) -> str:
        issued = issuing.issue(
            by=now.by,
            on=now.on,
            viewer=now.viewer,
            report=report,
            version=version_of(request),
            leader=request.POST.get("leader", ""),
        )
        messages.success(request, _("已签发，文号 %(number)s。") % {"number": issued.number})
        return reverse("web:report", args=[report.pk])

    return _move(request, report_id, do)


@requires(Permission.WRITE_REPORTS)
@require_POST
def countersign(request: HttpRequest, report_id: int) -> HttpResponse:
    """Sign it for a unit that issues it too."""

    def do(now: Doing, report: Report) -> str:
        countersigning.countersign(
            by=now.by,
            on=now.on,
            viewer=now.viewer,
            report=report,
            version=version_of(request),
            leader=request.POST.get("leader", ""),
        )
        messages.success(request, _("已会签。"))
        return reverse("web:report", args=[report.pk])

    return _move(request, report_id, do)


@requires(Permission.WRITE_REPORTS)
@require_POST
def replace(request: HttpRequest, report_id: int) -> HttpResponse:
    """Begin the document that corrects or withdraws it."""

    def do(now: Doing, report: Report) -> str:
        made = replacing.replace(
            by=now.by,
            on=now.on,
            viewer=now.viewer,
            report=report,
            how=request.POST.get("how", ""),
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, _("已新建草稿，原文不变，这份签发后原文作废。"))
        return reverse("web:report", args=[made.pk])

    return _move(request, report_id, do)


@requires(Permission.WRITE_REPORTS)
@require_POST
def discard(request: HttpRequest, report_id: int) -> HttpResponse:
    """Throw a draft away."""

    def do(now: Doing, report: Report) -> str:
        writing.discard(by=now.by, viewer=now.viewer, report=report, version=version_of(request))
        messages.success(request, _("草稿已删除。"))
        return reverse("web:reports")

    return _move(request, report_id, do)


def _move(request: HttpRequest, report_id: int, do: Callable[[Doing, Report], str]) -> HttpResponse:
    report = report_or_404(request, report_id)
    return carry_out(
        request,
        lambda now: do(now, report),
        lambda problem: show(request, report_or_404(request, report_id), problem),
    )
