"""Being away: naming a colleague who acts meanwhile, and coming back."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.casework import queries
from anju.casework.actions import deputies
from anju.casework.models import Deputy
from anju.casework.queries import assigning
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework.assigning import people


@requires(Permission.VIEW_CASES)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Who stands in for the viewer, for whom the viewer does, and naming somebody."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    problem = ""
    if request.method == "POST":
        problem = _appoint(request, viewer)
        if not problem:
            messages.success(request, _("已登记。这几天您名下的待办也会出现在代办人的工作台。"))
            return HttpResponseRedirect(reverse("web:deputies"))
    context = {
        "mine": list(queries.deputies_of(viewer)),
        "for_others": queries.absent_for(viewer),
        "choices": people(assigning.stand_ins(viewer)),
        "today": viewer.on,
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "web/casework/deputies.html", context, status=422 if problem else 200)


@requires(Permission.VIEW_CASES)
@require_POST
def end(request: HttpRequest, deputy_id: int) -> HttpResponse:
    """Back again."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        row = queries.deputies_of(viewer).get(pk=deputy_id)
        deputies.end(
            by=viewer.actor(address_of(request)), on=timezone.localdate(), viewer=viewer, deputy=row
        )
        messages.success(request, _("代办已结束。"))
    except Deputy.DoesNotExist:
        raise Http404 from None
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:deputies"))


def _appoint(request: HttpRequest, viewer: Viewer) -> str:
    """What is wrong with what was typed; empty when somebody was named."""
    starts_on, ends_on = (_day(request.POST.get(name, "")) for name in ("starts_on", "ends_on"))
    wanted = {choice.value for choice in people(assigning.stand_ins(viewer))}
    username = request.POST.get("deputy", "")
    deputy = assigning.candidate(viewer, username) if username in wanted else None
    if deputy is None:
        return _("请选择代办人。")
    if starts_on is None or ends_on is None:
        return _("请填写起止日期，例如 2023-10-08。")
    try:
        deputies.appoint(
            by=viewer.actor(address_of(request)),
            on=timezone.localdate(),
            viewer=viewer,
            deputy=deputy,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    except Refusal as refused:
        return refused.zh
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
