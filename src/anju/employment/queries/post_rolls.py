"""What the register holds of posts that a list names, before it is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from anju.employment.models import PostHolding, PostTerms, WelfarePost

_AT_ONCE = 5_000


def ids_by_key(divisions: Iterable[str]) -> dict[tuple[str, ...], int]:
    """Place, unit, kind and name → the id of the post, of all posts of these places."""
    rows = WelfarePost.objects.filter(division_code__in=set(divisions))
    found = rows.values_list("division_code", "unit", "kind", "name", "pk")
    return {(place, unit, kind, name): pk for place, unit, kind, name, pk in found}


def open_terms(posts: Iterable[int]) -> dict[int, PostTerms]:
    """Post → its terms in force."""
    rows = PostTerms.objects.filter(
        post__in=list(posts), known_to__isnull=True, valid_to__isnull=True
    )
    return {row.post_id: row for row in rows}


def posts_begun(persons: Iterable[int]) -> dict[tuple[int, date], tuple[str, ...]]:
    """Person and first day → the post that began then: its place, unit, kind and name."""
    wanted = list(persons)
    found: dict[tuple[int, date], tuple[str, ...]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = PostHolding.objects.filter(
            person__in=wanted[start : start + _AT_ONCE], known_to__isnull=True
        ).select_related("post")
        for row in rows:
            post = row.post
            found[row.person_id, row.started_on] = (
                post.division_code,
                post.unit,
                post.kind,
                post.name,
            )
    return found
