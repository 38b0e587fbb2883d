"""Files that wait for somebody's decision go to whoever takes over the post."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as _

from anju.accounts.scope import Scope
from anju.accounts.work import WorkKind
from anju.audit.actor import Actor
from anju.intake.models import Batch, BatchState

_FINISHED = (BatchState.DONE, BatchState.CANCELLED)


def waiting_for(*, username: str, scope: Scope) -> int:
    """How many files of these places wait for this user, or have rows they must mend."""
    return _open(username, scope).count()


def hand_over(*, by: Actor, giver: str, taker: str, scope: Scope) -> int:
    """Make the taker answer for them. The handing over of the post is what is audited."""
    return _open(giver, scope).update(held_by=taker)


def _open(username: str, scope: Scope) -> QuerySet[Batch]:
    to_mend = Q(state=BatchState.DONE) & (Q(counts__rejected__gt=0) | Q(counts__conflict__gt=0))
    waiting = ~Q(state__in=_FINISHED) | to_mend
    return Batch.objects.filter(waiting, scope.q("division_code", None), held_by=username)


BATCHES = WorkKind("intake.batches", _("待确认、待修改的导入文件"), waiting_for, hand_over)
