"""公示栏: what hangs in the village now, and objecting to it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.audit.refusal import Refusal
from anju.benefits.queries import boards as benefits
from anju.casework.actions import objections
from anju.casework.models import Notice, NoticeEntry
from anju.casework.queries import open_pages as queries
from anju.casework.queries.open_pages import OpenVillage
from anju.web.open import sent, status
from anju.web.open.village import of_village, shown, somebody

_WHOLE = "whole"
_FIELDS = ("entry", "name", "phone", "told")


@of_village
@require_GET
def page(request: HttpRequest, village: OpenVillage) -> HttpResponse:
    """What can be done here, and the notices that hang today."""
    today = timezone.localdate()
    notices = queries.current_notices(village, on=today)
    rolls = benefits.hanging(village.code, on=today)
    return shown(request, village, "board", {"notices": notices, "rolls": rolls})


@of_village
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, village: OpenVillage, notice_id: int) -> HttpResponse:
    """Say what is not right with a notice; name and telephone may be left empty."""
    notice = queries.current_notices(village, on=timezone.localdate()).filter(pk=notice_id).first()
    if notice is None:
        raise Http404
    entries = {str(number): entry for number, entry in enumerate(notice.entries.all(), start=1)}
    if request.method != "POST":
        return _form(request, village, notice, sent.Sent(dict.fromkeys(_FIELDS, "")))
    given = sent.read(request, *_FIELDS)
    given.among("entry", {*entries, _WHOLE}, _("请选择对哪一户有异议。"))
    given.require("told", _("请写明哪里不对。"))
    if given.problems:
        return _form(request, village, notice, given, 422)
    return _receive(request, village, notice, entries.get(given.values["entry"]), given)


def _receive(
    request: HttpRequest,
    village: OpenVillage,
    notice: Notice,
    entry: NoticeEntry | None,
    given: sent.Sent,
) -> HttpResponse:
    try:
        objection = objections.receive(
            by=somebody(request),
            at=timezone.now(),
            notice=notice,
            entry=entry,
            name=given.values["name"],
            phone=given.phone,
            told=given.values["told"],
        )
    except Refusal as refused:
        given.problems["told"] = refused.zh
        return _form(request, village, notice, given, 422)
    return status.to_receipt(village, objection.reference)


def _form(
    request: HttpRequest,
    village: OpenVillage,
    notice: Notice,
    given: sent.Sent,
    status_code: int = 200,
) -> HttpResponse:
    context = {
        "notice": notice,
        "given": given.values,
        "problems": given.problems,
        "whole": _WHOLE,
        "most": str(sent.TOLD_LENGTH),
    }
    return shown(request, village, "objection", context, status_code)
