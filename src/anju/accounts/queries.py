"""Users, units and posts, and the viewer made of them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from anju.accounts.models import Post, Unit, User
from anju.accounts.permissions import Permission
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
