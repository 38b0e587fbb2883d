"""Lists going out as they came in: choosing one, and its file, which may need a second person.

With numbers in full a file is always asked for (`anju.web.exports`): the same address is opened again
by the worker when somebody else has approved it.
"""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
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
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.exports.actions import REASON_LENGTH, ExportRefused
from anju.exports.queries import are_within, reach_of
from anju.inspection import queries as inspections
from anju.inspection.actions import list_checks
from anju.inspection.actions.list_checks import ListChecked
from anju.intake.actions import outgoing
from anju.intake.models import Batch
from anju.intake.outgoing import lists as out
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.lists import Offer
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.intake import problem_lines
from anju.web.lists import Choice
from anju.web.lists.export import Describe, Write
from anju.web.quality import before_sending

SHOWN = 200
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Wanted:
    """One list as somebody wants it: in whose form, of which places, with which numbers."""

    offer: Offer
    batch: Batch | None
    place: str
    in_full: bool
    scope: Scope
    span: Span | None  # of a list of changes


@requires(Permission.EXPORT_LISTS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The lists that can go out, each with the files whose form it can take."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    towns = places.towns_in(out.reach(viewer, "", in_full=False))
    inspection = inspections.latest()
    context = {
        "offers": out.offers(viewer),
        "checked": list(before_sending.FIELDS) if inspection is not None else [],
        "inspection": inspection,
        "places": [Choice(town.code, town.name) for town in towns],
        "may_reveal": viewer.may(Permission.REVEAL_IDENTITY),
        "limit": settings.EXPORT_APPROVAL_ROWS,
        "span": _span(request),
    }
    return render(request, "web/intake/outgoing.html", context)


@requires(Permission.EXPORT_LISTS)
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, feed: str) -> HttpResponseBase:
    """The file, or the page that asks what it is for. A list with rows that must be mended goes out
    only with a reason: sent with the form of the page of its problems."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    wanted = _wanted(request, viewer, feed)
    purpose = getattr(request, "export_purpose", None)
    if isinstance(purpose, Describe):
        purpose.found = _described(viewer, wanted)
        return HttpResponse()
    if isinstance(purpose, Write):
        must = _checked(viewer, wanted).must
        _check_approved(purpose, wanted, must)
        go_ahead = str(purpose.terms.get("go_ahead", ""))
        purpose.summary = _write(request, viewer, wanted, purpose.file, must, go_ahead)
        return HttpResponse()
    found = _described(viewer, wanted)
    if wanted.in_full or found["rows"] > settings.EXPORT_APPROVAL_ROWS:
        context = {
            "found": found,
            "address": request.get_full_path(),
            "in_full": wanted.in_full,
            "feed": feed,
            "query": request.GET.urlencode(),
        }
        return render(request, "web/intake/outgoing_ask.html", context)
    go_ahead = request.POST.get("go_ahead", "").strip()[:200]
    if found["must"] and len(go_ahead) < REASON_LENGTH:
        if request.method == "POST":
            messages.error(request, _("请写明为什么不改就报送，至少 4 个字。"))
        address = reverse("web:outgoing-check", args=[feed])
        return HttpResponseRedirect(f"{address}?{request.GET.urlencode()}")
    content = io.BytesIO()
    _write(request, viewer, wanted, content, found["must"], go_ahead)
    content.seek(0)
    name = out.file_name(feed, wanted.batch, timezone.localdate())
    return FileResponse(content, as_attachment=True, filename=name, content_type=_SPREADSHEET)


@requires(Permission.EXPORT_LISTS)
@require_GET
def check(request: HttpRequest, feed: str) -> HttpResponseBase:
    """What is wrong in the rows of the list as it would go out; as a page, or all of it as Excel."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    wanted = _wanted(request, viewer, feed)
    checked = _checked(viewer, wanted)
    is_workbook = request.GET.get("export") == "xlsx"
    shown = checked.problems if is_workbook else checked.problems[:SHOWN]
    record(
        by=viewer.actor(address_of(request)),
        action="register.export" if is_workbook else "register.read",
        kind="household",
        ids=list(dict.fromkeys(each.household_code for each in shown if each.household_code)),
        detail={"register": "list-check", "feed": feed},
        place=wanted.place,
    )
    if is_workbook:
        content = problem_lines.workbook(viewer, wanted.offer.feed.name, checked, timezone.now())
        name = out.file_name(feed, wanted.batch, timezone.localdate())
        return FileResponse(
            content,
            as_attachment=True,
            filename=name.replace(".xlsx", _("-逐行检查.xlsx")),
            content_type=_SPREADSHEET,
        )
    query = request.GET.urlencode()
    in_full = wanted.in_full or checked.rows > settings.EXPORT_APPROVAL_ROWS
    context = {
        "title": wanted.offer.feed.name,
        "checked": checked,
        "lines": [problem_lines.shown(viewer, each) for each in shown],
        "rest": len(checked.problems) - len(shown),
        "file": f"{reverse('web:outgoing-file', args=[feed])}?{query}",
        "workbook": f"?{query}&export=xlsx" if query else "?export=xlsx",
        "needs_approval": in_full,
    }
    return render(request, "web/intake/outgoing_check.html", context)


