"""One's own account: posts, password, second factor, and where one is signed in."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.password_change import finalize_password_change
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    reauthenticate_by_password,
)
from allauth.mfa.base.forms import ReauthenticateForm
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts import queries
from anju.accounts.actions import attempts, passwords, sessions
from anju.accounts.models import AttemptOutcome
from anju.accounts.roles import ROLES
from anju.places import queries as places
from anju.web.access import requires
from anju.web.account.before_entry import change_password
from anju.web.account.hosts import allows_passkeys
from anju.web.address import address_of
from anju.web.returning import safe

_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("360", "360"),
    ("QQBrowser", "QQ"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = ("Windows", "HarmonyOS", "Android", "iPhone", "iPad", "Mac OS", "UOS", "Linux")


def confirmed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask once more who it is, unless that was done in the last few minutes."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if did_recently_reauthenticate(request):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else reverse("web:account")
        return HttpResponseRedirect(f"{reverse('web:confirm')}?{urlencode({'next': back})}")

    return guarded


@requires()
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account."""
    user: Any = request.user
    today = timezone.localdate()
    factors = list(queries.factors_of(user))
    posts = list(queries.posts_on(today).filter(user=user))
    names = places.names([post.division_code for post in posts])
    open_sessions = queries.sessions_of(user, at=timezone.now())
    context = {
        "user": user,
        "posts": [(post, _role(post.role), names.of(post.division_code)) for post in posts],
        "has_password": user.has_usable_password(),
        "password_ends_on": queries.password_ends_on(user),
        "totp": next((each for each in factors if each.type == "totp"), None),
        "passkeys": [(each, each.wrap().name) for each in factors if each.type == "webauthn"],
        "codes": next((_left(each) for each in factors if each.type == "recovery_codes"), None),
        "allows_passkeys": allows_passkeys(request),
        "needs_second_factor": queries.needs_second_factor(user, on=today),
        "sessions": [
            (each, browser_name(each.user_agent), each.session_key == request.session.session_key)
            for each in open_sessions
        ],
    }
    return render(request, "web/account/page.html", context)


@requires()
@sensitive_post_parameters("old", "password", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; sessions elsewhere end."""
    user: Any = request.user
    if request.method == "GET":
        return render(request, "web/account/password.html", {"user": user})
    try:
        _verify(request, request.POST.get("old", "")[:128])
        change_password(request, user)
    except (attempts.LockedOut, sessions.SignInRefused, passwords.PasswordRefused) as refused:
        names = {"user": user, "problem": refused.zh}
        return render(request, "web/account/password.html", names, status=422)
    _end_others(request)
    finalize_password_change(request, user)
    messages.success(request, _("密码已修改，其他地方的登录已退出。"))
    return HttpResponseRedirect(reverse("web:account"))


@requires()
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask once more for the password (or a code) before something that protects the account."""
    user: Any = request.user
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    names = {"next": safe(request, wanted, reverse("web:account"))}
    names["by"] = "password" if user.has_usable_password() else "code"
    if request.method == "GET":
        return render(request, "web/account/confirm.html", names)
    try:
        if names["by"] == "password":
            _verify(request, request.POST.get("password", "")[:128])
            reauthenticate_by_password(request)
        else:
            _verify_code(request)
    except (attempts.LockedOut, sessions.SignInRefused) as refused:
        context = {**names, "problem": refused.zh}
        return render(request, "web/account/confirm.html", context, status=422)
    return HttpResponseRedirect(names["next"])


@requires()
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out in one other place, or in all others."""
    wanted = request.POST.get("session", "")
    ended = _end_others(request, only=int(wanted) if wanted.isdigit() else None)
    if ended:
        messages.success(request, _("已退出 %(count)s 处登录。") % {"count": ended})
    return HttpResponseRedirect(reverse("web:account"))


def browser_name(user_agent: str) -> str:
    """A browser and its system, as people call them."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), _("其他浏览器"))
    system = next((name for name in _SYSTEMS if re.search(re.escape(name), user_agent)), "")
    return f"{browser} · {system}" if system else browser


def _verify(request: HttpRequest, given: str) -> None:
    """The password is the user's own, or a refusal; failures count like those at sign-in."""
    user: Any = request.user
    address = address_of(request)
    try:
        sessions.verify(username=user.username, password=given, address=address, at=timezone.now())
    except sessions.SignInRefused as refused:
        raise sessions.SignInRefused(_("密码不正确，请重新输入。")) from refused


def _verify_code(request: HttpRequest) -> None:
    """The same for a one-time code, for users whose password lives elsewhere."""
    user: Any = request.user
    address, now = address_of(request), timezone.now()
    attempts.refuse_if_locked(username=user.username, address=address, at=now)
    form = ReauthenticateForm(user=user, data=request.POST)
    if not form.is_valid():
        attempts.failed(
            username=user.username, address=address, at=now, outcome=AttemptOutcome.WRONG_CODE
        )
        raise sessions.SignInRefused(_("验证码不正确，或已经用过。"))
    form.save()


def _end_others(request: HttpRequest, only: int | None = None) -> int:
    """End this user's sessions but the one they are using."""
    user: Any = request.user
    others = [
        each.pk
        for each in queries.sessions_of(user, at=timezone.now())
        if each.session_key != request.session.session_key and only in (None, each.pk)
    ]
    by = request.viewer.actor(address_of(request))  # type: ignore[attr-defined]
    return sessions.end(by=by, user=user, session_ids=others)


def _role(role: str) -> str:
    return ROLES[role].name if role in ROLES else role


def _left(factor: Any) -> int:
    """Recovery codes not used yet."""
    return len(factor.wrap().get_unused_codes())
