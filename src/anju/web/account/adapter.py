"""How allauth signs in here: no e-mail, no signing up, our words, every step in the audit trail."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.accounts.actions import sessions
from anju.accounts.models import User
from anju.audit.keys import provider
from anju.web.account import language
from anju.web.address import address_of

_SEALED_IN = "mfa_authenticator.data"


class AccountAdapter(DefaultAccountAdapter):
    """Signing in: the steps, and what is written down."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Users are made by the security administrator."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The browser's address."""
        return address_of(request) or "0.0.0.0"  # noqa: S104 - "not known", nothing listens there

    def get_login_stages(self) -> list[str]:
        """After the password: the second factor, a new password, setting up a second factor."""
        return [
            "allauth.mfa.stages.AuthenticateStage",
            "anju.web.account.stages.RenewPassword",
            "anju.web.account.stages.SetUpSecondFactor",
        ]

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """A closed user is told what everybody is told."""
        messages.error(request, _("登录没有成功，请联系安全管理员。"))
        return HttpResponseRedirect(reverse("account_login"))

    def login(self, request: HttpRequest, user: Any) -> None:
        """Open the session, and write down by what."""
        records = get_authentication_records(request, user)
        methods = [record.get("type") or record["method"] for record in records]
        super().login(request, user)
        sessions.signed_in(
            user=user, address=address_of(request), at=timezone.now(), methods=methods
        )

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """Go on in the language the user reads."""
        response = super().post_login(request, user, **options)
        if user.language:
            language.keep(response, user.language)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Close the session and write it down."""
        if isinstance(request.user, User):
            sessions.signed_out(user=request.user, address=address_of(request))
        super().logout(request)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **options: Any) -> None:
        """Pages say themselves what happened; allauth's own lines are not shown."""

    def send_notification_mail(self, *args: Any, **options: Any) -> None:
        """County offices have no e-mail to send it to; the audit trail holds what happened."""


class FactorAdapter(DefaultMFAAdapter):
    """The second factor: secrets sealed like identity numbers, messages in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("验证码不正确，或已经用过。"),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return b64encode(provider().seal(text, _SEALED_IN, "")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return provider().open(b64decode(encrypted_text), _SEALED_IN, "")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name a browser shows when it asks for a passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": _("安居")}
