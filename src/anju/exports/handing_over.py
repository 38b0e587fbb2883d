"""Exports that wait for a decision wait for a post, so whoever takes the post over decides them."""

from django.utils.translation import gettext_noop as _

from anju.accounts.models import Post
from anju.accounts.permissions import Permission
from anju.accounts.queries import scope_of
from anju.accounts.roles import ROLES
from anju.accounts.scope import Scope
from anju.accounts.work import WorkKind
from anju.audit.actor import Actor
from anju.exports.models import ExportRequest, ExportState
from anju.exports.queries import are_within


def waiting_for(*, username: str, scope: Scope) -> int:
    """How many requests the user may decide about by the post in this place."""
    return len(_to_decide(username, username, scope))


def hand_over(*, by: Actor, giver: str, taker: str, scope: Scope) -> int:
    """How many wait for the taker from now on: not those the taker asked for, which another must
    decide. No request is changed, since none names who decides."""
    return len(_to_decide(giver, taker, scope))


def _to_decide(holder: str, decider: str, scope: Scope) -> list[int]:
    """The requests inside the place of a holder's post that somebody else than the asker decides."""
    if not _may_approve(holder, scope):
        return []
    waiting = ExportRequest.objects.filter(state=ExportState.WAITING)
    others = waiting.exclude(asker__username=decider).values_list("pk", "ranges")
    return [pk for pk, ranges in others if ranges and are_within(ranges, scope.ranges)]


def _may_approve(holder: str, scope: Scope) -> bool:
    """Whether a post of the holder's in this place, held now or just ended, lets them approve."""
    posts = Post.objects.filter(user__username=holder)
    roles = {post.role for post in posts if scope_of(post) == scope}
    return any(Permission.APPROVE_EXPORTS in ROLES[role].permissions for role in roles & set(ROLES))


APPROVALS = WorkKind("exports.approvals", _("待审批的导出申请"), waiting_for, hand_over)
