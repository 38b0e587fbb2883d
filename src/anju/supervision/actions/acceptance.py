"""Acceptance: writing down how a stage went, with what the checks said that day and proof."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.audit.attachments import Attachment
from anju.duties.models import Plan
from anju.supervision import proofs
from anju.supervision.models import Acceptance, AcceptanceProof, AcceptanceResult
from anju.supervision.queries import acceptance
from anju.supervision.refusals import SupervisionRefused


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    plan: Plan,
    stage: str,
    held_on: date,
    result: str,
    words: str,
    files: Sequence[Attachment] = (),
) -> Acceptance:
    """Keep how a stage went. Who decides may pass what is not met, but has to say why in words.

    Refused: a stage whose predecessor is not passed, passed already, without words, passed without
    the proof it asks for, a day still to come or before its predecessor was passed, the same once more.
    """
    if not viewer.scope_for(Permission.INSPECT).is_county_wide:
        raise SupervisionRefused(_("您的岗位不能登记验收结果。"))
    Plan.objects.select_for_update().get(pk=plan.pk)  # whoever sent it twice waits here
    stages = {each.stage.id: each for each in acceptance.stages_of(viewer, plan, on)}
    found = stages.get(stage)
    if found is None:
        raise SupervisionRefused(_("方案的政策包没有这个验收阶段。"))
    if found.is_passed:
        raise SupervisionRefused(_("这个阶段已经通过。"))
    is_passed = result == AcceptanceResult.PASSED
    if is_passed and not found.may_begin:
        raise SupervisionRefused(_("上一个阶段还没有通过，不能登记这个阶段通过。"), field="result")
    before = stages[found.stage.after].passed_on if found.stage.after else None
    _refuse_day(held_on, before, on)
    _refuse_twice(found.records, held_on, result, words.strip())
    if not words.strip():
        raise SupervisionRefused(_("请填写情况说明；有未达到的，写明原因。"), field="words")
    if is_passed and "proof" in found.stage.needs and not files:
        raise SupervisionRefused(_("这个阶段要附报告等佐证，请选择文件。"))
    if len(files) > proofs.MOST_FILES:
        raise SupervisionRefused(_("一次最多附 %(n)s 个文件。") % {"n": proofs.MOST_FILES})
    row = Acceptance.objects.create(
        plan=plan,
        stage=stage,
        held_on=held_on,
        result=result,
        words=words.strip(),
        checks=acceptance.snapshot(found.checks),
        recorded_on=on,
        recorded_by=by.username,
    )
    _keep(row, files)
    audit(
        by=by,
        action="acceptance.record",
        kind="acceptance",
        ids=[row.pk],
        detail={"plan": plan.pk, "stage": stage, "result": result, "files": len(files)},
    )
    return row


def _refuse_day(held_on: date, before: date | None, on: date) -> None:
    """Not still to come, and not before the day the stage before was passed."""
    if held_on > on:
        raise SupervisionRefused(_("办理日期不能晚于今天。"), field="held_on")
    if before is not None and held_on < before:
        told = {"day": before}
        raise SupervisionRefused(
            _("办理日期不能早于上一阶段通过的日期 %(day)s。") % told, field="held_on"
        )


def _refuse_twice(records: Sequence[Acceptance], held_on: date, result: str, words: str) -> None:
    """A form that was sent twice makes one record."""
    told = (held_on, result, words)
    if any((each.held_on, each.result, each.words) == told for each in records):
        raise SupervisionRefused(_("这次结果已经登记，不用再登记。"))


def _keep(row: Acceptance, files: Sequence[Attachment]) -> None:
    for each in files:
        proof = AcceptanceProof.objects.create(
            acceptance=row, file_name=each.file_name, size=each.size, digest=each.digest
        )
        proofs.ACCEPTANCES.store(proof.pk, each.content)
