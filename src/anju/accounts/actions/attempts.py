"""Attempts to sign in: kept for the security administrator, counted for the lock."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.locking import Lock, digest_of, lock_of
from anju.accounts.models import AttemptOutcome, LoginAttempt, User
from anju.accounts.queries import user_by_name
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal


class LockedOut(Refusal):
    """Too many failures: nobody may try with this name, or from this address, for a while."""


class UnlockRefused(Refusal):
    """There is nothing to unlock, or no reason was given."""


def refuse_if_locked(*, username: str, address: str, at: datetime) -> None:
    """Let pass who is not locked; the others are told for how long and whom to ask."""
    lock = lock_of(username=username, address=address, at=at)
    if lock is None:
        return
    failed(username=username, address=address, at=at, outcome=AttemptOutcome.LOCKED)
    minutes = max(1, -(-int((lock.until - at).total_seconds()) // 60))
    if lock.address:
        raise LockedOut(
            _(
                "本机地址登录失败次数过多，已暂停登录，约 %(minutes)s 分钟后可再试。"
                "急用请联系安全管理员解锁。"
            )
            % {"minutes": minutes}
        )
    raise LockedOut(
        _("连续登录失败，账号已锁定，约 %(minutes)s 分钟后可再试。急用请联系安全管理员解锁。")
        % {"minutes": minutes}
    )


@transaction.atomic
def failed(
    *,
    username: str,
    address: str,
    at: datetime,
    outcome: AttemptOutcome = AttemptOutcome.WRONG_PASSWORD,
) -> None:
    """Keep a failure. A name nobody has is left out: it may be a mistyped password."""
    user = user_by_name(username.strip().lower())
    _keep(user, username, address, at, outcome)
    by = Actor(user.username, user.name, address) if user else Actor("", "", address)
    record(
        by=by,
        action="session.sign_in_failed",
        kind="user",
        ids=[user.pk] if user else [],
        detail={"outcome": outcome.value},
    )


@transaction.atomic
def succeeded(*, user: User, address: str, at: datetime) -> None:
    """Keep a sign-in, and forget attempts older than the setting. The caller records it."""
    _keep(user, user.username, address, at, AttemptOutcome.SIGNED_IN)
    LoginAttempt.objects.filter(at__lt=at - timedelta(days=settings.ATTEMPTS_DAYS)).delete()


@transaction.atomic
def unlock(*, by: Actor, at: datetime, lock: Lock, reason: str) -> None:
    """Let a locked user, or a locked address, try again."""
    if not reason.strip():
        raise UnlockRefused(_("请写明解锁理由。"))
    if lock.user is not None:
        user = lock.user
        _keep(user, user.username, "", at, AttemptOutcome.UNLOCKED)
        record(by=by, action="user.unlock", kind="user", ids=[user.pk], reason=reason.strip())
        return
    LoginAttempt.objects.create(at=at, address=lock.address, outcome=AttemptOutcome.UNLOCKED)
    record(
        by=by,
        action="address.unlock",
        kind="address",
        ids=[lock.address],
        reason=reason.strip(),
    )


def _keep(
    user: User | None, username: str, address: str, at: datetime, outcome: AttemptOutcome
) -> None:
    LoginAttempt.objects.create(
        at=at,
        user=user,
        name_digest=digest_of(username),
        address=address,
        outcome=outcome,
    )
