"""Users, units and posts, and the viewer made of them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from anju.accounts.models import Post, Unit, User
from anju.accounts.permissions import SENSITIVE, Permission
from anju.accounts.roles import ROLES, Reach
from anju.accounts.scope import Scope
from anju.accounts.viewer import Grant, Viewer


def viewer_of(user: User, *, on: date) -> Viewer:
    """What a user may do and see on a day; one query. Without a post: nothing."""
    posts = posts_on(on).filter(user_id=user.pk) if user.is_active else ()
    return Viewer.with_grants(
        user_id=user.pk,
        username=user.username,
        name=user.name,
        on=on,
        grants=tuple(_grants(posts)),
    )


def posts_on(on: date) -> QuerySet[Post]:
    """Posts held on a day."""
    return Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


def users_for(viewer: Viewer) -> QuerySet[User]:
    """All users, for those who manage them; nobody for others."""
    if not viewer.may(Permission.MANAGE_USERS):
        return User.objects.none()
    return User.objects.select_related("unit")


def user_by_name(username: str) -> User | None:
    """The user with this sign-in name."""
    return User.objects.filter(username=username).first()


def password_is_due(user: User, *, on: date) -> bool:
    """Whether the password must be changed before going on: an initial or an old one."""
    if not user.has_usable_password():
        return False
    ends = password_ends_on(user)
    return user.must_change_password or (ends is not None and on >= ends)


def password_ends_on(user: User) -> date | None:
    """The day from which the password no longer holds; None when passwords do not age."""
    if not settings.PASSWORD_DAYS:
        return None
    return user.password_set_on + timedelta(days=settings.PASSWORD_DAYS)


def needs_second_factor(user: User, *, on: date) -> bool:
    """Whether one of the user's posts allows something for which a password is not enough."""
    return settings.SECOND_FACTOR and bool(viewer_of(user, on=on).permissions & SENSITIVE)


def has_second_factor(user: User) -> bool:
    """Whether one-time codes or a passkey are set up."""
    return factors_of(user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def factors_of(user: User) -> QuerySet[Authenticator]:
    """A user's one-time codes, passkeys and recovery codes."""
    return Authenticator.objects.filter(user_id=user.pk).order_by("created_at", "pk")


def sessions_of(user: User, *, at: datetime) -> list[UserSession]:
    """Where a user is signed in, the newest first."""
    rows = UserSession.objects.filter(user_id=user.pk).order_by("-created_at")
    keys = rows.values("session_key")
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=at)
    found = set(alive.values_list("session_key", flat=True))
    return [row for row in rows if row.session_key in found]


def units() -> QuerySet[Unit]:
    """All units."""
    return Unit.objects.all()


def _grants(posts: Iterable[Post]) -> Iterable[Grant]:
    """What each post gives; a post whose role is no longer known gives nothing."""
    for post in posts:
        role = ROLES.get(post.role)
        if role is None:
            continue
        if role.reach is Reach.GRID:
            # A grid worker sees the grid's households and not the rest of its village.
            scope = Scope.of([], [post.grid_code] if post.grid_code else [])
        else:
            scope = Scope.of([post.division_code])
        yield Grant(role.permissions, scope)
