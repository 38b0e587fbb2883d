"""Handing over a post: it ends for one, begins for the other, and the open work moves along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anju.accounts.actions import posts
from anju.accounts.models import Post, User
from anju.accounts.queries import scope_of
from anju.accounts.row_security import everything
from anju.accounts.work import WorkKind
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal


class HandoverRefused(Refusal):
    """The post cannot be handed over like this."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The successor's post, and how much open work of each kind moved."""

    post: Post
    moved: dict[str, int]


def open_work(*, by: Actor, post: Post, works: Sequence[WorkKind]) -> list[tuple[str, int]]:
    """What would move along: the name of each kind of work and how much there is."""
    scope, holder = scope_of(post), post.user.username
    with everything(by=by, reason=_("清点交接事项")):
        return [(kind.name, kind.count(username=holder, scope=scope)) for kind in works]


@transaction.atomic
def hand_over(
    *,
    by: Actor,
    on: date,
    post: Post,
    successor: User,
    reason: str,
    works: Sequence[WorkKind],
) -> HandedOver:
    """End a post on this day, give it to the successor from this day, and move the open work.

    The successor holds it until the day it was given for. Who holds the same post already keeps it
    and takes over the work. All of it happens, or nothing.
    """
    _check(on, post, successor, reason)
    until, giver = post.valid_to, post.user
    posts.end(by=by, on=on, post=post, reason=reason)
    taken = _held_already(successor, post, on) or posts.give(
        by=by,
        on=on,
        user=successor,
        role=post.role,
        division_code=post.division_code,
        grid_code=post.grid_code,
        until=until,
    )
    scope = scope_of(post)
    # Whoever manages users sees no place; the work lies in the post's.
    with everything(by=by, reason=reason.strip()):
        moved = {
            kind.id: kind.hand_over(
                by=by, giver=giver.username, taker=successor.username, scope=scope
            )
            for kind in works
        }
    record(
        by=by,
        action="post.hand_over",
        kind="post",
        ids=[post.pk, taken.pk],
        reason=reason.strip(),
        detail={"from": giver.pk, "to": successor.pk, "moved": moved},
    )
    return HandedOver(taken, moved)


def _check(on: date, post: Post, successor: User, reason: str) -> None:
    """Refuse what makes no sense, before anything is changed."""
    if not reason.strip():
        raise HandoverRefused(_("请写明交接理由，如“轮岗”“调离”。"))
    if successor.pk == post.user_id:
        raise HandoverRefused(_("接任的人不能是本人，请另选一位。"))
    if on < post.valid_from:
        raise HandoverRefused(_("交接日期不能早于任职日期。"))
    if post.valid_to is not None and post.valid_to <= on:
        raise HandoverRefused(_("这个岗位已经到期，请直接给接任的人安排岗位。"))


def _held_already(successor: User, post: Post, on: date) -> Post | None:
    """The same post, if the successor holds it for longer than this day."""
    same = successor.posts.filter(
        role=post.role, division_code=post.division_code, grid_code=post.grid_code
    )
    held = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    return held.first()
