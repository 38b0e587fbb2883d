"""A notice of supervision (督办、约谈、通报批评) as an official document to the units it is about."""

from __future__ import annotations

from collections.abc import Sequence

from anju.papers.official import Document, Paragraph, Partner
from anju.papers.official.document import Block, arabic
from anju.reporting.attached import Attached
from anju.reporting.composing import (
    DRAFT,
    annexes,
    marking_said,
    urgency_said,
    usual_head,
    written,
)
from anju.reporting.models import Issuer, Replacing, ReportPartner
from anju.reporting.replacing import CORRECTED, in_place_of
from anju.supervision.models import NoticeKind, ProblemState, SupervisionNotice

_CALLED = {
    NoticeKind.ORDER: "督办通知",
    NoticeKind.SUMMONS: "约谈通知",
    NoticeKind.CRITICISM: "通报",
}
_ENDS = ("通知", "通报", "函")


def document(
    notice: SupervisionNotice,
    units: Sequence[str],
    issuer: Issuer | None,
    partners: Sequence[ReportPartner] = (),
    attached: Sequence[Attached] = (),
    copy: int = 1,
    replaced: str = "",
) -> Document:
    """The notice as it goes out; until it is signed off a draft without number and day.

    It goes to units of the county and names no 签发人, as what does not go up does not. `replaced` is how
    the one it corrects or withdraws is named.
    """
    is_signed = bool(notice.document_number)
    unit = notice.issuing_unit.name if notice.issuing_unit else ""
    signer = notice.signer if is_signed else (issuer.signer if issuer else unit)
    printed_by = notice.printed_by if is_signed else (issuer.printed_by if issuer else "")
    head = notice.head if is_signed else (issuer.head if issuer else usual_head(unit))
    withdraws = notice.replacing == Replacing.WITHDRAWAL
    is_told_off = notice.kind == NoticeKind.CRITICISM and not withdraws
    ends = "特此通报。" if is_told_off else "特此通知。"
    about = [] if withdraws else _about(notice)
    return Document(
        head=head,
        title=title_of(notice, "" if partners else signer),
        body=[*_in_place_of(notice, replaced), *written(notice.words), *about, Paragraph(ends)],
        number=notice.document_number,
        recipient="、".join(units),
        signer=signer,
        dated=notice.issued_on if is_signed else None,
        copies=notice.copies,
        copy=copy if notice.numbered else 0,
        marking=marking_said(notice.handling),
        urgency=urgency_said(notice.urgency),
        partners=[Partner(each.head, each.signer) for each in partners],
        attachments=annexes(attached),
        printed_by=printed_by,
        printed_on=notice.issued_on if is_signed else None,
        draft="" if is_signed else DRAFT,
    )


def title_of(notice: SupervisionNotice, signer: str) -> str:
    """机关、事由、文种: what is missing of the three is added; several organs are named by the head alone.

    That it corrects another stands behind all of it.
    """
    title = notice.title.strip()
    said = title.removesuffix(CORRECTED)
    mark = title[len(said) :]
    if not said.startswith("关于") and "关于" not in said:
        said = f"关于{said}"
    if not said.endswith(_ENDS):
        said = f"{said}的{_CALLED[NoticeKind(notice.kind)]}"
    return f"{said}{mark}" if said.startswith(signer) else f"{signer}{said}{mark}"


def _in_place_of(notice: SupervisionNotice, replaced: str) -> list[Block]:
    """What it corrects or withdraws."""
    old = notice.replaces
    told = in_place_of(notice, replaced, old.issued_on) if old else ""
    return [Paragraph(told)] if told else []


def _about(notice: SupervisionNotice) -> list[Block]:
    """The problem it is about, and by when that is to be put right; nothing once it is closed."""
    problem = notice.problem
    if problem is None or problem.state == ProblemState.CLOSED:
        return []
    return [
        Paragraph(
            f"所涉问题编号{problem.number}，整改期限为{arabic(problem.due_on)}。"
            "请在期限内整改到位，并报送整改情况。"
        )
    ]
