"""Lists going out as they came in: choosing one, and its file, which may need a second person.

With numbers in full a file is always asked for (`anju.web.exports`): the same address is opened again
by the worker when somebody else has approved it.
"""

import io
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.exports.actions import ExportRefused
from anju.exports.queries import are_within, reach_of
from anju.inspection import queries as inspections
from anju.intake.actions import outgoing
from anju.intake.models import Batch
from anju.intake.outgoing import lists as out
from anju.intake.outgoing.lists import Offer
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.lists import Choice
from anju.web.lists.export import Describe, Write
from anju.web.quality import before_sending

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Wanted:
    """One list as somebody wants it: in whose form, of which places, with which numbers."""

    offer: Offer
    batch: Batch | None
    place: str
    in_full: bool
    scope: Scope


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
    }
    return render(request, "web/intake/outgoing.html", context)


@requires(Permission.EXPORT_LISTS)
@require_GET
def file(request: HttpRequest, feed: str) -> HttpResponseBase:
    """The file, or the page that asks what it is for."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    wanted = _wanted(request, viewer, feed)
    purpose = getattr(request, "export_purpose", None)
    if isinstance(purpose, Describe):
        purpose.found = _described(viewer, wanted)
        return HttpResponse()
    if isinstance(purpose, Write):
        _check_approved(purpose, wanted)
        purpose.summary = _write(request, viewer, wanted, purpose.file)
        return HttpResponse()
    found = _described(viewer, wanted)
    if wanted.in_full or found["rows"] > settings.EXPORT_APPROVAL_ROWS:
        context = {
            "found": found,
            "address": request.get_full_path(),
            "in_full": wanted.in_full,
            "feed": feed,
            "must_mend": before_sending.must_mend(viewer, feed),
        }
        return render(request, "web/intake/outgoing_ask.html", context)
    content = io.BytesIO()
    _write(request, viewer, wanted, content)
    content.seek(0)
    name = out.file_name(feed, wanted.batch, timezone.localdate())
    return FileResponse(content, as_attachment=True, filename=name, content_type=_SPREADSHEET)


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
    return Wanted(offer, batch, place, in_full, scope)


def _described(viewer: Viewer, wanted: Wanted) -> dict[str, Any]:
    """What the asker sees before asking, and the approver before deciding."""
    sheets = out.collected(viewer, wanted.scope, wanted.offer, wanted.batch, in_full=wanted.in_full)
    names = places.names(low for low, _high in wanted.scope.ranges)
    form = wanted.batch.file_name if wanted.batch is not None else _("没有来过，用标准栏目")
    return {
        "register": f"list-{wanted.offer.feed.id}",
        "title": wanted.offer.feed.name,
        "format": "xlsx",
        "rows": sum(len(sheet.rows) for sheet in sheets),
        "ranges": reach_of(wanted.scope),
        "terms": _terms(wanted),
        "description": {
            "noun": _("行"),
            "places": [names.of(low) or low for low, _high in wanted.scope.ranges],
            "filters": [
                [_("格式来自"), form],
                [_("证件号码和电话"), _("完整") if wanted.in_full else _("遮住")],
            ],
            "columns": list(dict.fromkeys(h for sheet in sheets for h in sheet.form.headings if h)),
            "sort": _("按户编码"),
            "searched": False,
        },
    }


def _terms(wanted: Wanted) -> dict[str, Any]:
    """What must still hold when the file is written."""
    return {
        "permission": str(Permission.EXPORT_LISTS),
        "feed": wanted.offer.feed.id,
        "form": wanted.batch.pk if wanted.batch is not None else None,
        "place": wanted.place,
        "in_full": wanted.in_full,
    }


def _check_approved(approved: Write, wanted: Wanted) -> None:
    is_same = all(approved.terms.get(name) == value for name, value in _terms(wanted).items())
    if not is_same or not are_within(reach_of(wanted.scope), approved.ranges):
        raise ExportRefused(_("名单的范围或格式已与批准时不同，没有生成文件。请重新申请。"))


def _write(request: HttpRequest, viewer: Viewer, wanted: Wanted, content: Any) -> dict[str, Any]:
    return outgoing.take_out(
        by=viewer.actor(address_of(request)),
        viewer=viewer,
        scope=wanted.scope,
        offer=wanted.offer,
        batch=wanted.batch,
        in_full=wanted.in_full,
        file=content,
    )
