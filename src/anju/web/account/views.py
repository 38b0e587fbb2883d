"""Signing in and out, and the language of the pages."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.actions import sessions
from anju.web.access import public, requires
from anju.web.account import throttle


@public
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; go where one wanted to go."""
    wanted = _safe(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.user.is_authenticated:
        return HttpResponseRedirect(wanted)
    if request.method == "GET":
        return render(request, "web/account/login.html", {"next": wanted})
    username = request.POST.get("username", "").strip()[:60]
    address = request.META.get("REMOTE_ADDR", "")
    context = {"next": wanted, "username": username}
    if throttle.is_barred(username=username, address=address, at=timezone.now()):
        context["problem"] = _("密码错误次数过多，请 15 分钟后再试，或联系安全管理员重置密码。")
        return render(request, "web/account/login.html", context, status=429)
    try:
        password = request.POST.get("password", "")[:128]
        user = sessions.sign_in(username=username, password=password, address=address)
    except sessions.SignInRefused as refused:
        context["problem"] = refused.zh
        return render(request, "web/account/login.html", context, status=422)
    login(request, user)
    return HttpResponseRedirect(wanted)


@requires()
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close the session."""
    sessions.signed_out(user=request.user, address=request.META.get("REMOTE_ADDR", ""))  # type: ignore[arg-type]
    logout(request)
    return HttpResponseRedirect(settings.LOGOUT_REDIRECT_URL)


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep a language in a cookie and go back to the page."""
    response = HttpResponseRedirect(_safe(request, request.POST.get("next") or "/"))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _safe(request: HttpRequest, address: str) -> str:
    """The address when it is one of ours, else the desk."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else "/"
