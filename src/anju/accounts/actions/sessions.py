"""Signing in and out, each time in the audit trail."""

from collections.abc import Iterable
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.actions import attempts
from anju.accounts.models import User
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal


class SignInRefused(Refusal):
    """Name and password do not belong to a user who may sign in."""


def verify(*, username: str, password: str, address: str, at: datetime) -> User:
    """The user with this name and password; `SignInRefused` or `attempts.LockedOut` otherwise.

    The message does not tell a wrong name from a wrong password or a closed user. Nobody is signed
    in by this: a second factor may follow, and the caller opens the session.
    """
    name = username.strip().lower()
    attempts.refuse_if_locked(username=name, address=address, at=at)
    user = authenticate(username=name, password=password)
    if not isinstance(user, User):
        attempts.failed(username=name, address=address, at=at)
        raise SignInRefused(_("登录名或密码不正确。忘记密码请联系安全管理员重置。"))
    return user


@transaction.atomic
def signed_in(*, user: User, address: str, at: datetime, methods: Iterable[str] = ()) -> None:
    """Record that a user signed in, and by what: password, totp, webauthn, oidc …"""
    attempts.succeeded(user=user, address=address, at=at)
    detail = {"methods": sorted(set(methods))}
    record(
        by=_actor(user, address),
        action="session.sign_in",
        kind="user",
        ids=[user.pk],
        detail=detail,
    )


def signed_out(*, user: User, address: str) -> None:
    """Record that a user signed out."""
    record(by=_actor(user, address), action="session.sign_out", kind="user", ids=[user.pk])


@transaction.atomic
def end(*, by: Actor, user: User, session_ids: Iterable[int] | None = None) -> int:
    """Sign a user out elsewhere: these sessions, or all (None). How many ended."""
    open_ones = UserSession.objects.filter(user_id=user.pk)
    if session_ids is not None:
        open_ones = open_ones.filter(pk__in=list(session_ids))
    ended = list(open_ones)
    for session in ended:
        session.end()
    if ended:
        record(
            by=by,
            action="session.end",
            kind="user",
            ids=[user.pk],
            detail={"sessions": len(ended)},
        )
    return len(ended)


def _actor(user: User, address: str) -> Actor:
    """A user for the audit trail."""
    return Actor(user.username, user.name, address)