def _wanted(request: HttpRequest, viewer: Viewer, feed: str) -> Wanted:
    offer = next((each for each in out.offers(viewer) if each.feed.id == feed), None)
    if offer is None:
        raise Http404
    number = request.GET.get("form", "")
    batch = next((each for each in offer.files if str(each.pk) == number), None)
    if number and batch is None:
        raise Http404
    in_full = request.GET.get("numbers") == "full"
    if in_full and not viewer.may(Permission.REVEAL_IDENTITY):
        raise PermissionDenied
    place = request.GET.get("place", "")
    reach = out.reach(viewer, "", in_full=in_full)
    if place and not reach.covers(place):
        raise Http404
    scope = out.reach(viewer, place, in_full=in_full)
    span = _span(request) if offer.tells_changes else None
    return Wanted(offer, batch, place, in_full, scope, span)


def _span(request: HttpRequest) -> Span:
    """The days of a list of changes, by default the month before; 404 for what is no span."""
    first = timezone.localdate().replace(day=1)
    last = first - timedelta(days=1)
    try:
        since = date.fromisoformat(request.GET.get("since") or last.replace(day=1).isoformat())
        until = date.fromisoformat(request.GET.get("until") or last.isoformat())
    except ValueError:
        raise Http404 from None
    if until < since:
        since, until = until, since
    return Span(since, until)


def _described(viewer: Viewer, wanted: Wanted) -> dict[str, Any]:
    """What the asker sees before asking, and the approver before deciding."""
    sheets = out.collected(
        viewer,
        wanted.scope,
        wanted.offer,
        wanted.batch,
        in_full=wanted.in_full,
        span=wanted.span,
    )
    checked = _checked(viewer, wanted)
    look = len(checked.problems) - checked.must
    names = places.names(low for low, _high in wanted.scope.ranges)
    form = wanted.batch.file_name if wanted.batch is not None else _("没有来过，用标准栏目")
    return {
        "register": f"list-{wanted.offer.feed.id}",
        "title": wanted.offer.feed.name,
        "format": "xlsx",
        "rows": sum(len(sheet.rows) for sheet in sheets),
        "ranges": reach_of(wanted.scope),
        "terms": {**_terms(wanted), "must": checked.must},
        "must": checked.must,
        "look": look,
        "description": {
            "noun": _("行"),
            "places": [names.of(low) or low for low, _high in wanted.scope.ranges],
            "filters": [
                *_told_span(wanted.span),
                [_("格式来自"), form],
                [_("证件号码和电话"), _("完整") if wanted.in_full else _("遮住")],
                [
                    _("逐行检查"),
                    _("必须改 %(must)s 条，请核实 %(look)s 条")
                    % {"must": checked.must, "look": look},
                ],
            ],
            "columns": list(dict.fromkeys(h for sheet in sheets for h in sheet.form.headings if h)),
            "sort": _("按户编码"),
            "searched": False,
        },
    }


def _told_span(span: Span | None) -> list[list[str]]:
    if span is None:
        return []
    return [
        [_("变动日期"), _("%(since)s 至 %(until)s") % {"since": span.since, "until": span.until}]
    ]


def _terms(wanted: Wanted) -> dict[str, Any]:
    """What must still hold when the file is written."""
    return {
        "permission": str(Permission.EXPORT_LISTS),
        "feed": wanted.offer.feed.id,
        "form": wanted.batch.pk if wanted.batch is not None else None,
        "place": wanted.place,
        "in_full": wanted.in_full,
        "since": wanted.span.since.isoformat() if wanted.span else None,
        "until": wanted.span.until.isoformat() if wanted.span else None,
    }


def _checked(viewer: Viewer, wanted: Wanted) -> ListChecked:
    return list_checks.checked(
        viewer=viewer,
        scope=wanted.scope,
        offer=wanted.offer,
        batch=wanted.batch,
        on=timezone.localdate(),
        span=wanted.span,
    )


def _check_approved(approved: Write, wanted: Wanted, must: int) -> None:
    is_same = all(approved.terms.get(name) == value for name, value in _terms(wanted).items())
    if not is_same or not are_within(reach_of(wanted.scope), approved.ranges):
        raise ExportRefused(_("名单的范围或格式已与批准时不同，没有生成文件。请重新申请。"))
    if must > int(approved.terms.get("must", 0)):
        raise ExportRefused(
            _("批准以后，名单里又多了必须改的问题，没有生成文件。请改正后重新申请。")
        )


def _write(
    request: HttpRequest,
    viewer: Viewer,
    wanted: Wanted,
    content: Any,
    must: int,
    go_ahead: str,
) -> dict[str, Any]:
    return outgoing.take_out(
        by=viewer.actor(address_of(request)),
        viewer=viewer,
        scope=wanted.scope,
        offer=wanted.offer,
        batch=wanted.batch,
        in_full=wanted.in_full,
        file=content,
        span=wanted.span,
        must=must,
        go_ahead=go_ahead,
    )
