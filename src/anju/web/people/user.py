"""One user: what they are, their posts, and what is done about their sign-in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from anju.accounts import locking, queries
from anju.accounts.actions import factors, passwords, sessions, users
from anju.accounts.models import User
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.people import choices
from anju.web.people.users import unit_of


@requires(Permission.MANAGE_USERS)
@require_GET
def page(request: HttpRequest, username: str) -> HttpResponse:
    """Everything about one user."""
    return show(request, found(request, username))


@requires(Permission.MANAGE_USERS)
@require_POST
def change(request: HttpRequest, username: str) -> HttpResponse:
    """Correct the name, or move to another unit."""
    user = found(request, username)
    try:
        unit = unit_of(request.viewer, request.POST.get("unit", ""))  # type: ignore[attr-defined]
        users.change(by=actor(request), user=user, name=request.POST.get("name", ""), unit=unit)
    except Refusal as refused:
        return show(request, user, problem=refused.zh)
    return _back(request, user, _("已保存。"))


@requires(Permission.MANAGE_USERS)
@never_cache
@require_POST
def issue_password(request: HttpRequest, username: str) -> HttpResponse:
    """A new initial password, shown once."""
    user = found(request, username)
    if user.pk == request.user.pk:
        problem = _("自己的密码请在“我的账号”修改。")
        return show(request, user, problem=problem)
    password = passwords.issue(by=actor(request), on=timezone.localdate(), user=user)
    said = _("密码已重置，该用户已打开的登录全部退出。")
    context = {"user": user, "password": password, "said": said}
    return render(request, "web/people/initial_password.html", context)


@requires(Permission.MANAGE_USERS)
@require_POST
def reset_factors(request: HttpRequest, username: str) -> HttpResponse:
    """Take away the second factor of somebody who lost theirs."""
    user = found(request, username)
    try:
        if user.pk == request.user.pk:
            raise factors.FactorRefused(_("自己的两步验证请在“我的账号”修改。"))
        factors.reset(by=actor(request), user=user, reason=request.POST.get("reason", "")[:200])
    except Refusal as refused:
        return show(request, user, problem=refused.zh)
    return _back(request, user, _("两步验证已重置，请通知本人重新设置。"))


@requires(Permission.MANAGE_USERS)
@require_POST
def end_sessions(request: HttpRequest, username: str) -> HttpResponse:
    """Sign the user out everywhere."""
    user = found(request, username)
    ended = sessions.end(by=actor(request), user=user)
    return _back(request, user, _("已退出 %(count)s 处登录。") % {"count": ended})


@requires(Permission.MANAGE_USERS)
@require_POST
def set_active(request: HttpRequest, username: str) -> HttpResponse:
    """Close a user, or let them in again."""
    user = found(request, username)
    reason = request.POST.get("reason", "").strip()[:200]
    if user.pk == request.user.pk:
        return show(request, user, problem=_("不能停用自己，请由另一位安全管理员办理。"))
    if not reason:
        return show(request, user, problem=_("请写明理由，如“调离”“返岗”。"))
    try:
        if user.is_active:
            users.deactivate(by=actor(request), on=timezone.localdate(), user=user, reason=reason)
            said = _("已停用，岗位和登录同时终止。")
        else:
            users.activate(by=actor(request), user=user, reason=reason)
            said = _("已启用，请重新安排岗位。")
    except Refusal as refused:
        return show(request, user, problem=refused.zh)
    return _back(request, user, said)


def found(request: HttpRequest, username: str) -> User:
    """The user of an address, or 404."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user = queries.users_for(viewer).filter(username=username).first()
    if user is None:
        raise Http404
    return user


def actor(request: HttpRequest) -> Actor:
    """Who asks, and from where."""
    return request.viewer.actor(address_of(request))  # type: ignore[attr-defined, no-any-return]


def show(
    request: HttpRequest,
    user: User,
    *,
    problem: str = "",
    given: Any = None,
) -> HttpResponse:
    """The page of a user; with what was refused and what had been typed."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    now = timezone.now()
    posts = list(queries.posts_for(viewer).filter(user=user).order_by("-valid_from", "pk"))
    names = places.names([post.division_code for post in posts])
    lock = locking.lock_of(username=user.username, address="", at=now)
    context = {
        "user": user,
        "problem": problem,
        "given": given or {},
        "posts": [
            (
                post,
                choices.role_name(post.role),
                names.village(post.division_code) or post.division_code,
                post.valid_to is None or post.valid_to > viewer.on,
            )
            for post in posts
        ],
        "units": choices.units(viewer),
        "roles": choices.roles(),
        "places": choices.all_places(),
        "today": viewer.on,
        "has_password": user.has_usable_password(),
        "has_second_factor": queries.has_second_factor(user),
        "lock": lock,
        "open_sessions": len(queries.sessions_of(user, at=now)),
        "attempts": queries.attempts_for(viewer).filter(user=user)[:10],
    }
    return render(request, "web/people/user.html", context, status=422 if problem else 200)


def _back(request: HttpRequest, user: User, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("web:user", args=[user.username]))
