"""Signing in through the office's own OpenID provider, for users that exist here."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from anju.accounts.actions import attempts
from anju.accounts.models import AttemptOutcome
from anju.accounts.queries import user_by_name
from anju.web.access import public
from anju.web.address import address_of


@public
@never_cache
@require_GET
def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the provider."""
    _refuse_if_off()
    return views.login(request, provider_id)


@public
@never_cache
@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the provider, signed in or refused."""
    _refuse_if_off()
    return views.callback(request, provider_id)


def _refuse_if_off() -> None:
    if not settings.OIDC_SERVER:
        raise Http404


class Adapter(DefaultSocialAccountAdapter):
    """Matches whom the provider names to a user by one declared claim. Nothing is stored."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Users are made by the security administrator."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the user, or say that there is none."""
        said = sociallogin.account.extra_data
        claims = {**(said.get("id_token") or {}), **(said.get("userinfo") or {})}
        name = str(claims.get(settings.OIDC_CLAIM) or "").strip().lower()
        address, at = address_of(request), timezone.now()
        try:
            attempts.refuse_if_locked(username=name, address=address, at=at)
        except attempts.LockedOut as refused:
            raise _back(request, refused.zh) from refused
        user = user_by_name(name) if name else None
        if user is None or not user.is_active:
            attempts.failed(username=name, address=address, at=at, outcome=AttemptOutcome.NOT_KNOWN)
            raise _back(
                request,
                _("统一身份认证已通过，但安居里没有您的账号或账号已停用，请联系安全管理员。"),
            )
        sociallogin.user = user

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, **options: Any
    ) -> None:
        """The provider refused, or did not answer."""
        raise _back(request, _("统一身份认证没有完成。请再试一次，或用登录名和密码登录。"))


def _back(request: HttpRequest, problem: str) -> ImmediateHttpResponse:
    """Back to the sign-in page with a line that says why."""
    messages.error(request, problem)
    return ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
