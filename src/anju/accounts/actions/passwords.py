"""Passwords: given, changed by oneself, kept from coming back."""

import secrets
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import OldPassword, User
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal

# No letter or digit that is taken for another when read from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class PasswordRefused(Refusal):
    """The password breaks a rule."""


@transaction.atomic
def change(*, by: Actor, on: date, user: User, password: str) -> None:
    """Take a new password, chosen by its owner. Sessions opened with the old one end."""
    if not user.has_usable_password():
        raise PasswordRefused(_("您的密码由单位的统一身份系统管理，请到那里修改。"))
    check(user, password)
    if _was_used(user, password):
        raise PasswordRefused(
            _("新密码不能与现在的密码或最近 %(count)s 次用过的密码相同。")
            % {"count": settings.PASSWORD_HISTORY}
        )
    _keep_old(user)
    _set(user, password, on, must_change=False)
    record(by=by, action="user.change_password", kind="user", ids=[user.pk])


@transaction.atomic
def issue(*, by: Actor, on: date, user: User) -> str:
    """A one-time initial password, to be shown once; its owner must change it when signing in."""
    password = made_up(user)
    if user.has_usable_password():
        _keep_old(user)
    _set(user, password, on, must_change=True)
    record(by=by, action="user.initial_password", kind="user", ids=[user.pk])
    return password


def made_up(user: User) -> str:
    """A password that keeps all the rules, in groups that are easy to read out."""
    while True:
        groups = ("".join(secrets.choice(_LETTERS) for _each in range(4)) for _group in range(4))
        password = "-".join(groups)
        try:
            validate_password(password, user)
        except ValidationError:
            continue
        return password


def check(user: User, password: str) -> None:
    """Refuse a password that breaks a rule, saying which."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordRefused("".join(_broken_rules(error))) from error


def _set(user: User, password: str, on: date, *, must_change: bool) -> None:
    user.set_password(password)
    user.password_set_on = on
    user.must_change_password = must_change
    user.save(update_fields=["password", "password_set_on", "must_change_password"])


def _was_used(user: User, password: str) -> bool:
    """Whether this is the present password or one of the last ones."""
    old = user.old_passwords.order_by("-id").values_list("password", flat=True)
    kept = [user.password, *old[: settings.PASSWORD_HISTORY]]
    return any(check_password(password, each) for each in kept)


def _keep_old(user: User) -> None:
    """Put the present password among the old ones, of which only the last few stay."""
    OldPassword.objects.create(user=user, password=user.password, set_on=user.password_set_on)
    stay = user.old_passwords.order_by("-id").values_list("pk", flat=True)
    user.old_passwords.exclude(pk__in=list(stay[: settings.PASSWORD_HISTORY])).delete()


def _broken_rules(error: ValidationError) -> list[str]:
    """The broken rules in our words: Django's Chinese does not have all of them."""
    words = {
        "password_too_short": _("密码至少 %(min_length)s 位。"),
        "password_too_similar": _("密码不能与登录名、姓名相近。"),
        "password_too_common": _("密码过于常见，容易被猜到。"),
        "password_entirely_numeric": _("密码不能全是数字。"),
    }
    broken = []
    for each in error.error_list:
        known = words.get(each.code or "")
        broken.append(known % (each.params or {}) if known else "".join(each.messages))
    return broken
