"""Signing in: name and password, then the second factor; or a passkey alone. And signing out."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts import queries
from anju.accounts.actions import attempts, sessions
from anju.accounts.models import AttemptOutcome
from anju.web.access import public, requires
from anju.web.account.hosts import allows_passkeys
from anju.web.address import address_of
from anju.web.returning import safe

_PAGE = "web/account/login.html"


@public
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; go where one wanted to go."""
    wanted = safe(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.user.is_authenticated:
        return HttpResponseRedirect(wanted)
    if request.method == "GET":
        return render(request, _PAGE, _names(request, wanted))
    username = request.POST.get("username", "").strip()[:60]
    password = request.POST.get("password", "")[:128]
    try:
        user = sessions.verify(
            username=username,
            password=password,
            address=address_of(request),
            at=timezone.now(),
        )
    except (attempts.LockedOut, sessions.SignInRefused) as refused:
        names = _names(request, wanted, username=username, problem=refused.zh)
        status = 429 if isinstance(refused, attempts.LockedOut) else 422
        return render(request, _PAGE, names, status=status)
    clear_login(request)
    login = Login(user=user, redirect_url=wanted)
    return perform_password_login(request, {"username": user.username}, login)


@public
@never_cache
@require_http_methods(["GET", "POST"])
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a one-time code, a recovery code or a passkey."""
    stage = request._login_stage  # type: ignore[attr-defined]
    user = stage.login.user
    problem, status = "", 200
    if request.method == "POST":
        address, now = address_of(request), timezone.now()
        try:
            attempts.refuse_if_locked(username=user.username, address=address, at=now)
        except attempts.LockedOut as refused:
            problem, status = refused.zh, 429
        else:
            of = AuthenticateWebAuthnForm if "credential" in request.POST else AuthenticateForm
            form = of(user=user, data=request.POST)
            if is_right(form):
                form.save()
                return stage.exit()
            attempts.failed(
                username=user.username,
                address=address,
                at=now,
                outcome=AttemptOutcome.WRONG_CODE,
            )
            problem, status = _("验证码不正确，或已经用过。请等手机上换了新码再输入。"), 422
    names: dict[str, Any] = {"problem": problem, "name": user.name}
    kinds = {factor.type for factor in queries.factors_of(user)}
    names["has_codes"] = "totp" in kinds or "recovery_codes" in kinds
    if "webauthn" in kinds and allows_passkeys(request):
        names["options"] = {"request_options": passkeys.begin_authentication(user)}
    return render(request, "web/account/second_factor.html", names, status=status)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """GET: what the browser asks the passkey; POST: its answer."""
    if request.method == "GET":
        return JsonResponse({"request_options": passkeys.begin_authentication(None)})
    address, now = address_of(request), timezone.now()
    form = LoginWebAuthnForm(data=request.POST)
    try:
        attempts.refuse_if_locked(username="", address=address, at=now)
        if not is_right(form):
            attempts.failed(username="", address=address, at=now, outcome=AttemptOutcome.WRONG_CODE)
            raise sessions.SignInRefused(_("通行密钥没有通过。请再试一次，或用密码登录。"))
        found = form.cleaned_data["credential"]
        attempts.refuse_if_locked(username=found.user.username, address=address, at=now)
    except (attempts.LockedOut, sessions.SignInRefused) as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("account_login"))
    clear_login(request)
    wanted = safe(request, request.POST.get("next") or "/")
    return perform_passwordless_login(request, found, Login(user=found.user, redirect_url=wanted))


@requires()
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close the session."""
    get_adapter(request).logout(request)
    return HttpResponseRedirect(settings.LOGOUT_REDIRECT_URL)


def is_right(form: Form) -> bool:
    """Whether a form's answer of a passkey (or code) holds.

    The answer is written by a browser, or by anybody: what is not even of the right shape makes
    the library stumble, and is as wrong as any other.
    """
    try:
        return form.is_valid()
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _names(
    request: HttpRequest, wanted: str, *, username: str = "", problem: str = ""
) -> dict[str, Any]:
    """What the sign-in page shows."""
    return {
        "next": wanted,
        "username": username,
        "problem": problem,
        "passkeys": allows_passkeys(request),
        "oidc_name": settings.OIDC_NAME if settings.OIDC_SERVER else "",
    }
