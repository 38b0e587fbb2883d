"""My exports, those to approve, one of them, its file."""

import io
from typing import Any

from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal
from anju.exports import actions, queries
from anju.exports.models import ExportRequest, ExportState
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.exports import replaying
from anju.web.lists.export import name
from anju.web.lists.writing import FORMATS

_SHOWN = 50
_LIVING = (ExportState.WAITING, ExportState.PRODUCING, ExportState.READY)


@requires()
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What I asked for, and what waits for my decision."""
    viewer = _viewer(request)
    context = {
        "waiting": queries.to_decide(viewer),
        "mine": queries.mine(viewer)[:_SHOWN],
        "shown": _SHOWN,
    }
    return render(request, "web/exports/index.html", context)


@requires()
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the export of a list, with what it is for."""
    viewer = _viewer(request)
    address, reason = request.POST.get("address", ""), request.POST.get("reason", "")
    go_ahead, found = request.POST.get("go_ahead", ""), dict[str, Any]()
    try:
        found = replaying.describe(address, request.user, viewer)  # type: ignore[arg-type]
        asked = actions.ask(
            by=_actor(request),
            at=timezone.now(),
            viewer=viewer,
            register=found["register"],
            title=found["title"],
            file_format=found["format"],
            description=found["description"],
            address=address,
            ranges=found["ranges"],
            terms=found["terms"],
            rows=found["rows"],
            reason=reason,
            must=found.get("must", 0),
            go_ahead=go_ahead,
        )
    except Refusal as refused:
        context = {
            "problem": refused.zh,
            "address": address,
            "reason": reason,
            "must": found.get("must"),
            "go_ahead": go_ahead,
        }
        return render(request, "web/exports/ask.html", context, status=422)
    return HttpResponseRedirect(reverse("web:export", args=[asked.pk]))


@requires()
@require_GET
def page(request: HttpRequest, request_id: int) -> HttpResponse:
    """One export: what, by whom, what for, where it stands."""
    viewer = _viewer(request)
    asked = _asked(viewer, request_id)
    is_writing = asked.state == ExportState.PRODUCING
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={} if is_writing else {"HX-Refresh": "true"})
    is_mine = asked.asker_id == viewer.user_id
    is_ready = is_mine and asked.state == ExportState.READY
    may_fetch = is_ready and queries.is_still_theirs(viewer, asked)
    context = {
        "asked": asked,
        "is_mine": is_mine,
        "may_decide": asked.state == ExportState.WAITING and queries.may_decide(viewer, asked),
        "may_cancel": is_mine and asked.state in _LIVING,
        "may_fetch": may_fetch,
        "is_out_of_reach": is_ready and not may_fetch,
    }
    return render(request, "web/exports/page.html", context)


@requires()
@require_POST
def decide(request: HttpRequest, request_id: int) -> HttpResponse:
    """Approve or refuse, as the second person."""
    viewer = _viewer(request)
    _asked(viewer, request_id)
    given: dict[str, Any] = {
        "by": _actor(request),
        "at": timezone.now(),
        "viewer": viewer,
        "request_id": request_id,
        "reason": request.POST.get("reason", ""),
    }
    try:
        if request.POST.get("decision") == "approve":
            actions.approve(**given)
            messages.success(request, _("已批准，文件生成后由申请人下载。"))
        else:
            actions.refuse(**given)
            messages.success(request, _("已记录为不批准，申请人会看到原因。"))
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:export", args=[request_id]))


@requires()
@require_POST
def cancel(request: HttpRequest, request_id: int) -> HttpResponse:
    """Take one's own request back."""
    viewer = _viewer(request)
    _asked(viewer, request_id)
    try:
        actions.cancel(by=_actor(request), viewer=viewer, request_id=request_id)
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:export", args=[request_id]))


@requires()
@require_GET
def download(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """The file, for its asker alone."""
    viewer = _viewer(request)
    _asked(viewer, request_id)
    try:
        asked, content = actions.fetch(
            by=_actor(request), at=timezone.now(), viewer=viewer, request_id=request_id
        )
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:export", args=[request_id]))
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=asked.description.get("file_name") or name(asked.title, asked.format),
        content_type=FORMATS[asked.format].content_type,
    )


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _actor(request: HttpRequest) -> Actor:
    return _viewer(request).actor(address_of(request))


def _asked(viewer: Viewer, request_id: int) -> ExportRequest:
    try:
        return queries.request_for(viewer, request_id)
    except ExportRequest.DoesNotExist:
        raise Http404 from None
