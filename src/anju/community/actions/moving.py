"""Dealing with a request: taking it on, passing it on, more time, what was done."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.community import book
from anju.community.actions import noting
from anju.community.book_model import CONFIRMATION, RequestKind
from anju.community.models import Request, StepKind
from anju.community.queries import answers_for, unit_of
from anju.community.refusals import CommunityRefused
from anju.community.states import Move, State
from anju.procedures.calendars import Calendar

MOST_EXTENSIONS = 2
_LONGEST = timedelta(days=90)


@transaction.atomic
def take(*, by: Actor, on: date, viewer: Viewer, request: Request) -> Request:
    """Take it on; where it lies with no unit, it is the viewer's from now on."""
    row = _mine(viewer, request, Move.TAKE)
    unit = row.unit or unit_of(viewer)
    noting.moved(row, State.TAKEN, unit=unit, taken_on=on)
    noting.step(by, on, row, StepKind.TAKEN, unit=unit)
    noting.note(by, "accept", row, unit=unit.pk if unit else None)
    return row


@transaction.atomic
def pass_on(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    calendar: Calendar,
    request: Request,
    unit: Unit,
    words: str,
) -> Request:
    """Give it to another unit, with why. It has the days to take it on anew, not those to settle it."""
    row = _mine(viewer, request, Move.PASS_ON)
    if row.unit_id == unit.pk:
        raise CommunityRefused(_("这件诉求已经在这个单位，请选另一个单位。"))
    said = noting.checked(words, asks=_("请写明为什么转办，对方要知道该做什么。"))
    answer_by = calendar.add(kind_of(row).answer, on)
    noting.moved(row, State.TOLD, unit=unit, answer_by=answer_by, taken_on=None)
    noting.step(by, on, row, StepKind.PASSED, said, unit=unit, until=answer_by)
    noting.note(by, "pass_on", row, unit=unit.pk)
    return row


@transaction.atomic
def extend(
    *, by: Actor, on: date, viewer: Viewer, request: Request, until: date, words: str
) -> Request:
    """More days to settle it, with the reason; at most twice, and not past ninety days from today."""
    row = _mine(viewer, request, Move.EXTEND)
    if row.extensions >= MOST_EXTENSIONS:
        raise CommunityRefused(
            _("已经延期 %(most)s 次。请办理，或说明不能办理的原因。") % {"most": MOST_EXTENSIONS}
        )
    if not max(on, row.settle_by) < until <= on + _LONGEST:
        raise CommunityRefused(_("新的期限要晚于原来的期限，且在今天起90天以内。"))
    said = noting.checked(words, asks=_("请写明为什么延期，反映人要知道原因。"))
    noting.moved(row, State.TAKEN, settle_by=until, extensions=row.extensions + 1)
    noting.step(by, on, row, StepKind.EXTENDED, said, until=until)
    noting.note(by, "prolong", row, until=until.isoformat())
    return row


@transaction.atomic
def handle(*, by: Actor, on: date, viewer: Viewer, request: Request, words: str) -> Request:
    """Say what was done; who told it has some days to say whether that will do."""
    row = _mine(viewer, request, Move.HANDLE)
    said = noting.checked(words, asks=_("请写明办理的情况，至少 4 个字。"))
    confirm_by = on + timedelta(days=book.own_book().days(CONFIRMATION))
    changes = {"handled_on": on, "confirm_by": confirm_by, "taken_on": row.taken_on or on}
    unit = row.unit or unit_of(viewer)
    noting.moved(row, State.HANDLED, unit=unit, **changes)
    noting.step(by, on, row, StepKind.HANDLED, said, unit=unit, until=confirm_by)
    noting.note(by, "handle", row, unit=unit.pk if unit else None)
    return row


def kind_of(row: Request) -> RequestKind:
    """The kind of a request; one that the pack has no longer goes by the one for all others."""
    own = book.own_book()
    return own.kind(row.kind) or own.kinds[-1]


def _mine(viewer: Viewer, request: Request, move: Move) -> Request:
    row = noting.held(viewer, request, move)
    if not answers_for(viewer, row):
        raise CommunityRefused(_("这件诉求不由您的单位办理。"))
    return row
