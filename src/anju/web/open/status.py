"""The receipt of what was sent, and how far it stands: nothing of what it says, nor about whom."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.casework.queries import open_pages as queries
from anju.casework.queries.open_pages import OpenVillage
from anju.web.open.village import of_village, shown

# The number is told to the browser that sent the form, and stands in no address or history.
_COOKIE = "anju-receipt"
_SECONDS = 600


def to_receipt(village: OpenVillage, reference: str) -> HttpResponse:
    """On to the page with the number, so that loading it again sends nothing again."""
    address = reverse("web:open-received", args=[village.token])
    answer = HttpResponseRedirect(address)
    answer.set_signed_cookie(
        _COOKIE,
        reference,
        salt=village.token,
        max_age=_SECONDS,
        path=address,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


@of_village
@require_GET
def received(request: HttpRequest, village: OpenVillage) -> HttpResponse:
    """The receipt number, for ten minutes; afterwards the way to look it up."""
    try:
        reference = request.get_signed_cookie(_COOKIE, salt=village.token, max_age=_SECONDS)
    except (KeyError, BadSignature):
        return HttpResponseRedirect(reverse("web:open-status", args=[village.token]))
    return shown(request, village, "received", {"reference": reference})


@of_village
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, village: OpenVillage) -> HttpResponse:
    """Ask for a number. Sent by POST, so that it stays out of addresses and logs."""
    if request.method != "POST":
        return shown(request, village, "status", {"number": ""})
    number = request.POST.get("number", "").strip()[:40]
    found = queries.receipt(village, number) if number else None
    context = {"number": number, "receipt": found}
    if found is None:
        context["problem"] = _("没有找到这个编号。请核对回执，或向受理单位查询。")
    return shown(request, village, "status", context, 200 if found else 422)
