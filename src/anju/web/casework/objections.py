"""异议: written down from paper or talk, read, and answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.refusal import Refusal
from anju.casework.actions import objections as actions
from anju.casework.models import Notice, NoticeEntry, Objection
from anju.casework.queries import notices as queries
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework import notices
from anju.web.doing import Doing, carry_out
from anju.web.open import sent


@requires(Permission.VIEW_CASES)
@require_POST
def write_down(request: HttpRequest, notice_id: int) -> HttpResponse:
    """An objection on paper or by word of mouth."""
    notice = notices.notice_of(request, notice_id)
    given = sent.read(request, "entry", "name", "phone", "told", "channel")
    if given.problems:
        return notices.shown(request, notice, " ".join(given.problems.values()))

    def do(doing: Doing) -> str:
        objection = actions.write_down(
            by=doing.by,
            at=doing.at,
            viewer=doing.viewer,
            notice=notice,
            entry=_entry(notice, given.values["entry"]),
            name=given.values["name"],
            phone=given.phone,
            told=given.values["told"],
            channel=given.values["channel"],
        )
        told = _("已登记，回执编号 %(number)s，请告诉反映人。") % {"number": objection.reference}
        messages.success(request, told)
        return reverse("web:notice", args=[notice.pk])

    return carry_out(request, do, lambda why: notices.shown(request, notice, why))


@requires(Permission.VIEW_CASES)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, objection_id: int) -> HttpResponse:
    """What was said, and the answer to it."""
    objection = _objection(request, objection_id)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if request.method != "POST":
        record(
            by=viewer.actor(address_of(request)),
            action="objection.read",
            kind="objection",
            ids=[objection.reference],
            place=objection.notice.village_code,
        )
        return _shown(request, objection)

    def do(doing: Doing) -> str:
        actions.answer(
            by=doing.by,
            on=doing.on,
            viewer=doing.viewer,
            objection=objection,
            entry=_entry(objection.notice, request.POST.get("entry", "")),
            is_upheld=_upheld(request.POST.get("upheld", "")),
            answer=request.POST.get("answer", "")[: sent.TOLD_LENGTH],
        )
        messages.success(request, _("已答复。"))
        return reverse("web:notice", args=[objection.notice_id])

    def again(problem: str) -> HttpResponse:
        return _shown(request, _objection(request, objection_id), problem=problem)

    return carry_out(request, do, again)


@requires(Permission.VIEW_CASES)
@require_POST
def phone(request: HttpRequest, objection_id: int) -> HttpResponse:
    """The number to call back, once; every look is in the audit trail."""
    objection = _objection(request, objection_id)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    by = viewer.actor(address_of(request))
    number = actions.phone_of(by=by, viewer=viewer, objection=objection)
    return _shown(request, objection, phone=number)


class _NotSaid(Refusal):
    """It was not said whether the objection is right."""


def _upheld(value: str) -> bool:
    if value not in ("0", "1"):
        raise _NotSaid(_("请选择异议是否成立。"))
    return value == "1"


def _entry(notice: Notice, number: str) -> NoticeEntry | None:
    """The household in a line of the notice; None for all of it."""
    entries = {str(line): entry for line, entry in enumerate(notice.entries.order_by("id"), 1)}
    return entries.get(number)


def _objection(request: HttpRequest, objection_id: int) -> Objection:
    try:
        return queries.objection_for(request.viewer, objection_id)  # type: ignore[attr-defined]
    except Objection.DoesNotExist:
        raise Http404 from None


def _shown(
    request: HttpRequest, objection: Objection, *, problem: str = "", phone: str | None = None
) -> HttpResponse:
    code = objection.notice.village_code
    context = {
        "objection": objection,
        "entries": objection.notice.entries.order_by("id").select_related("case"),
        "place_name": places.names([code]).village(code) or code,
        "phone": phone,
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "web/casework/objection.html", context, status=422 if problem else 200)
