"""通报、约谈、督办: writing down what was said to units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.models import Plan
from anju.supervision.actions.numbering import NOTICE, next_number
from anju.supervision.models import (
    FoundProblem,
    NoticeKind,
    NoticeUnit,
    Supervision,
    SupervisionNotice,
)
from anju.supervision.queries import may_inspect
from anju.supervision.refusals import SupervisionRefused


@transaction.atomic
def issue(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    kind: NoticeKind,
    division_code: str,
    units: Sequence[Unit],
    title: str,
    words: str,
    issued_on: date,
    plan: Plan | None = None,
    supervision: Supervision | None = None,
    problem: FoundProblem | None = None,
) -> SupervisionNotice:
    """Put a notice to units on record. Refused: no unit, nothing said, a day still to come."""
    if not may_inspect(viewer, division_code):
        raise SupervisionRefused(_("您的岗位不能向这个范围的单位发通知。"))
    if not units:
        raise SupervisionRefused(_("请至少选择一个单位。"))
    if not title.strip() or not words.strip():
        raise SupervisionRefused(_("请填写标题和内容。"))
    if issued_on > on:
        raise SupervisionRefused(_("印发日期不能晚于今天。"))
    row = SupervisionNotice.objects.create(
        number=next_number(NOTICE, division_code, on),
        kind=kind,
        plan=plan or (problem.plan if problem else None),
        supervision=supervision or (problem.supervision if problem else None),
        problem=problem,
        title=title.strip(),
        words=words.strip(),
        issued_on=issued_on,
        issued_by=by.username,
    )
    NoticeUnit.objects.bulk_create(NoticeUnit(notice=row, unit=each) for each in units)
    record(
        by=by,
        action="supervision_notice.record",
        kind="supervision_notice",
        ids=[row.number],
        detail={"kind": kind, "units": sorted(each.pk for each in units)},
        place=division_code,
    )
    return row
