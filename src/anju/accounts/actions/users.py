"""Users: made, changed, closed. Each change is in the audit trail. Passwords: see `passwords`."""

import re
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from anju.accounts.actions import passwords, sessions
from anju.accounts.models import Unit, User
from anju.audit.actions import record
from anju.audit.actor import PUBLIC, SYSTEM, Actor
from anju.audit.changes import between
from anju.audit.refusal import Refusal

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


class UserRefused(Refusal):
    """A user cannot be made or changed like this."""


@transaction.atomic
def create(
    *,
    by: Actor,
    on: date,
    username: str,
    name: str,
    password: str | None,
    unit: Unit | None = None,
    must_change_password: bool = False,
) -> User:
    """Make a user who can sign in and, until a post is given, sees nothing.

    Without a password they sign in through the office's own directory or single sign-on only.
    """
    if not _USERNAME.fullmatch(username):
        raise UserRefused(
            _("登录名为 2 至 60 位小写字母、数字、点、下划线或短横线，以字母或数字开头。")
        )
    # The audit trail calls work that nobody asked for, and who did not sign in, by these names.
    nobodys = (SYSTEM.username, PUBLIC.username)
    if username in nobodys or User.objects.filter(username=username).exists():
        raise UserRefused(_("登录名“%(username)s”已被使用，请换一个。") % {"username": username})
    user = User(
        username=username,
        name=_checked_name(name),
        unit=unit,
        created_on=on,
        password_set_on=on,
        must_change_password=must_change_password and password is not None,
    )
    if password is not None:
        passwords.check(user, password)
    user.set_password(password)
    user.save()
    record(by=by, action="user.create", kind="user", ids=[user.pk], detail={"username": username})
    return user


@transaction.atomic
def create_with_initial_password(
    *, by: Actor, on: date, username: str, name: str, unit: Unit | None = None
) -> tuple[User, str]:
    """Make a user, and the password to hand over once."""
    user = create(by=by, on=on, username=username, name=name, password=None, unit=unit)
    return user, passwords.issue(by=by, on=on, user=user)


@transaction.atomic
def change(*, by: Actor, user: User, name: str, unit: Unit | None) -> None:
    """Correct a user's name, or move them to another unit. Nothing changed: nothing recorded."""
    name = _checked_name(name)
    before, after = {"name": user.name, "unit": user.unit}, {"name": name, "unit": unit}
    changes = between(User, before, after)
    if not changes:
        return
    user.name, user.unit = name, unit
    user.save(update_fields=list(changes))
    record(by=by, action="user.change", kind="user", ids=[user.pk], detail={"changes": changes})


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
    sessions.end(by=by, user=user)
    record(by=by, action="user.deactivate", kind="user", ids=[user.pk], reason=reason)


@transaction.atomic
def activate(*, by: Actor, user: User, reason: str = "") -> None:
    """Let a closed user sign in again; posts must be given anew. Doing it twice is harmless."""
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(by=by, action="user.activate", kind="user", ids=[user.pk], reason=reason)


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


def _checked_name(name: str) -> str:
    """A name without blanks around it."""
    if not name.strip():
        raise UserRefused(_("请填写姓名。"))
    return name.strip()
