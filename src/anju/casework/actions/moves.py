"""A case moves: somebody takes an action that the pack offers at its step.

The row, the move and the audit entry are written in one transaction, on the condition that nobody
moved the case since it was looked at. So whatever is interrupted leaves a case as it was, and of two
people who act at once the second is told what the first did.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework import books, queries
from anju.casework.actions import follow_ups, merging, registers
from anju.casework.models import Case, CaseState, Move
from anju.casework.queries import history, mandates
from anju.casework.refusals import CaseMoved, CaseRefused
from anju.procedures.refusals import ProcedureError
from anju.procedures.standing import Outcome

NOTE_LENGTH = 2_000
_DECIDED = (CaseState.INCLUDED, CaseState.NOT_INCLUDED)


@transaction.atomic
def take(
    *,
    by: Actor,
    at: datetime,
    on: date,
    viewer: Viewer,
    case: Case,
    action: str,
    seen: int,
    reason: str = "",
    note: str = "",
) -> Case:
    """Take an action of the pack on a case, as it stood when the viewer looked (`seen`: its version).

    Refused: `CaseMoved` where somebody acted meanwhile; `CaseRefused` where the pack does not offer
    the action there, something it needs is missing, or the level is not the viewer's.
    """
    mine = locked(viewer, case, seen)
    outcome = _outcome(viewer, mine, on, action, reason, note)
    behalf = mandates.mandate_of(viewer, mine).on_behalf_of
    changes = _columns(mine, outcome, on) | _in_registers(by, on, mine, outcome)
    was = (mine.procedure, mine.step, mine.step_due_on)
    was_closed = mine.closed_on is not None
    _write(mine, changes)
    if was_closed and mine.closed_on is None:
        merging.take_along(by=by, on=on, case=mine)
    Move.objects.create(
        case=mine,
        version=mine.version,
        procedure=mine.procedure,
        # A procedure begins at no step: the one left belongs to the procedure before.
        from_step=was[1] if was[0] == mine.procedure else "",
        action=action,
        to_step=mine.step,
        moved_on=on,
        at=at,
        by=by.username,
        on_behalf_of=behalf,
        step_due_on=was[2],
        reason=reason,
        note=note.strip()[:NOTE_LENGTH],
    )
    record(
        by=by,
        action="case.move",
        kind="household",
        ids=[mine.household.code],
        detail={
            "case": mine.number,
            "version": mine.version,
            "action": action,
            "from": was[1],
            "to": mine.step,
            "state": mine.state,
            "reason": reason,
            "on_behalf_of": behalf,
        },
        place=mine.village_code,
    )
    return mine


def held(viewer: Viewer, case: Case) -> Case:
    """The row as it is now, kept from others until the transaction ends."""
    rows = queries.cases_for(viewer).select_for_update(of=("self",))
    return rows.select_related("household__grid", "assigned_to").get(pk=case.pk)


def locked(viewer: Viewer, case: Case, seen: int) -> Case:
    """The same; refuses a case that moved since it had the version `seen`."""
    mine = held(viewer, case)
    if mine.version != seen:
        raise CaseMoved(mine, history.moves_since(mine, seen))
    return mine


def _outcome(viewer: Viewer, case: Case, on: date, action: str, reason: str, note: str) -> Outcome:
    standing = queries.standing_of(viewer, case, on)
    try:
        return books.book_of(case, on).take(
            case.procedure, standing, action, reason=reason, note=note, calendar=books.calendar()
        )
    except ProcedureError as error:
        raise CaseRefused.by_procedure(error) from error


def _columns(case: Case, outcome: Outcome, on: date) -> dict[str, Any]:
    """What the row becomes. It follows the household to where that lives now."""
    stays = (outcome.procedure, outcome.step) == (case.procedure, case.step)
    changes: dict[str, Any] = {
        "village_code": case.household.village_code,
        "procedure": outcome.procedure,
        "step": outcome.step,
        "holder": outcome.holder,
        "step_since": (case.step_since if stays else on) if outcome.step else None,
        "step_due_on": outcome.step_due_on,
        "due_on": outcome.due_on,
        "state": outcome.state,
        "is_green_channel": outcome.is_green,
        "papers_due_on": outcome.papers_due_on or case.papers_due_on,
        "closed_on": on if outcome.is_closed else None,
    }
    if outcome.holder != case.holder:
        changes["assigned_to"] = None
    if outcome.state in _DECIDED and outcome.state != case.state:
        changes["decided_on"] = on
    return changes


def _in_registers(by: Actor, on: date, case: Case, outcome: Outcome) -> dict[str, Any]:
    """What a decision changes in the registers, and the columns of the case that go with it."""
    if outcome.state == case.state:
        return {}
    if outcome.state == CaseState.INCLUDED:
        return registers.include(by=by, on=on, case=case)
    if outcome.state == CaseState.REMOVED:
        kind = outcome.removal_kind or None
        return registers.remove(by=by, on=on, case=case, removal_kind=kind)
    if case.state == CaseState.REMOVED:
        follow_ups.drop_waiting(case=case)
    # Taken up again: what ended it is told by its moves.
    return {"removed_on": None, "removal_kind": None}


def _write(case: Case, changes: dict[str, Any]) -> None:
    """Change the row if it still has the version that was looked at."""
    mine = Case.objects.filter(pk=case.pk, version=case.version)
    changes["version"] = case.version + 1
    try:
        with transaction.atomic():
            done = mine.update(**changes)
    except IntegrityError:
        raise CaseRefused(_("这户已有另一个在办案件，请先办结或在那个案件中办理。")) from None
    if not done:
        raise CaseMoved(case, history.moves_since(case, case.version))
    for name, value in changes.items():
        setattr(case, name, value)
