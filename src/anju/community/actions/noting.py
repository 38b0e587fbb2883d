"""What every step of a request has in common: checked words, one line of the story, the audit."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.community.models import Request, RequestStep, StepKind
from anju.community.queries import request_for
from anju.community.refusals import CommunityRefused
from anju.community.states import Clocks, Move, Outcome, State, is_open_to
from anju.privacy.masking import holds_a_number

SHORTEST: Final = 4
MOST_WORDS: Final = 2_000
_NOT_NOW: Final = {
    Move.TAKE: lambda: _("这件诉求已经受理，请刷新页面。"),
    Move.PASS_ON: lambda: _("这件诉求已经办理，不能再转办。"),
    Move.EXTEND: lambda: _("受理以后、办好以前才能延期。"),
    Move.HANDLE: lambda: _("这件诉求已经登记办理结果，请刷新页面。"),
    Move.CONFIRM: lambda: _("登记办理结果以后才能登记反映人的意见。"),
    Move.REJECT: lambda: _("登记办理结果以后才能登记反映人的意见。"),
    Move.EXPLAIN: lambda: _("这件诉求已经办理，不能再按不能办理处理。"),
    Move.JOIN: lambda: _("这件诉求已经办理，不能再并入另一件。"),
    Move.REOPEN: lambda: _("已办结、没有并入另一件的诉求才能重新办理。"),
    Move.LAPSE: lambda: _("反映人提意见的期限没有过。"),
}


def checked(words: str, *, asks: str) -> str:
    """Words that say something and hold no numbers of persons; `asks` tells what is wanted."""
    said = words.strip()
    if len(said) < SHORTEST:
        raise CommunityRefused(asks)
    return without_numbers(said)


def without_numbers(words: str) -> str:
    """Words (possibly none) without numbers of persons, not longer than the column takes."""
    if holds_a_number(words):
        raise CommunityRefused(_("不要写证件号码、电话和银行账号。农户的联系方式在底册里。"))
    return words.strip()[:MOST_WORDS]


def held(viewer: Viewer, request: Request, move: Move) -> Request:
    """The row to change, locked; refused where the move is not open any more."""
    seen = request_for(viewer, request.number)
    row = Request.objects.select_for_update().get(pk=seen.pk)
    check_open(row, move)
    return row


def check_open(row: Request, move: Move) -> None:
    """Refused where the move is not open."""
    if not is_open_to(move, row.state, row.outcome):
        raise CommunityRefused(_NOT_NOW[move]())


def moved(row: Request, to: State, **changes: Any) -> None:
    """Write where a request stands now, with the day that counts."""
    row.state = to
    for name, value in changes.items():
        setattr(row, name, value)
    running = Clocks(row.answer_by, row.settle_by, row.confirm_by).running(to)
    row.due_on = running or row.due_on
    row.save(update_fields=["state", "due_on", *changes])


def closed(row: Request, on: date, outcome: Outcome, **changes: Any) -> None:
    """Close a request."""
    moved(row, State.CLOSED, outcome=outcome, closed_on=on, **changes)


def step(by: Actor, on: date, row: Request, kind: StepKind, words: str = "", **said: Any) -> None:
    """One line of the story."""
    RequestStep.objects.create(
        request=row, kind=kind, on=on, words=words, done_by=by.username, **said
    )


def note(by: Actor, action: str, row: Request, **detail: Any) -> None:
    """One entry of the audit; words and names stay in the story."""
    record(
        by=by,
        action=f"request.{action}",
        kind="request",
        ids=[row.number],
        detail=detail or None,
        place=row.village_code,
    )
