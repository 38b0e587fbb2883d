"""Addresses of language and of one's own account. Those of sign-in: `named_by_allauth`."""

from django.urls import path

from anju.web.account import factors, language, mine

urlpatterns = [
    path("language/", language.choose, name="language"),
    path("account/", mine.page, name="account"),
    path("account/password/", mine.password, name="change-password"),
    path("account/confirm/", mine.confirm, name="confirm"),
    path("account/sessions/end/", mine.end_sessions, name="end-sessions"),
    path("account/codes/", factors.renew_codes, name="renew-codes"),
    path("account/totp/", factors.add_totp, name="add-totp"),
    path("account/passkeys/", factors.add_passkey, name="add-passkey"),
    path("account/factors/<int:factor_id>/remove/", factors.remove, name="remove-factor"),
]
