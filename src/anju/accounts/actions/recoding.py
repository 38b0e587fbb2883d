"""Posts and units follow when villages or grids are merged, split or renamed."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from anju.accounts.models import Post, Unit
from anju.places.models import Grid

Targets = Mapping[str, Sequence[str]]


def follow(*, on: date, villages: Targets, grids: Targets) -> dict[str, int]:
    """Give posts and units the new codes; whoever held a village that was split holds all parts.

    In the transaction and the audit entry of whoever merges the places. `villages` and `grids`: old
    code → new codes, the one that keeps the rest first. Returns how many posts and units moved.
    """
    posts = 0
    for old, targets in villages.items():
        for post in _open(on).filter(division_code=old, grid_code=""):
            posts += 1
            _move(post, on, [(code, "") for code in targets])
    for old, targets in grids.items():
        homes = dict(Grid.objects.filter(code__in=targets).values_list("code", "village_code"))
        for post in _open(on).filter(grid_code=old):
            posts += 1
            _move(post, on, [(homes[code], code) for code in targets])
    posts += _with_their_grids(on)
    units = sum(
        Unit.objects.filter(division_code=old).update(division_code=targets[0])
        for old, targets in villages.items()
    )
    return {"posts": posts, "units": units}


def _open(on: date) -> QuerySet[Post]:
    return Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def _move(post: Post, on: date, targets: Sequence[tuple[str, str]]) -> None:
    """The post goes to the first place; for each further one a post of the same kind begins."""
    first, *others = targets
    for code, grid_code in others:
        Post.objects.get_or_create(
            user=post.user,
            role=post.role,
            division_code=code,
            grid_code=grid_code,
            valid_from=max(on, post.valid_from),
            defaults={"valid_to": post.valid_to},
        )
    code, grid_code = first
    same = Post.objects.filter(
        user=post.user,
        role=post.role,
        division_code=code,
        grid_code=grid_code,
        valid_from=post.valid_from,
    ).exclude(pk=post.pk)
    if same.exists():
        # Two villages of one holder became one: one post is enough.
        post.valid_to = max(on, post.valid_from)
    else:
        post.division_code, post.grid_code = code, grid_code
    post.save()


def _with_their_grids(on: date) -> int:
    """Posts of grids whose village changed; the grid itself stays theirs."""
    posts = 0
    codes = set(_open(on).exclude(grid_code="").values_list("grid_code", flat=True))
    for code, village in Grid.objects.filter(code__in=codes).values_list("code", "village_code"):
        moved = _open(on).filter(grid_code=code).exclude(division_code=village)
        posts += moved.update(division_code=village)
    return posts
