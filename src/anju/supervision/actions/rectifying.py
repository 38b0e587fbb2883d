"""What units did about a problem, and the check of it: accepted or sent back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.audit.attachments import Attachment
from anju.supervision import proofs
from anju.supervision.actions.problems import SHORTEST, note, of_inspector
from anju.supervision.models import (
    FoundProblem,
    ProblemRound,
    ProblemState,
    Rectification,
    RectificationProof,
    RectificationState,
)
from anju.supervision.queries import answers_for_unit, problem_for
from anju.supervision.refusals import SupervisionRefused


@transaction.atomic
def submit(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    problem: FoundProblem,
    words: str,
    files: Sequence[Attachment] = (),
) -> Rectification:
    """Report what the viewer's unit did, with proof.

    Refused: a unit that does not answer for it, a closed problem, a report that waits already,
    nothing said, too many files.
    """
    seen = problem_for(viewer, problem.number)
    unit = answers_for_unit(viewer, seen)
    if unit is None:
        raise SupervisionRefused(_("这个问题不由您的单位整改。"))
    row = FoundProblem.objects.select_for_update().get(pk=seen.pk)
    if row.state == ProblemState.CLOSED:
        raise SupervisionRefused(_("这个问题已经销号，不必再报。"))
    if len(words.strip()) < SHORTEST:
        raise SupervisionRefused(_("请写明整改情况，至少 %(n)s 个字。") % {"n": SHORTEST})
    if len(files) > proofs.MOST_FILES:
        raise SupervisionRefused(_("一次最多附 %(n)s 个文件。") % {"n": proofs.MOST_FILES})
    told = row.rectifications.filter(unit=unit, round=row.round)
    if told.exclude(state=RectificationState.RETURNED).exists():
        raise SupervisionRefused(_("本单位的整改情况已经报送，请等复核。"))
    made = Rectification.objects.create(
        problem=row,
        round=row.round,
        unit=unit,
        words=words.strip(),
        submitted_on=on,
        submitted_by=by.username,
    )
    _keep(made, files)
    _settle(row, on)
    detail = {"unit": unit.pk, "files": len(files), "round": row.round}
    note(by, "rectification.submit", row, **detail)
    return made


@transaction.atomic
def check(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    rectification: Rectification,
    is_accepted: bool,
    words: str,
) -> FoundProblem:
    """Accept what a unit did, or send it back with the reason; the last one closes the problem.

    Refused: checked already, and sent back without saying why.
    """
    row = of_inspector(viewer, rectification.problem)
    told = Rectification.objects.select_for_update().get(pk=rectification.pk)
    if told.state != RectificationState.SUBMITTED:
        raise SupervisionRefused(_("这份整改情况已经复核过了，请刷新页面。"))
    if not is_accepted and len(words.strip()) < SHORTEST:
        raise SupervisionRefused(_("退回的，请写明还差什么。"))
    accepted, returned = RectificationState.ACCEPTED, RectificationState.RETURNED
    told.state = accepted if is_accepted else returned
    told.checked_on, told.checked_by, told.check_note = on, by.username, words.strip()
    told.save(update_fields=["state", "checked_on", "checked_by", "check_note"])
    _settle(row, on)
    action = "rectification.pass" if is_accepted else "rectification.refuse"
    note(by, action, row, unit=told.unit_id, round=row.round)
    return row


def _settle(row: FoundProblem, on: date) -> None:
    """The state of a problem as its units' latest reports of this round leave it."""
    latest: dict[int, str] = {}
    for each in row.rectifications.filter(round=row.round).order_by("id"):
        latest[each.unit_id] = each.state
    units = set(row.units.values_list("unit_id", flat=True))
    if all(latest.get(unit) == RectificationState.ACCEPTED for unit in units):
        row.state, row.closed_on = ProblemState.CLOSED, on
        ProblemRound.objects.filter(problem=row, number=row.round).update(closed_on=on)
    elif RectificationState.SUBMITTED in latest.values():
        row.state = ProblemState.SUBMITTED
    elif RectificationState.RETURNED in latest.values():
        row.state = ProblemState.RETURNED
    else:
        row.state = ProblemState.WAITING
    row.save(update_fields=["state", "closed_on"])


def _keep(made: Rectification, files: Sequence[Attachment]) -> None:
    for each in files:
        proof = RectificationProof.objects.create(
            rectification=made, file_name=each.file_name, size=each.size, digest=each.digest
        )
        proofs.RECTIFICATIONS.store(proof.pk, each.content)
