"""Users: made, given a password, closed. Each change is in the audit trail."""

import re
from datetime import date

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from anju.accounts.models import Unit, User
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


class UserRefused(Refusal):
    """A user cannot be made or changed like this."""


@transaction.atomic
def create(
    *, by: Actor, on: date, username: str, name: str, password: str, unit: Unit | None = None
) -> User:
    """Make a user who can sign in and, until a post is given, sees nothing."""
    if not _USERNAME.fullmatch(username):
        raise UserRefused(
            _("登录名为 2 至 60 位小写字母、数字、点、下划线或短横线，以字母或数字开头。")
        )
    if not name.strip():
        raise UserRefused(_("请填写姓名。"))
    if User.objects.filter(username=username).exists():
        raise UserRefused(_("登录名“%(username)s”已被使用，请换一个。") % {"username": username})
    user = User(username=username, name=name.strip(), unit=unit, created_on=on)
    _give_password(user, password)
    user.save()
    record(by=by, action="user.create", kind="user", ids=[user.pk], detail={"username": username})
    return user


@transaction.atomic
def set_password(*, by: Actor, on: date, user: User, password: str) -> None:
    """Give a user a new password; sessions opened with the old one end."""
    _give_password(user, password)
    user.save(update_fields=["password"])
    record(by=by, action="user.set_password", kind="user", ids=[user.pk])


@transaction.atomic
def deactivate(*, by: Actor, on: date, user: User, reason: str = "") -> None:
    """Close a user: no sign-in any more, posts end on this day. Doing it twice is harmless."""
    if not user.is_active:
        return
    user.is_active = False
    user.save(update_fields=["is_active"])
    held = user.posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    held.filter(valid_from__lte=on).update(valid_to=on)
    # A post still to come ends before it begins: on its first day, which is exclusive.
    held.filter(valid_from__gt=on).update(valid_to=F("valid_from"))
    record(by=by, action="user.deactivate", kind="user", ids=[user.pk], reason=reason)


@transaction.atomic
def set_language(*, by: Actor, user: User, language: str) -> None:
    """The language a user reads the console in."""
    if language not in dict(settings.LANGUAGES):
        raise UserRefused(_("没有“%(language)s”这种界面语言。") % {"language": language})
    user.language = language
    user.save(update_fields=["language"])
    record(
        by=by, action="user.set_language", kind="user", ids=[user.pk], detail={"language": language}
    )


def _give_password(user: User, password: str) -> None:
    """Set the password, or say which rule it breaks."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise UserRefused("".join(_broken_rules(error))) from error
    user.set_password(password)


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
