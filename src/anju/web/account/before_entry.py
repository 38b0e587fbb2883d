"""The steps between a right password and the desk: a new password, a second factor."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from anju.accounts import queries
from anju.accounts.actions import factors, passwords
from anju.accounts.models import User
from anju.audit.actor import Actor
from anju.web.access import public
from anju.web.account.picture import totp_of
from anju.web.account.stages import RenewPassword, SetUpSecondFactor
from anju.web.address import address_of


@public
@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
@login_stage_required(stage=RenewPassword.key, redirect_urlname="account_login")
def renew_password(request: HttpRequest) -> HttpResponse:
    """Choose a password in place of an initial or an old one."""
    stage = request._login_stage  # type: ignore[attr-defined]
    user: User = stage.login.user
    names: dict[str, Any] = {"name": user.name, "is_initial": user.must_change_password}
    if request.method == "GET":
        return render(request, "web/account/renew_password.html", names)
    try:
        change_password(request, user)
    except passwords.PasswordRefused as refused:
        names["problem"] = refused.zh
        return render(request, "web/account/renew_password.html", names, status=422)
    return stage.exit()


def change_password(request: HttpRequest, user: User) -> None:
    """Take the new password of a form that asks for it twice, or say what is wrong with it."""
    password = request.POST.get("password", "")[:128]
    if password != request.POST.get("again", "")[:128]:
        raise passwords.PasswordRefused(_("两次输入的新密码不一样，请重新输入。"))
    by = Actor(user.username, user.name, address_of(request))
    passwords.change(by=by, on=timezone.localdate(), user=user, password=password)


@public
@never_cache
@require_http_methods(["GET", "POST"])
@login_stage_required(stage=SetUpSecondFactor.key, redirect_urlname="account_login")
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """Set up one-time codes; the recovery codes are shown before going on."""
    stage = request._login_stage  # type: ignore[attr-defined]
    user: User = stage.login.user
    if queries.has_second_factor(user):  # the recovery codes were shown
        return stage.exit()
    form = ActivateTOTPForm(user=user, data=request.POST if request.method == "POST" else None)
    names: dict[str, Any] = {"name": user.name}
    if form.is_bound and form.is_valid():
        by = Actor(user.username, user.name, address_of(request))
        names["codes"] = factors.add_totp(by=by, user=user, secret=form.secret)
        clear_totp_secret(request)
        return render(request, "web/account/codes_before_entry.html", names)
    if form.is_bound:
        names["problem"] = _("验证码不正确。请确认手机时间准确，等换了新码再输入。")
    names |= totp_of(user, form.secret)
    status = 422 if form.is_bound else 200
    return render(request, "web/account/set_up_second_factor.html", names, status=status)
