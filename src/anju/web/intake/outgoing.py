"""Lists going out as they came in: choosing one, and its file, which may need a second person.

A file goes out only of a list that was checked row by row today (`anju.web.intake.list_checks`). It is
always written by the worker (`anju.web.exports`), which opens the same address again: at once where it
is short and masked, else when somebody else has approved it.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import (
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
from anju.accounts.viewer import Viewer
from anju.exports import actions as exports
from anju.exports.actions import REASON_LENGTH, ExportRefused
from anju.exports.queries import are_within, reach_of
from anju.inspection import queries as inspections
from anju.inspection.actions import list_checks as checking
from anju.inspection.models import ListCheck
from anju.inspection.queries import list_checks as checked
from anju.intake.actions import outgoing
from anju.intake.outgoing import lists as out
from anju.intake.outgoing.changes import Span
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.intake.wanted import Wanted, span, wanted
from anju.web.lists import Choice
from anju.web.lists.export import Describe, Write
from anju.web.quality import before_sending


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
        "places": [Choice(town.code, town.name) for town in towns],
        "may_reveal": viewer.may(Permission.REVEAL_IDENTITY),
        "limit": settings.EXPORT_APPROVAL_ROWS,
        "span": span(request.GET),
    }
    return render(request, "web/intake/outgoing.html", context)


@requires(Permission.EXPORT_LISTS)
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, feed: str) -> HttpResponseBase:
    """Have the file written, or the page that asks what it is for. A list with rows that must be mended
    goes out only with a reason: sent with the form of the page of its check."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked = wanted(request.GET, viewer, feed)
    purpose = getattr(request, "export_purpose", None)
    if isinstance(purpose, Write):
        _write_approved(request, viewer, asked, purpose)
        return HttpResponse()
    check = checked.latest(asked.asked, timezone.localdate())
    if isinstance(purpose, Describe):
        if check is None:
            raise ExportRefused(_("这份名单今天还没有逐行检查。请回到“报送名单”先检查再申请。"))
        purpose.found = _described(viewer, asked, check)
        return HttpResponse()
    if check is None:
        messages.error(request, _("这份名单今天还没有逐行检查，请先检查。"))
        return HttpResponseRedirect(reverse("web:outgoing"))
    if needs_approval(asked, check):
        context = {
            "found": _described(viewer, asked, check),
            "address": request.get_full_path(),
            "in_full": asked.in_full,
            "check": check,
        }
        return render(request, "web/intake/outgoing_ask.html", context)
    return _at_once(request, viewer, asked, check)


def needs_approval(asked: Wanted, check: ListCheck) -> bool:
    """Whether a second person must let the file out: of many people, or with their numbers."""
    is_long = int(check.report.get("rows", 0)) > settings.EXPORT_APPROVAL_ROWS
    return asked.in_full or (asked.offer.is_of_people and is_long)


def _at_once(
    request: HttpRequest, viewer: Viewer, asked: Wanted, check: ListCheck
) -> HttpResponseBase:
    """A short list goes to the worker, when it is as it was checked and goes out with or without reason."""
    page = reverse("web:list-check", args=[check.pk])
    if request.method != "POST":
        return HttpResponseRedirect(page)
    go_ahead = request.POST.get("go_ahead", "").strip()[:200]
    must, _look = checked.levels_of(viewer, check)
    is_fresh = checked.is_fresh(check, timezone.localdate())
    if not is_fresh or (must and len(go_ahead) < REASON_LENGTH):
        if not is_fresh:
            messages.error(request, _("检查以后底册又有改动，没有出表。请再检查一次。"))
        else:
            messages.error(request, _("请写明为什么不改就报送，至少 4 个字。"))
        return HttpResponseRedirect(page)
    found = _described(viewer, asked, check)
    if must:
        found["terms"]["go_ahead"] = found["description"]["go_ahead"] = go_ahead
    begun = exports.start(
        by=viewer.actor(address_of(request)),
        at=timezone.now(),
        viewer=viewer,
        found=found,
        address=request.get_full_path(),
        reason=_("行数不多，号码已遮住或不含个人信息，不须审批"),
    )
    return HttpResponseRedirect(reverse("web:export", args=[begun.pk]))


