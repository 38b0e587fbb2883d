"""Tokens for other systems of the office: issued once, read-only, taken back at any time."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Token
from anju.accounts.permissions import FOR_SYSTEMS, Permission
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal

_LONGEST = timedelta(days=366)


class TokenRefused(Refusal):
    """A token that cannot be issued or taken back."""


def digest_of(secret: str) -> str:
    """What is kept of a token. It has 256 random bits: a plain digest cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def issue(
    *,
    by: Actor,
    at: datetime,
    on: date,
    system: str,
    division_code: str,
    permissions: Collection[Permission],
    expires_on: date,
) -> tuple[Token, str]:
    """A new token and its text, which is shown this once and cannot be found again."""
    name = system.strip()
    if not name:
        raise TokenRefused(_("请填写对接系统的名称。"))
    if not permissions or not set(permissions) <= FOR_SYSTEMS:
        raise TokenRefused(_("请选择接口可以读取的内容。"))
    if not (len(division_code) == 12 and division_code.isdigit()):
        raise TokenRefused(_("请选择接口可以读取的区域。"))
    if not on < expires_on <= on + _LONGEST:
        raise TokenRefused(_("到期日期须在今天之后、一年之内。"))
    if Token.objects.filter(system=name, revoked_at__isnull=True).exists():
        raise TokenRefused(_("这个系统已有令牌。请先收回旧的，再发新的。"))
    secret = f"anju_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        system=name,
        digest=digest_of(secret),
        permissions=sorted(permissions),
        division_code=division_code,
        issued_by=by.username,
        issued_at=at,
        expires_on=expires_on,
    )
    record(
        by=by,
        action="token.issue",
        kind="token",
        ids=[token.pk],
        detail={
            "system": name,
            "permissions": token.permissions,
            "division_code": division_code,
            "expires_on": expires_on.isoformat(),
        },
    )
    return token, secret


@transaction.atomic
def revoke(*, by: Actor, at: datetime, token_id: int) -> Token:
    """Take a token back; from now on it opens nothing."""
    token = Token.objects.select_for_update().filter(pk=token_id).first()
    if token is None:
        raise TokenRefused(_("没有这个令牌。"))
    if token.revoked_at is not None:
        raise TokenRefused(_("这个令牌已经收回。"))
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(
        by=by, action="token.revoke", kind="token", ids=[token.pk], detail={"system": token.system}
    )
    return token
