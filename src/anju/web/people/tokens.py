"""Tokens of other systems: the list, issuing one, taking one back."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts import queries
from anju.accounts.actions import tokens
from anju.accounts.models import Token
from anju.accounts.permissions import FOR_SYSTEMS, Permission
from anju.accounts.viewer import Viewer
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.lists import Ask, Choice, Column, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.people import choices
from anju.web.people.user import actor

_USUAL = timedelta(days=180)


@requires(Permission.MANAGE_USERS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """All tokens ever issued."""
    return lists.show(request, TOKENS, template="web/people/tokens.html")


@requires(Permission.MANAGE_USERS)
@never_cache
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Issue a token; its text is shown once, on the answer itself."""
    if request.method == "GET":
        return _form(request)
    today = timezone.localdate()
    given = request.POST
    try:
        token, secret = tokens.issue(
            by=actor(request),
            at=timezone.now(),
            on=today,
            system=given.get("system", "")[:60],
            division_code=given.get("place", ""),
            permissions={
                Permission(each) for each in given.getlist("allow") if each in FOR_SYSTEMS
            },
            expires_on=_day(given.get("until", "")) or today,
        )
    except tokens.TokenRefused as refused:
        return _form(request, refused.zh)
    shown = {"token": token, "secret": secret}
    return render(request, "web/people/token_issued.html", shown)


@requires(Permission.MANAGE_USERS)
@require_GET
def page(request: HttpRequest, token_id: int) -> HttpResponse:
    """One token: what it opens, and taking it back."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    token = queries.tokens_for(viewer).filter(pk=token_id).first()
    if token is None:
        raise Http404
    names = places.names([token.division_code])
    context = {
        "token": token,
        "place": names.village(token.division_code) or token.division_code,
        "permissions": [Permission(each).label for each in token.permissions],
        "state": _state(token, timezone.localdate()),
    }
    return render(request, "web/people/token.html", context)


@requires(Permission.MANAGE_USERS)
@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Take a token back."""
    try:
        token = tokens.revoke(by=actor(request), at=timezone.now(), token_id=token_id)
    except tokens.TokenRefused as refused:
        messages.error(request, refused.zh)
    else:
        messages.success(request, _("已收回“%(system)s”的令牌。") % {"system": token.system})
    return HttpResponseRedirect(reverse("web:tokens"))


def _day(text: str) -> date | None:
    """A day from a date field; None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _form(request: HttpRequest, problem: str = "") -> HttpResponse:
    until = (timezone.localdate() + _USUAL).isoformat()
    context = {
        "problem": problem,
        "given": request.POST if problem else {"until": until},
        "places": choices.all_places(),
        "allowed": request.POST.getlist("allow") if problem else [Permission.VIEW_HOUSEHOLDS],
        "permissions": [Choice(each, each.label) for each in Permission if each in FOR_SYSTEMS],
    }
    return render(request, "web/people/new_token.html", context, status=422 if problem else 200)


def _rows(ask: Ask) -> Rows:
    return queries.tokens_for(ask.viewer)


def _prepare(rows: Any, ask: Ask) -> None:
    names = places.names([row.division_code for row in rows])
    today = timezone.localdate()
    for row in rows:
        row.place_name = names.village(row.division_code) or row.division_code
        row.state = _state(row, today)


def _state(token: Token, today: date) -> str:
    """What a token can do today."""
    if token.revoked_at is not None:
        return pgettext("token", "已收回")
    return pgettext("token", "有效") if token.expires_on > today else pgettext("token", "已到期")


def _find(rows: Rows, words: str, ask: Ask) -> Found:
    return Found(rows.filter(system__contains=words))


TOKENS = Register(
    id="tokens",
    title=gettext_lazy("接口令牌"),
    noun=gettext_lazy("个"),
    rows=_rows,
    prepare=_prepare,
    empty=gettext_lazy("其他系统凭令牌读取数据。点“发放令牌”登记第一个对接系统。"),
    export_permission=Permission.MANAGE_USERS,
    search=Search(gettext_lazy("对接系统名称"), _find),
    sorts=(Sort("newest", gettext_lazy("最近发放"), ("-id",)),),
    columns=(
        Column(
            "system",
            gettext_lazy("对接系统"),
            lambda row: row.system,
            link=lambda row: reverse("web:token", args=[row.pk]),
            fixed=True,
        ),
        Column("place", gettext_lazy("可读区域"), lambda row: row.place_name),
        Column(
            "permissions",
            gettext_lazy("可读内容"),
            lambda row: "、".join(Permission(each).label for each in row.permissions),
        ),
        Column("issued", gettext_lazy("发放时间"), lambda row: row.issued_at, Kind.MOMENT),
        Column("expires", gettext_lazy("到期日期"), lambda row: row.expires_on, Kind.DATE),
        Column("state", gettext_lazy("状态"), lambda row: row.state),
    ),
)