def _write_approved(request: HttpRequest, viewer: Viewer, asked: Wanted, approved: Write) -> None:
    """Write what was approved, checked again where the registers changed since it was checked."""
    today = timezone.localdate()
    check = checked.latest(asked.asked, today)
    if check is None or not checked.is_fresh(check, today):
        check = checking.perform_now(
            by=viewer.actor(address_of(request)), at=timezone.now(), as_of=today, asked=asked.asked
        )
    must, _look = checked.levels_of(viewer, check)
    if approved.terms.get("alone") and needs_approval(asked, check):
        raise ExportRefused(_("名单的行数已超过不须审批的上限，没有生成文件。请重新申请报送。"))
    _check_approved(approved, asked, must)
    go_ahead = str(approved.terms.get("go_ahead", ""))
    approved.summary = _write(request, viewer, asked, approved.file, must, go_ahead)


def _described(viewer: Viewer, asked: Wanted, check: ListCheck) -> dict[str, Any]:
    """What the asker sees before asking, and the approver before deciding."""
    must, look = checked.levels_of(viewer, check)
    names = places.names(low for low, _high in asked.scope.ranges)
    form = asked.batch.file_name if asked.batch is not None else _("没有来过，用标准栏目")
    return {
        "register": f"list-{asked.offer.feed.id}",
        "title": asked.offer.feed.name,
        "format": "xlsx",
        "rows": check.report.get("rows", 0),
        "ranges": reach_of(asked.scope),
        "terms": {**_terms(asked), "must": must},
        "must": must,
        "look": look,
        "description": {
            "noun": _("行"),
            "places": [names.of(low) or low for low, _high in asked.scope.ranges],
            "filters": [
                *_told_span(asked.span),
                [_("格式来自"), form],
                [_("证件号码和电话"), _("完整") if asked.in_full else _("遮住")],
                [
                    _("逐行检查"),
                    _("必须改 %(must)s 条，请核实 %(look)s 条") % {"must": must, "look": look},
                ],
            ],
            "columns": check.report.get("headings", []),
            "file_name": out.file_name(asked.offer.feed.id, asked.batch, timezone.localdate()),
            "sort": _("按户编码"),
            "searched": False,
        },
    }


def _told_span(days: Span | None) -> list[list[str]]:
    if days is None:
        return []
    return [
        [_("变动日期"), _("%(since)s 至 %(until)s") % {"since": days.since, "until": days.until}]
    ]


def _terms(asked: Wanted) -> dict[str, Any]:
    """What must still hold when the file is written."""
    return {
        "permission": str(Permission.EXPORT_LISTS),
        "feed": asked.offer.feed.id,
        "form": asked.batch.pk if asked.batch is not None else None,
        "place": asked.place,
        "in_full": asked.in_full,
        "since": asked.span.since.isoformat() if asked.span else None,
        "until": asked.span.until.isoformat() if asked.span else None,
    }


def _check_approved(approved: Write, asked: Wanted, must: int) -> None:
    is_same = all(approved.terms.get(name) == value for name, value in _terms(asked).items())
    if not is_same or not are_within(reach_of(asked.scope), approved.ranges):
        raise ExportRefused(_("名单的范围或格式已与批准时不同，没有生成文件。请重新申请。"))
    if must > int(approved.terms.get("must", 0)):
        raise ExportRefused(
            _("批准以后，名单里又多了必须改的问题，没有生成文件。请改正后重新申请。")
        )


def _write(
    request: HttpRequest,
    viewer: Viewer,
    asked: Wanted,
    content: Any,
    must: int,
    go_ahead: str,
) -> dict[str, Any]:
    return outgoing.take_out(
        by=viewer.actor(address_of(request)),
        viewer=viewer,
        scope=asked.scope,
        offer=asked.offer,
        batch=asked.batch,
        in_full=asked.in_full,
        file=content,
        span=asked.span,
        must=must,
        go_ahead=go_ahead,
    )
