"""Addresses of sign-in. allauth looks them up by these names, so they stand outside `web:`; only
what is offered here has an address at all."""

from django.urls import path

from anju.web.account import before_entry, signing_in, single_sign_on

urlpatterns = [
    path("login/", signing_in.sign_in, name="account_login"),
    path("login/passkey/", signing_in.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("login/code/", signing_in.second_factor, name="mfa_authenticate"),
    path("login/password/", before_entry.renew_password, name="renew_password"),
    path("login/second-factor/", before_entry.set_up_second_factor, name="set_up_second_factor"),
    path("login/<slug:provider_id>/begin/", single_sign_on.begin, name="openid_connect_login"),
    path(
        "login/<slug:provider_id>/back/", single_sign_on.come_back, name="openid_connect_callback"
    ),
    path("logout/", signing_in.sign_out, name="account_logout"),
]
