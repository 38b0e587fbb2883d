"""One's own second factor: one-time codes, passkeys, recovery codes."""

from typing import Any

from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts import queries
from anju.accounts.actions import factors
from anju.audit.actor import Actor
from anju.web.access import requires
from anju.web.account.hosts import allows_passkeys
from anju.web.account.mine import confirmed
from anju.web.account.picture import totp_of
from anju.web.account.signing_in import is_right
from anju.web.address import address_of


@requires()
@require_http_methods(["GET", "POST"])
@confirmed
def add_totp(request: HttpRequest) -> HttpResponse:
    """Set up one-time codes on a telephone."""
    user: Any = request.user
    form = ActivateTOTPForm(user=user, data=request.POST if request.method == "POST" else None)
    names: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        try:
            codes = factors.add_totp(by=_by(request), user=user, secret=form.secret)
        except factors.FactorRefused as refused:
            return _back(request, refused.zh, messages.ERROR)
        clear_totp_secret(request)
        return _shown(request, codes, _("动态口令已启用，下次登录时要输入。"))
    if form.is_bound:
        names["problem"] = _("验证码不正确。请确认手机时间准确，等换了新码再输入。")
    names |= totp_of(user, form.secret)
    status = 422 if form.is_bound else 200
    return render(request, "web/account/add_totp.html", names, status=status)


@requires()
@require_http_methods(["GET", "POST"])
@confirmed
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Register a passkey: the browser asks for a finger, a face or the code of the screen lock."""
    user: Any = request.user
    if not allows_passkeys(request):
        return _back(
            request,
            _("通行密钥要用 https 和网站名称打开才能添加，不能用数字地址。"),
            messages.ERROR,
        )
    names: dict[str, Any] = {"number": queries.factors_of(user).filter(type="webauthn").count() + 1}
    if request.method == "POST":
        form = AddWebAuthnForm(user=user, data=request.POST)
        if is_right(form):
            codes = factors.add_passkey(
                by=_by(request),
                user=user,
                name=form.cleaned_data["name"],
                credential=form.cleaned_data["credential"],
            )
            return _shown(request, codes, _("通行密钥已添加。"))
        names["problem"] = _("通行密钥没有添加成功，请再试一次。")
    names["options"] = {"creation_options": passkeys.begin_registration(user, passwordless=True)}
    status = 422 if "problem" in names else 200
    return render(request, "web/account/add_passkey.html", names, status=status)


@requires()
@require_POST
@confirmed
def remove(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Give up one-time codes or a passkey."""
    user: Any = request.user
    needed = queries.needs_second_factor(user, on=timezone.localdate())
    try:
        factors.remove(by=_by(request), user=user, factor_id=factor_id, needed=needed)
    except factors.FactorRefused as refused:
        return _back(request, refused.zh, messages.ERROR)
    return _back(request, _("已移除。"), messages.SUCCESS)


@requires()
@require_POST
@confirmed
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes; the old ones no longer hold."""
    user: Any = request.user
    try:
        codes = factors.renew_codes(by=_by(request), user=user)
    except factors.FactorRefused as refused:
        return _back(request, refused.zh, messages.ERROR)
    return _shown(request, codes, _("新的恢复码已生成，旧的作废。"))


def _by(request: HttpRequest) -> Actor:
    return request.viewer.actor(address_of(request))  # type: ignore[attr-defined, no-any-return]


def _shown(request: HttpRequest, codes: list[str], said: str) -> HttpResponse:
    """Show new recovery codes once; without any, go back."""
    if not codes:
        return _back(request, said, messages.SUCCESS)
    return render(request, "web/account/codes.html", {"codes": codes, "said": said})


def _back(request: HttpRequest, said: str, level: int) -> HttpResponse:
    messages.add_message(request, level, said)
    return HttpResponseRedirect(reverse("web:account"))
