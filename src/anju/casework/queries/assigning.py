"""Whom leads and cases may be given to, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet

from anju.accounts.models import Post, User
from anju.accounts.permissions import Permission
from anju.accounts.queries import posts_on, viewer_of
from anju.accounts.roles import ROLES
from anju.accounts.scope import Scope
from anju.accounts.viewer import Viewer
from anju.casework.levels import PERMISSION_OF
from anju.places.models import Grid

ASSIGNING = (Permission.ACT_IN_VILLAGE, Permission.ACT_IN_TOWN, Permission.ACT_IN_COUNTY)
"""Whoever acts at one of these levels gives work out in its places."""

CANDIDATES_SHOWN = 200


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be given work: the sign-in name, the name, and the posts (role, place)."""

    username: str
    name: str
    posts: tuple[tuple[str, str], ...]


def places_to_assign(viewer: Viewer) -> Scope:
    """Where the viewer gives work out."""
    scope = Scope()
    for permission in ASSIGNING:
        scope |= viewer.scope_for(permission)
    return scope


def may_assign(viewer: Viewer) -> bool:
    """Whether the viewer gives work out anywhere."""
    return not places_to_assign(viewer).is_empty


def to_assign(viewer: Viewer, rows: QuerySet[Model]) -> QuerySet[Model]:
    """Those of these leads or cases (of a gate) that the viewer may give to somebody."""
    return rows.filter(places_to_assign(viewer).q("village_code", None))


def candidates(
    viewer: Viewer, permissions: Iterable[Permission], *, place: str = ""
) -> list[Candidate]:
    """Who holds one of these permissions in a place of the viewer's, by sign-in name.

    At most `CANDIDATES_SHOWN`: where there are more, a place has to be chosen first.
    """
    wanted = set(permissions)
    roles = [role.id for role in ROLES.values() if role.permissions & wanted]
    scope = places_to_assign(viewer)
    within = Scope.of([place]) if place and scope.covers(place) else scope
    posts = posts_on(viewer.on).filter(
        within.q("division_code", None), role__in=roles, user__is_active=True
    )
    return _people(posts)


def candidate(viewer: Viewer, username: str) -> User | None:
    """An active user by sign-in name, for whoever gives work out, or needs somebody to stand in."""
    if not viewer.may(Permission.VIEW_CASES):
        return None
    return User.objects.filter(username=username, is_active=True).first()


def can_take(user: User, permission: Permission, on: date) -> Q:
    """The condition on leads and cases that lie where the user holds the permission."""
    scope = viewer_of(user, on=on).scope_for(permission)
    return scope.q("village_code", "household__grid__code")


def can_hold(user: User, on: date) -> Q:
    """The condition on cases whose step is held by a level that the user holds there."""
    condition = Q(pk__in=[])
    for level, permission in PERMISSION_OF.items():
        condition |= Q(holder=level) & can_take(user, permission, on)
    return condition


def stand_ins(viewer: Viewer) -> list[Candidate]:
    """Who sees all that the viewer's cases lie in by a post of their own: who may stand in."""
    scope = viewer.scope_for(Permission.VIEW_CASES)
    grids = Grid.objects.filter(code__in=scope.grid_codes).values_list("village_code", flat=True)
    reached = [low for low, _high in scope.ranges] or list(grids)
    around = {f"{code[:digits]:0<12}" for code in reached[:1] for digits in (6, 9, 12)}
    around -= {code for code in around if not _holds_all(code, reached)}
    roles = [role.id for role in ROLES.values() if Permission.VIEW_CASES in role.permissions]
    posts = posts_on(viewer.on).filter(
        division_code__in=around, grid_code="", role__in=roles, user__is_active=True
    )
    return _people(posts.exclude(user_id=viewer.user_id))


def _holds_all(code: str, places: list[str]) -> bool:
    return all(Scope.of([code]).covers(place) for place in places)


def _people(posts: QuerySet[Post]) -> list[Candidate]:
    """The holders of posts, by sign-in name; at most `CANDIDATES_SHOWN`."""
    held: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    rows = posts.order_by("user__username", "id").values_list(
        "user__username", "user__name", "role", "division_code"
    )
    for username, name, role, division in rows.iterator():
        if username not in held and len(held) == CANDIDATES_SHOWN:
            break
        held.setdefault(username, (name, []))[1].append((role, division))
    return [Candidate(username, name, tuple(posts)) for username, (name, posts) in held.items()]
