"""The list of users, and making one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts import queries
from anju.accounts.actions import passwords, users
from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.lists import Ask, Choice, Column, Filter, Found, Kind, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.people import choices


@requires(Permission.MANAGE_USERS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """All users."""
    return lists.show(request, USERS, template="web/people/users.html")


@requires(Permission.MANAGE_USERS)
@never_cache
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Make a user; the initial password is shown once."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    names: dict[str, Any] = {"units": choices.units(viewer), "given": request.POST}
    if request.method == "GET":
        return render(request, "web/people/new_user.html", names)
    by = viewer.actor(address_of(request))
    given = {
        "on": timezone.localdate(),
        "username": request.POST.get("username", "").strip(),
        "name": request.POST.get("name", ""),
        "unit": unit_of(viewer, request.POST.get("unit", "")),
    }
    try:
        if request.POST.get("way") == "directory":
            user, password = users.create(by=by, **given, password=None), ""
        else:
            user, password = users.create_with_initial_password(by=by, **given)
    except (users.UserRefused, passwords.PasswordRefused) as refused:
        names["problem"] = refused.zh
        return render(request, "web/people/new_user.html", names, status=422)
    said = _("用户已建立。接着请给他安排岗位，没有岗位看不到任何数据。")
    context = {"user": user, "password": password, "said": said, "is_new": True}
    return render(request, "web/people/initial_password.html", context)


def unit_of(viewer: Viewer, wanted: str) -> Unit | None:
    """The unit chosen in a form; None when none was."""
    if not (wanted.isascii() and wanted.isdigit()):
        return None
    return queries.units_for(viewer).filter(pk=int(wanted)).first()


def _rows(ask: Ask) -> Rows:
    return queries.users_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    ids = [row.pk for row in rows]
    held: dict[int, list[str]] = {}
    posts = list(queries.posts_for(ask.viewer).filter(queries.held_on(ask.on), user__in=ids))
    names = places.names([post.division_code for post in posts])
    for post in posts:
        place = names.village(post.division_code) or post.division_code
        held.setdefault(post.user_id, []).append(f"{choices.role_name(post.role)} {place}")
    safe = queries.with_second_factor(ids)
    for row in rows:
        row.held = "；".join(held.get(row.pk, []))
        row.is_safe = row.pk in safe


def _units(ask: Ask) -> Sequence[Choice]:
    return choices.units(ask.viewer)


def _of_unit(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(unit_id=int(value))


def _roles(ask: Ask) -> Sequence[Choice]:
    return choices.roles()


def _of_role(rows: Rows, value: str, ask: Ask) -> Rows:
    held = queries.posts_for(ask.viewer).filter(queries.held_on(ask.on), role=value)
    return rows.filter(pk__in=held.values("user"))


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice("active", _("启用")), Choice("closed", _("停用"))]


def _of_state(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(is_active=value == "active")


def _find(rows: Rows, words: str, ask: Ask) -> Found:
    return Found(rows.filter(Q(name__contains=words) | Q(username__startswith=words.lower())))


def _day(moment: Any) -> date | str:
    return timezone.localtime(moment).date() if moment else ""


USERS = Register(
    id="users",
    title=gettext_lazy("用户"),
    noun=gettext_lazy("人"),
    rows=_rows,
    prepare=_prepare,
    empty=gettext_lazy("点“新建用户”建立第一个用户。"),
    export_permission=Permission.MANAGE_USERS,
    audit_kind="user",
    search=Search(gettext_lazy("姓名或登录名"), _find),
    filters=(
        Filter("unit", gettext_lazy("单位"), _units, _of_unit),
        Filter("role", gettext_lazy("角色"), _roles, _of_role),
        Filter("state", gettext_lazy("状态"), _states, _of_state),
    ),
    sorts=(
        Sort("username", gettext_lazy("按登录名"), ("username",)),
        Sort("name", gettext_lazy("按姓名"), ("name", "username")),
    ),
    columns=(
        Column(
            "username",
            gettext_lazy("登录名"),
            lambda row: row.username,
            Kind.CODE,
            link=lambda row: reverse("web:user", args=[row.username]),
            fixed=True,
        ),
        Column("name", gettext_lazy("姓名"), lambda row: row.name, fixed=True),
        Column("unit", gettext_lazy("所在单位"), lambda row: row.unit.name if row.unit else ""),
        Column("posts", gettext_lazy("岗位"), lambda row: row.held),
        Column("factor", gettext_lazy("两步验证"), lambda row: row.is_safe, Kind.YES_NO),
        Column("seen", gettext_lazy("最近登录"), lambda row: _day(row.last_login), Kind.DATE),
        Column("active", gettext_lazy("启用"), lambda row: row.is_active, Kind.YES_NO),
        Column(
            "since", gettext_lazy("开户日期"), lambda row: row.created_on, Kind.DATE, shown=False
        ),
    ),
)
