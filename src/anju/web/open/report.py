"""自主申报: a household asks for help, without an account."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from anju.audit.refusal import Refusal
from anju.casework.actions import self_reports
from anju.casework.queries.open_pages import OpenVillage
from anju.web.open import sent, status
from anju.web.open.village import of_village, shown, somebody
from anju.web.words import Text

#: The risks in the words of a household; the village chooses again when it has understood.
DIFFICULTIES: Mapping[str, Text] = {
    "medical": gettext_lazy("家人生病，自己负担的医药费多"),
    "education": gettext_lazy("孩子上学有困难"),
    "employment": gettext_lazy("没有活干，或工资没有着落"),
    "income": gettext_lazy("收入少了很多，生活困难"),
    "disaster": gettext_lazy("遭了灾，或家人出了意外事故"),
    "death": gettext_lazy("家里主要劳力去世"),
    "disability": gettext_lazy("家人残疾，需要照料"),
    "housing": gettext_lazy("住房不安全"),
    "water": gettext_lazy("吃水困难"),
    "loan": gettext_lazy("欠款还不上"),
    "other": gettext_lazy("别的困难"),
}
_FIELDS = ("name", "phone", "risk", "told")


@of_village
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, village: OpenVillage) -> HttpResponse:
    """The form; sent, it is answered with a receipt number."""
    if request.method != "POST":
        return _form(request, village, sent.Sent(dict.fromkeys(_FIELDS, "")))
    given = sent.read(request, *_FIELDS)
    given.require("name", _("请填写姓名，村里要知道找谁。"))
    given.require("phone", _("请填写电话，村里会打电话核实。"))
    given.among("risk", set(DIFFICULTIES), _("请选一项。"))
    given.require("told", _("请写几句困难情况。"))
    if given.problems:
        return _form(request, village, given, status_code=422)
    try:
        report = self_reports.receive(
            by=somebody(request),
            at=timezone.now(),
            village_code=village.code,
            name=given.values["name"],
            phone=given.phone,
            risk=given.values["risk"],
            told=given.values["told"],
        )
    except Refusal as refused:
        given.problems["told"] = refused.zh
        return _form(request, village, given, status_code=422)
    return status.to_receipt(village, report.reference)


def _form(
    request: HttpRequest, village: OpenVillage, given: sent.Sent, status_code: int = 200
) -> HttpResponse:
    context = {
        "given": given.values,
        "problems": given.problems,
        "difficulties": DIFFICULTIES.items(),
        "most": str(sent.TOLD_LENGTH),
    }
    return shown(request, village, "report", context, status_code)
