"""Signing in and out, each time in the audit trail."""

from django.contrib.auth import authenticate
from django.utils.translation import gettext as _

from anju.accounts.models import User
from anju.accounts.queries import user_by_name
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal


class SignInRefused(Refusal):
    """Name and password do not belong to a user who may sign in."""


def sign_in(*, username: str, password: str, address: str) -> User:
    """The user with this name and password, or `SignInRefused`; both are recorded.

    The message does not tell a wrong name from a wrong password or a closed user. The caller opens
    the session.
    """
    user = authenticate(username=username, password=password)
    if not isinstance(user, User):
        failed(username=username, address=address)
        raise SignInRefused(_("登录名或密码不正确。忘记密码请联系安全管理员重置。"))
    signed_in(user=user, address=address)
    return user


def signed_in(*, user: User, address: str) -> None:
    """Record that a user signed in."""
    record(by=_actor(user, address), action="session.sign_in", kind="user", ids=[user.pk])


def failed(*, username: str, address: str) -> None:
    """Record a failed sign-in. A name nobody has is left out: it may be a mistyped password."""
    user = user_by_name(username)
    by = _actor(user, address) if user else Actor("", "", address)
    ids = [user.pk] if user else []
    record(by=by, action="session.sign_in_failed", kind="user", ids=ids)


def signed_out(*, user: User, address: str) -> None:
    """Record that a user signed out."""
    record(by=_actor(user, address), action="session.sign_out", kind="user", ids=[user.pk])


def _actor(user: User, address: str) -> Actor:
    """A user for the audit trail."""
    return Actor(user.username, user.name, address)
