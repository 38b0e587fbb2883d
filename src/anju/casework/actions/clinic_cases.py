"""A case for each blank spot of the villages' clinics, and its moves by the policy pack.

Row, move and audit entry are written in one transaction, on the condition that nobody moved the case
since it was looked at, as for the case of a household.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework import books
from anju.casework.actions.opening import OPEN, counter_of
from anju.casework.models import ClinicCase, ClinicMove, ClinicState
from anju.casework.queries import clinic_cases, clinics
from anju.casework.queries.mandates import mandate_at
from anju.casework.refusals import CaseMoved, CaseRefused
from anju.procedures.procedure import Procedure
from anju.procedures.refusals import BookError, ProcedureError
from anju.procedures.standing import Outcome

NOTE_LENGTH = 2_000
GONE = "village_gone"
"""The village was merged: what is missing there is the new one's to tell; no action of a pack."""


@transaction.atomic
def open_cases(
    *, by: Actor, at: datetime, on: date, villages: Collection[str] | None = None
) -> list[ClinicCase]:
    """Open a case for every blank spot (or those of some villages) without one; safe to repeat.

    `on` is the day the office hears of it: the limits of the pack run from there. What the county found
    to be no blank spot is left alone as long as the pack says. Cases of villages that were merged end.
    A pack without a procedure for clinics has no such list.
    """
    ended = _end_gone(by, at, on)
    procedure = _procedure(on)
    cases = [] if procedure is None else _numbered(procedure, on, villages)
    ClinicCase.objects.bulk_create(cases, batch_size=1_000)
    ClinicMove.objects.bulk_create(
        ClinicMove(
            case=case, version=1, procedure=case.procedure, action=OPEN, to_step=case.step,
            moved_on=on, at=at, by=by.username,
        )
        for case in cases
    )  # fmt: skip
    if cases or ended:
        record(
            by=by,
            action="clinic.open",
            kind="division",
            ids=[case.village_code for case in cases],
            count=len(cases),
            detail={"cases": [case.number for case in cases], "ended": ended},
        )
    return cases


@transaction.atomic
def take(
    *,
    by: Actor,
    at: datetime,
    on: date,
    viewer: Viewer,
    case: ClinicCase,
    action: str,
    seen: int,
    reason: str = "",
    note: str = "",
) -> ClinicCase:
    """Take an action of the pack on a case, as it stood when the viewer looked (`seen`: its version).

    Refused: `CaseMoved` where somebody acted meanwhile; `CaseRefused` where the pack does not offer
    the action there, something it needs is missing, or the level is not the viewer's.
    """
    mine = clinic_cases.cases_for(viewer).select_for_update().get(pk=case.pk)
    if mine.version != seen:
        raise CaseMoved(mine, clinic_cases.moves_since(mine, seen))
    here = clinic_cases.standing_of(viewer, mine, on)
    try:
        outcome = books.book_of(mine, on).take(
            mine.procedure, here, action, reason=reason, note=note, calendar=books.calendar()
        )
    except ProcedureError as error:
        raise CaseRefused.by_procedure(error) from error
    was_at, was_due_on = mine.step, mine.step_due_on
    behalf = mandate_at(viewer, mine).on_behalf_of
    _write(mine, outcome, on)
    ClinicMove.objects.create(
        case=mine, version=mine.version, procedure=mine.procedure, from_step=was_at, action=action,
        to_step=mine.step, moved_on=on, at=at, by=by.username, on_behalf_of=behalf,
        step_due_on=was_due_on, reason=reason, note=note.strip()[:NOTE_LENGTH],
    )  # fmt: skip
    record(
        by=by,
        action="clinic.move",
        kind="division",
        ids=[mine.village_code],
        detail={
            "case": mine.number,
            "version": mine.version,
            "action": action,
            "from": was_at,
            "to": mine.step,
            "state": mine.state,
            "reason": reason,
            "on_behalf_of": behalf,
        },
        place=mine.village_code,
    )
    return mine


def _write(case: ClinicCase, outcome: Outcome, on: date) -> None:
    """Change the row if it still has the version that was looked at."""
    changes = {
        "step": outcome.step,
        "holder": outcome.holder,
        "state": outcome.state,
        "step_since": on if outcome.step else None,
        "step_due_on": outcome.step_due_on,
        "closed_on": on if outcome.is_closed else None,
        "version": case.version + 1,
    }
    if not ClinicCase.objects.filter(pk=case.pk, version=case.version).update(**changes):
        raise CaseMoved(case, clinic_cases.moves_since(case, case.version))
    for name, value in changes.items():
        setattr(case, name, value)


def _procedure(on: date) -> Procedure | None:
    try:
        return books.book_on(on).of(clinic_cases.KIND, "clearing")
    except BookError:
        return None


def _numbered(procedure: Procedure, on: date, villages: Collection[str] | None) -> list[ClinicCase]:
    """A new case for each blank spot without one. Whoever opens cases of a county at the same moment
    waits for its counting row, and only then looks which have none."""
    codes = clinics.without_case(on, villages)
    cases: list[ClinicCase] = []
    for county in sorted({code[:6] for code in codes}):
        counter = counter_of(f"{county}-{on.year}")
        theirs = [code for code in codes if code.startswith(county)]
        for code in clinics.without_case(on, theirs):
            counter.last += 1
            cases.append(_new(procedure, code, on, f"{counter.prefix}-{counter.last:06d}"))
        counter.save(update_fields=["last"])
    return cases


def _new(procedure: Procedure, village_code: str, on: date, number: str) -> ClinicCase:
    begun = procedure.start(on=on, opened_on=on, calendar=books.calendar())
    return ClinicCase(
        number=number,
        village_code=village_code,
        pack=settings.POLICY_PACK,
        procedure=begun.procedure,
        step=begun.step,
        holder=begun.holder,
        step_since=on,
        step_due_on=begun.step_due_on,
        due_on=begun.due_on,
        opened_on=on,
        version=1,
    )


def _end_gone(by: Actor, at: datetime, on: date) -> list[str]:
    """End the cases of villages that are no longer there; their numbers."""
    gone = list(clinics.cases_without_village())
    for case in gone:
        was_at, was_due_on = case.step, case.step_due_on
        case.step = case.holder = ""
        case.step_since = case.step_due_on = None
        case.state, case.closed_on = ClinicState.NOT_INCLUDED, on
        case.version += 1
        case.save()
        ClinicMove.objects.create(
            case=case, version=case.version, procedure=case.procedure, from_step=was_at,
            action=GONE, moved_on=on, at=at, by=by.username, step_due_on=was_due_on,
        )  # fmt: skip
    return [case.number for case in gone]
