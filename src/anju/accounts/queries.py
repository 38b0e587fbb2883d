"""Users, units and posts, and the viewer made of them."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Count, Q, QuerySet

from anju.accounts.models import LoginAttempt, Post, Token, Unit, User
from anju.accounts.permissions import FOR_SYSTEMS, SENSITIVE, Permission
from anju.accounts.roles import ROLES, Reach
from anju.accounts.scope import Scope
from anju.accounts.viewer import Grant, Viewer
from anju.places.queries import earlier_codes


def viewer_of(user: User, *, on: date, posts: Collection[int] | None = None) -> Viewer:
    """What a user may do and see on a day. Without a post: nothing.

    `posts`: by these posts alone, for work that was allowed under them. One query, and for a post
    in a village one more, for villages that were merged into it.
    """
    held = posts_on(on).filter(user_id=user.pk) if user.is_active else Post.objects.none()
    if posts is not None:
        held = held.filter(pk__in=posts)
    return Viewer.with_grants(
        user_id=user.pk,
        username=user.username,
        name=user.name,
        on=on,
        grants=tuple(_grants(held)),
    )


def viewer_of_token(secret: str, *, on: date) -> Viewer | None:
    """Another system as a viewer, by its token; None for one unknown, taken back or expired."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    token = Token.objects.filter(digest=digest, revoked_at__isnull=True, expires_on__gt=on).first()
    if token is None:
        return None
    allowed = frozenset(Permission(each) for each in token.permissions) & FOR_SYSTEMS
    return Viewer.with_grants(
        user_id=0,
        username=f"token:{token.pk}",
        name=token.system,
        on=on,
        grants=(Grant(allowed, Scope.of([token.division_code])),),
    )


def tokens_for(viewer: Viewer) -> QuerySet[Token]:
    """All tokens ever issued, for those who manage users; none for others."""
    return Token.objects.all() if viewer.may(Permission.MANAGE_USERS) else Token.objects.none()


def post_numbers(viewer: Viewer) -> list[int]:
    """The posts that make the viewer what they are."""
    held = posts_on(viewer.on).filter(user_id=viewer.user_id)
    return sorted(held.values_list("pk", flat=True))


def posts_on(on: date) -> QuerySet[Post]:
    """Posts held on a day."""
    return Post.objects.filter(held_on(on))


def held_on(on: date) -> Q:
    """The condition on posts that they are held on a day."""
    return Q(valid_to__isnull=True, valid_from__lte=on) | Q(valid_to__gt=on, valid_from__lte=on)


def users_for(viewer: Viewer) -> QuerySet[User]:
    """All users, for those who manage them; nobody for others."""
    if not viewer.may(Permission.MANAGE_USERS):
        return User.objects.none()
    return User.objects.select_related("unit")


def units_for(viewer: Viewer) -> QuerySet[Unit]:
    """All units, for those who manage them; none for others."""
    return Unit.objects.all() if viewer.may(Permission.MANAGE_USERS) else Unit.objects.none()


def office_of(viewer: Viewer) -> str:
    """The office whose lists the viewer's unit answers for; empty where it is none."""
    found = User.objects.filter(pk=viewer.user_id).values_list("unit__office", flat=True).first()
    return found or ""


def members_of(viewer: Viewer, units: Iterable[Unit]) -> dict[int, int]:
    """Unit → its number of active users; one query."""
    members = users_for(viewer).filter(is_active=True, unit__in=list(units)).order_by()
    return dict(members.values_list("unit").annotate(n=Count("pk")))


def posts_for(viewer: Viewer) -> QuerySet[Post]:
    """All posts ever held, for those who manage them; none for others."""
    posts = Post.objects.select_related("user")
    return posts if viewer.may(Permission.MANAGE_USERS) else posts.none()


def attempts_for(viewer: Viewer) -> QuerySet[LoginAttempt]:
    """Attempts to sign in, for those who manage users; none for others."""
    attempts = LoginAttempt.objects.select_related("user")
    return attempts if viewer.may(Permission.MANAGE_USERS) else attempts.none()


def with_second_factor(user_ids: Iterable[int]) -> set[int]:
    """Which of these users have one-time codes or a passkey; one query."""
    theirs = Authenticator.objects.filter(user_id__in=list(user_ids))
    primary = theirs.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return set(primary.values_list("user_id", flat=True))


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


def scope_of(post: Post) -> Scope:
    """The places a post covers; none when its role is no longer known."""
    role = ROLES.get(post.role)
    if role is None:
        return Scope()
    if role.reach is Reach.GRID:
        # A grid worker sees the grid's households and not the rest of its village.
        return Scope.of([], [post.grid_code] if post.grid_code else [])
    return Scope.of([post.division_code])


def _grants(posts: Iterable[Post]) -> Iterable[Grant]:
    """What each post gives; a post whose role is no longer known gives nothing."""
    for post in posts:
        if role := ROLES.get(post.role):
            scope = scope_of(post)
            if role.reach is Reach.VILLAGE:
                # What was written down under a village that was merged into this one.
                scope |= Scope.of(earlier_codes([post.division_code]))
            yield Grant(role.permissions, scope)


def names_of(usernames: Iterable[str]) -> dict[str, str]:
    """Sign-in name → name of these users, for pages that show who did something; one query."""
    return dict(User.objects.filter(username__in=set(usernames)).values_list("username", "name"))


def usernames(numbers: Iterable[int]) -> dict[int, str]:
    """Number → sign-in name of these users, for pages that tell what an entry is about; one query."""
    return dict(User.objects.filter(pk__in=set(numbers)).values_list("pk", "username"))


def numbers_of(text: str) -> list[int]:
    """The numbers of users with this sign-in name, or of whose name it is a part."""
    found = User.objects.filter(Q(username=text) | Q(name__contains=text))
    return list(found.values_list("pk", flat=True)[:100])


def usernames_of(name: str) -> list[str]:
    """Sign-in names of users with this name, or of whose name it is a part."""
    found = User.objects.filter(name__contains=name).values_list("username", flat=True)
    return list(found[:100])


def everybody(most: int) -> list[tuple[str, str]]:
    """Sign-in name and name of users, at most so many; the caller asks for the permission."""
    return list(User.objects.order_by("username").values_list("username", "name")[:most])
