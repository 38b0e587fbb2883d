"""公开页: which villages have one, opening and closing it, and the sheet to print."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import qrcode
import qrcode.image.svg
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.casework.actions import open_pages as actions
from anju.casework.models import OpenPage
from anju.casework.queries import open_pages as queries
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.lists import Ask, Column, Kind, Register, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town
from anju.web.open.report import DIFFICULTIES


@requires(Permission.VIEW_CASES)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The villages whose pages the viewer looks after."""
    return lists.show(request, OPEN_PAGES)


@requires(Permission.VIEW_CASES)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, village_code: str) -> HttpResponse:
    """One village's page: whom people turn to, its address, another address, or none."""
    _village_or_404(request, village_code)
    if request.method != "POST":
        return _shown(request, village_code)
    try:
        messages.success(request, _do(request, village_code))
    except Refusal as refused:
        return _shown(request, village_code, refused.zh)
    return HttpResponseRedirect(reverse("web:open-page", args=[village_code]))


@requires(Permission.VIEW_CASES)
@require_GET
def sheet(request: HttpRequest, village_code: str) -> HttpResponse:
    """Two sheets of A4: what can be asked for, with the square to scan; and the paper form."""
    _village_or_404(request, village_code)
    found = queries.page_in(village_code)
    if found is None:
        raise Http404
    address = _address(request, found)
    context = {
        "page": found,
        "village_name": _name(village_code),
        "address": address,
        "picture": _picture(address),
        "difficulties": DIFFICULTIES.values(),
    }
    return render(request, "web/casework/open_sheet.html", context)


def _do(request: HttpRequest, village_code: str) -> str:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    by, on = viewer.actor(address_of(request)), timezone.localdate()
    wanted = request.POST.get("do", "")
    if wanted == "renew":
        actions.renew(by=by, on=on, viewer=viewer, village_code=village_code)
        return gettext("已换网址，请重新打印张贴；原来的二维码不能用了。")
    if wanted == "close":
        actions.close(by=by, on=on, viewer=viewer, village_code=village_code)
        return gettext("公开页已停用。")
    contact = request.POST.get("contact", "")[:80]
    actions.start(by=by, on=on, viewer=viewer, village_code=village_code, contact=contact)
    return gettext("公开页已开通，请打印二维码张贴在公示栏。")


def _village_or_404(request: HttpRequest, village_code: str) -> None:
    if not queries.villages_for(request.viewer).filter(code=village_code).exists():  # type: ignore[attr-defined]
        raise Http404


def _shown(request: HttpRequest, village_code: str, problem: str = "") -> HttpResponse:
    found = queries.page_in(village_code)
    context = {
        "page": found,
        "village_code": village_code,
        "village_name": _name(village_code),
        "address": _address(request, found) if found else "",
        "contact": request.POST.get("contact", found.contact if found else ""),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "web/casework/open_page.html", context, status=status)


def _address(request: HttpRequest, page: OpenPage) -> str:
    """Where villagers reach it: the setting, else the address this page was asked at."""
    path = reverse("web:open", args=[page.token])
    return (
        f"{settings.OPEN_ADDRESS}{path}"
        if settings.OPEN_ADDRESS
        else request.build_absolute_uri(path)
    )


def _picture(address: str) -> str:
    """The square to scan, as the address of an image; it stays readable when a quarter is torn."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q)
    code.add_data(address)
    drawing = code.make_image(image_factory=qrcode.image.svg.SvgPathImage).to_string()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing).decode()}"


def _name(village_code: str) -> str:
    return places.names([village_code]).village(village_code) or village_code


def _rows(ask: Ask) -> Rows:
    return queries.villages_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Names with their towns, and the pages in use: two queries."""
    codes = [row.code for row in rows]
    names, pages = places.names(codes), queries.pages_in(codes)
    for row in rows:
        row.place_name = names.village(row.code)
        row.page = pages.get(row.code)


OPEN_PAGES = Register(
    id="open_pages",
    title=_("公开页"),
    noun=_("个村"),
    rows=_rows,
    prepare=_prepare,
    empty=_("您负责的区域里没有村。"),
    filters=(town("code"),),
    sorts=(Sort("place", _("按村"), ("code",)),),
    columns=(
        Column(
            "place",
            _("村（社区）"),
            lambda row: row.place_name,
            link=lambda row: reverse("web:open-page", args=[row.code]),
            fixed=True,
        ),
        Column("state", _("状态"), lambda row: _("已开通") if row.page else _("未开通")),
        Column("contact", _("受理单位和电话"), lambda row: row.page.contact if row.page else ""),
        Column(
            "opened", _("开通日期"), lambda row: row.page.opened_on if row.page else "", Kind.DATE
        ),
    ),
)
