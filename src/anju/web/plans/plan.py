"""One plan: its versions, what it is called, the measures in force, its file; adopting and discarding."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.duties import queries as duties
from anju.duties.actions import plans as actions
from anju.duties.models import MeasureState, Plan, VersionState
from anju.duties.queries import plans as queries
from anju.duties.refusals import DutyRefused
from anju.rules import packs
from anju.web import words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.plans.confirming import version_or_404

_TEXTS = ("title", "short_title", "number", "issuer", "pack")


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The plan with its versions and, when one is in force, its measures."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    plan = plan_or_404(request, plan_id)
    versions = list(queries.versions_for(viewer, plan))
    progress = queries.progress_of(versions)
    people = accounts.names_of({each.uploaded_by for each in versions})
    for each in versions:
        each.progress = progress.get(each.pk, queries.Progress())  # type: ignore[attr-defined]
        each.uploader = words.user(each.uploaded_by, people.get(each.uploaded_by, ""))  # type: ignore[attr-defined]
    live = next((each for each in versions if each.state == VersionState.LIVE), None)
    measures = queries.measures_of(live).filter(state=MeasureState.CONFIRMED) if live else []
    context = {
        "plan": plan,
        "versions": versions,
        "live": live,
        "draft": next((each for each in versions if each.state == VersionState.CONFIRMING), None),
        "measures": list(measures),
        "may_change": viewer.may(Permission.MANAGE_PLANS),
    }
    return render(request, "web/plans/plan.html", context)


@requires(Permission.MANAGE_PLANS)
@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Correct what the plan is called and where it comes from."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    plan = plan_or_404(request, plan_id)
    problem = ""
    if request.method == "POST":
        try:
            wanted = _about(request)
            actions.describe(
                by=viewer.actor(address_of(request)), viewer=viewer, plan=plan, about=wanted
            )
            return HttpResponseRedirect(reverse("web:plan", args=[plan_id]))
        except Refusal as refused:
            problem = refused.zh
    given: Any = request.POST if problem else plan
    context = {"plan": plan, "given": given, "packs": packs.names(), "problem": problem}
    return render(request, "web/plans/about.html", context, status=422 if problem else 200)


@requires(Permission.MANAGE_PLANS)
@require_POST
def adopt(request: HttpRequest, plan_id: int, sequence: int) -> HttpResponse:
    """Put a version into force."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    version = version_or_404(request, plan_id, sequence)
    try:
        actions.adopt(
            by=viewer.actor(address_of(request)),
            on=timezone.localdate(),
            viewer=viewer,
            version=version,
        )
    except Refusal as refused:
        messages.error(request, refused.zh)
        address = reverse("web:plan-confirm", args=[plan_id, sequence])
        return HttpResponseRedirect(address)
    messages.success(request, _("已生效，任务和指标已按确认的措施生成。"))
    return HttpResponseRedirect(reverse("web:plan", args=[plan_id]))


@requires(Permission.MANAGE_PLANS)
@require_POST
def discard(request: HttpRequest, plan_id: int, sequence: int) -> HttpResponse:
    """Give a version up."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    version = version_or_404(request, plan_id, sequence)
    try:
        actions.discard(by=viewer.actor(address_of(request)), viewer=viewer, version=version)
        messages.success(request, _("这一版已放弃。"))
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:plan", args=[plan_id]))


@requires(Permission.VIEW_DUTIES)
@require_GET
def file(request: HttpRequest, plan_id: int, sequence: int) -> HttpResponse:
    """The file as it was uploaded."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    version = version_or_404(request, plan_id, sequence)
    try:
        content = actions.fetch_file(by=viewer.actor(address_of(request)), version=version)
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:plan", args=[plan_id]))
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition_header(True, version.file_name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def plan_or_404(request: HttpRequest, plan_id: int) -> Plan:
    """One plan through its gate."""
    try:
        return duties.plan_for(request.viewer, plan_id)  # type: ignore[attr-defined]
    except Plan.DoesNotExist:
        raise Http404 from None


def _about(request: HttpRequest) -> actions.About:
    given = {name: request.POST.get(name, "").strip() for name in _TEXTS}
    dated = request.POST.get("dated", "").strip()
    try:
        day = date.fromisoformat(dated) if dated else None
    except ValueError:
        raise DutyRefused(_("请填写成文日期，例如 2023-10-08，不清楚的留空。")) from None
    return actions.About(**given, dated=day)
