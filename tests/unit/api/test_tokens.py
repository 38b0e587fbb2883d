"""Tokens: what may be given, for how long, and that only a digest is kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from anju.accounts.actions import tokens
from anju.accounts.actions.tokens import TokenRefused
from anju.accounts.models import Token
from anju.accounts.permissions import Permission
from anju.audit.actor import Actor
from anju.audit.models import Entry

pytestmark = pytest.mark.django_db
BY = Actor("security", "安全管理员")


def issue(**changed: Any) -> tuple[Token, str]:
    today = timezone.localdate()
    wanted: dict[str, Any] = {
        "system": "一卡通",
        "division_code": "529901000000",
        "permissions": {Permission.VIEW_HOUSEHOLDS},
        "expires_on": today + timedelta(days=90),
        **changed,
    }
    return tokens.issue(by=BY, at=timezone.now(), on=today, **wanted)


def test_only_a_digest_of_the_token_is_kept() -> None:
    token, secret = issue()
    assert secret not in str(Token.objects.values().get())
    assert token.digest == tokens.digest_of(secret)
    assert secret not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    "changed",
    [
        {"system": "  "},
        {"permissions": set()},
        {"permissions": {Permission.REVEAL_IDENTITY}},
        {"permissions": {Permission.VIEW_HOUSEHOLDS, Permission.EXPORT_LISTS}},
        {"division_code": "5299"},
        {"division_code": ""},
        {"expires_on": timezone.localdate()},
        {"expires_on": timezone.localdate() + timedelta(days=400)},
    ],
)
def test_what_may_not_be_given_is_refused_and_leaves_nothing(changed: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused):
        issue(**changed)
    assert not Token.objects.exists()
    assert not Entry.objects.exists()


def test_a_system_has_one_token_at_a_time() -> None:
    token, _ = issue()
    with pytest.raises(TokenRefused):
        issue()
    tokens.revoke(by=BY, at=timezone.now(), token_id=token.pk)
    issue()
    assert [each.action for each in Entry.objects.order_by("sequence")] == [
        "token.issue",
        "token.revoke",
        "token.issue",
    ]


def test_taking_back_twice_is_refused() -> None:
    token, _ = issue()
    tokens.revoke(by=BY, at=timezone.now(), token_id=token.pk)
    for token_id in (token.pk, 999):
        with pytest.raises(TokenRefused):
            tokens.revoke(by=BY, at=timezone.now(), token_id=token_id)
