"""The second factor: one-time codes (TOTP), passkeys, recovery codes. allauth keeps them; what is
added, removed or reset here is in the audit trail, in the same transaction."""

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import User
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal

Kind = Authenticator.Type
PRIMARY = (Kind.TOTP, Kind.WEBAUTHN)


class FactorRefused(Refusal):
    """The second factor cannot be changed like this."""


@transaction.atomic
def add_totp(*, by: Actor, user: User, secret: str) -> list[str]:
    """Take one-time codes of this secret from now on; new recovery codes if there were none."""
    if Authenticator.objects.filter(user=user, type=Kind.TOTP).exists():
        raise FactorRefused(_("动态口令已经启用。要更换手机，请先停用再重新启用。"))
    added = TOTP.activate(user, secret).instance
    return _recorded(by, user, added)


@transaction.atomic
def add_passkey(*, by: Actor, user: User, name: str, credential: Mapping[str, Any]) -> list[str]:
    """Take this passkey from now on; new recovery codes if there were none."""
    added = WebAuthn.add(user, name.strip()[:60], dict(credential)).instance
    return _recorded(by, user, added)


@transaction.atomic
def renew_codes(*, by: Actor, user: User) -> list[str]:
    """New recovery codes in place of the old ones."""
    if not Authenticator.objects.filter(user=user, type__in=PRIMARY).exists():
        raise FactorRefused(_("请先启用动态口令或通行密钥，再生成恢复码。"))
    Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    codes = _new_codes(user)
    record(by=by, action="factor.codes", kind="user", ids=[user.pk])
    return codes


@transaction.atomic
def remove(*, by: Actor, user: User, factor_id: int, needed: bool) -> None:
    """Give up one second factor. The last one stays while the user's posts need one."""
    mine = Authenticator.objects.filter(user=user, type__in=PRIMARY)
    going = mine.filter(pk=factor_id).first()
    if going is None:
        raise FactorRefused(_("没有找到这一项，可能已经移除。"))
    if needed and mine.count() == 1:
        raise FactorRefused(_("您的岗位要求两步验证，请先启用另一种方式再移除这一种。"))
    kind = going.type
    going.delete()
    if not mine.exists():
        Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    record(by=by, action="factor.remove", kind="user", ids=[user.pk], detail={"type": kind})


@transaction.atomic
def reset(*, by: Actor, user: User, reason: str) -> None:
    """Take away all second factors of somebody who lost theirs; they set up new ones."""
    if not reason.strip():
        raise FactorRefused(_("请写明重置理由。"))
    going = Authenticator.objects.filter(user=user)
    kinds = sorted(going.values_list("type", flat=True))
    if not kinds:
        raise FactorRefused(_("该用户没有启用两步验证。"))
    going.delete()
    record(
        by=by,
        action="factor.reset",
        kind="user",
        ids=[user.pk],
        reason=reason.strip(),
        detail={"types": kinds},
    )


def _recorded(by: Actor, user: User, added: Authenticator) -> list[str]:
    """Write the entry; recovery codes, when this is the first factor."""
    has_codes = Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).exists()
    codes = [] if has_codes else _new_codes(user)
    record(
        by=by,
        action="factor.add",
        kind="user",
        ids=[user.pk],
        detail={"type": added.type},
    )
    return codes


def _new_codes(user: User) -> list[str]:
    return RecoveryCodes.activate(user).get_unused_codes()
