"""通报、约谈、督办: writing down what was said to units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.models import Plan
from anju.duties.queries import unit_of
from anju.privacy.state_secrets import carries_mark
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


@dataclass(frozen=True, slots=True)
class Headed:
    """How a notice goes out: its number and the names of the unit it comes from."""

    document_number: str
    head: str
    signer: str
    printed_by: str


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
    urgency: str = "",
    copies: str = "",
    on_paper: bool | None = None,
) -> SupervisionNotice:
    """Put a notice to units on record. Refused: no unit, nothing said, a day still to come, the mark of
    a state secret."""
    if not may_inspect(viewer, division_code):
        raise SupervisionRefused(_("您的岗位不能向这个范围的单位发通知。"))
    _check(on, units, (title, words, copies), issued_on)
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
        issuing_unit=unit_of(viewer),
        urgency=urgency or "",
        copies=" ".join(copies.split()),
        on_paper=bool(on_paper),
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


@transaction.atomic
def change(
    *,
    by: Actor,
    on: date,
    notice: SupervisionNotice,
    kind: NoticeKind,
    units: Sequence[Unit],
    title: str,
    words: str,
    issued_on: date,
    plan: Plan | None,
    copies: str,
    on_paper: bool | None,
) -> SupervisionNotice:
    """Write an unsigned notice anew; whoever did is from then on the one who wrote it.

    In the transaction of the caller, which holds the row and asks who may. Refused as in `issue`.
    """
    _check(on, units, (title, words, copies), issued_on)
    before = {each.unit_id for each in notice.units.all()}
    notice.kind, notice.plan, notice.issued_on = kind, plan, issued_on
    notice.title, notice.words = title.strip(), words.strip()
    notice.copies, notice.on_paper = " ".join(copies.split()), bool(on_paper)
    notice.issued_by = by.username
    notice.version += 1
    notice.save()
    if before != {each.pk for each in units}:
        notice.units.all().delete()
        NoticeUnit.objects.bulk_create(NoticeUnit(notice=notice, unit=each) for each in units)
    record(
        by=by,
        action="supervision_notice.change",
        kind="supervision_notice",
        ids=[notice.number],
        detail={"kind": kind, "units": sorted(each.pk for each in units)},
        place=notice.issuing_unit.division_code if notice.issuing_unit else "",
    )
    return notice


def _check(on: date, units: Sequence[Unit], texts: Sequence[str], issued_on: date) -> None:
    """`texts`: title, words and copies."""
    if not units:
        raise SupervisionRefused(_("请至少选择一个单位。"))
    if not all(each.strip() for each in texts[:2]):
        raise SupervisionRefused(_("请填写标题和内容。"))
    if any(carries_mark(each) for each in texts):
        raise SupervisionRefused(
            _(
                "文字中有国家秘密标志。涉密公文不得在本系统起草和保存，请按保密规定在涉密设备上办理。"
            )
        )
    if issued_on > on:
        raise SupervisionRefused(_("印发日期不能晚于今天。"))


@transaction.atomic
def sign(*, by: Actor, on: date, notice: SupervisionNotice, headed: Headed) -> SupervisionNotice:
    """Write down that a notice was signed off on a day; it never changes afterwards.

    In the transaction of the caller, which holds the row, asks who may and counts the number.
    """
    for name, value in asdict(headed).items():
        setattr(notice, name, value)
    notice.issued_on, notice.signed_by = on, by.username
    notice.version += 1
    notice.save()
    record(
        by=by,
        action="supervision_notice.sign",
        kind="supervision_notice",
        ids=[notice.number],
        detail={"number": notice.document_number},
        place=notice.issuing_unit.division_code if notice.issuing_unit else "",
    )
    return notice
