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
    Replacing,
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
def replace(
    *, by: Actor, on: date, notice: SupervisionNotice, how: str, reason: str, title: str, words: str
) -> SupervisionNotice:
    """Begin the notice that corrects or withdraws one that is out; it goes to the same units.

    In the transaction of the caller, which holds the row and asks who may.
    """
    units = list(notice.units.order_by("pk"))
    row = SupervisionNotice.objects.create(
        number=next_number(NOTICE, notice.number.split("-")[1], on),
        kind=notice.kind,
        plan=notice.plan,
        supervision=notice.supervision,
        problem=notice.problem,
        title=title,
        words=words,
        issued_on=on,
        issued_by=by.username,
        issuing_unit=notice.issuing_unit,
        urgency=notice.urgency,
        copies=notice.copies,
        handling=notice.handling,
        numbered=notice.numbered,
        replaces=notice,
        replacing=how,
        replacing_reason=reason,
    )
    NoticeUnit.objects.bulk_create(NoticeUnit(notice=row, unit_id=each.unit_id) for each in units)
    detail = {"how": how, "replaces": notice.document_number or notice.number}
    _note(by, "supervision_notice.replace", row, reason=reason[:200], **detail)
    return row


@transaction.atomic
def discard(*, by: Actor, notice: SupervisionNotice) -> None:
    """Throw away the draft of a correction or withdrawal; its number in the register is not given again.

    In the transaction of the caller, which holds the row and asks who may.
    """
    replaces = notice.replaces.number if notice.replaces else ""
    _note(by, "supervision_notice.discard", notice, replaces=replaces)
    notice.delete()


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
    replacing_reason: str = "",
) -> SupervisionNotice:
    """Write an unsigned notice anew; whoever did is from then on the one who wrote it.

    In the transaction of the caller, which holds the row and asks who may. Refused as in `issue`; what
    replaces a notice that was signed off is signed off too, since two people are needed for that.
    """
    is_withdrawal = notice.replacing == Replacing.WITHDRAWAL
    _check(on, units, (title, words or title * is_withdrawal, copies), issued_on)
    if on_paper and notice.replaces and notice.replaces.document_number:
        raise SupervisionRefused(_("替代的通知是在系统里签发的，更正和撤回也要在系统里签发。"))
    before = {each.unit_id for each in notice.units.all()}
    notice.kind, notice.plan, notice.issued_on = kind, plan, issued_on
    notice.title, notice.words = title.strip(), words.strip()
    notice.copies, notice.on_paper = " ".join(copies.split()), bool(on_paper)
    notice.issued_by, notice.replacing_reason = by.username, replacing_reason
    notice.version += 1
    notice.save()
    if before != {each.pk for each in units}:
        notice.units.all().delete()
        NoticeUnit.objects.bulk_create(NoticeUnit(notice=notice, unit=each) for each in units)
    detail = {"kind": kind, "units": sorted(each.pk for each in units)}
    _note(by, "supervision_notice.change", notice, **detail)
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
    _note(by, "supervision_notice.sign", notice, number=notice.document_number)
    return notice


def _note(
    by: Actor, action: str, row: SupervisionNotice, reason: str = "", **detail: object
) -> None:
    record(
        by=by,
        action=action,
        kind="supervision_notice",
        ids=[row.number],
        reason=reason,
        detail=detail,
        place=row.issuing_unit.division_code if row.issuing_unit else "",
    )
