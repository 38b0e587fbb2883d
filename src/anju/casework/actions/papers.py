"""Papers of a case made and handed out, and the county's templates replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework.models import Case, PaperTemplate
from anju.casework.queries import paper_values, papers
from anju.casework.queries.paper_rows import Words
from anju.casework.refusals import CaseRefused
from anju.papers.catalogue import Paper
from anju.papers.checking import check, cleaned
from anju.papers.filling import fill
from anju.papers.refusals import PaperRefused
from anju.papers.typesetting import pdf


@dataclass(frozen=True, slots=True)
class Made:
    """A paper to hand out, and the fonts of a PDF that this machine had to replace."""

    content: bytes
    replaced: dict[str, str]


class TemplateRefused(CaseRefused):
    """A file that may not be a template: everything that is wrong with it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


def make(
    *,
    by: Actor,
    viewer: Viewer,
    at: datetime,
    on: date,
    case: Case,
    paper: Paper,
    as_pdf: bool,
    words: Words,
    is_blank: bool = False,
) -> Made:
    """One paper of a case, as docx or pdf; `is_blank`: to be filled in by hand.

    `at` is a local moment: it is printed at the foot. Refused where the county's template no longer
    fits, or no Chinese font is there for the PDF.
    """
    template, version = papers.template_of(paper.id)
    values = (
        paper_values.of_place(case)
        if is_blank
        else paper_values.of_case(viewer, case, on=on, words=words)
    )
    try:
        filled = fill(template, paper=paper, values=values, stamp=_stamp(by, at, case, paper))
        typeset = pdf(filled, at=at) if as_pdf else None
    except PaperRefused as refused:
        raise CaseRefused(str(refused)) from None
    record(
        by=by,
        action="paper.make",
        kind="household",
        ids=[case.household.code],
        detail={
            "case": case.number,
            "paper": paper.id,
            "version": version,
            "format": "pdf" if as_pdf else "docx",
            "blank": is_blank,
        },
        place=case.village_code,
    )
    return Made(typeset.content, typeset.replaced) if typeset else Made(filled, {})


@transaction.atomic
def replace(
    *, by: Actor, at: datetime, paper: Paper, content: bytes, file_name: str, note: str
) -> tuple[PaperTemplate, tuple[str, ...]]:
    """Put the county's own template in force; with it what is good to know about the file.

    Refused where it is not one (`TemplateRefused` tells everything at once), or without a note.
    """
    _refuse_note(note)
    checked = check(content, paper=paper)
    if checked.problems:
        raise TemplateRefused(checked.problems)
    return _put(by, at, paper, cleaned(content), file_name[-120:], note), checked.notices


@transaction.atomic
def restore(*, by: Actor, at: datetime, paper: Paper, version: int, note: str) -> PaperTemplate:
    """Put an earlier version in force again as a new one; version 0 is the product's own."""
    _refuse_note(note)
    rows = PaperTemplate.objects.filter(paper=paper.id)
    earlier = rows.filter(version=version).first()
    if version and earlier is None:
        raise CaseRefused(_("没有这个版本的模板，请刷新页面后再选。"))
    content = bytes(earlier.content) if earlier and earlier.content is not None else None
    return _put(by, at, paper, content, earlier.file_name if earlier else "", note)


def _put(
    by: Actor, at: datetime, paper: Paper, content: bytes | None, file_name: str, note: str
) -> PaperTemplate:
    last = PaperTemplate.objects.filter(paper=paper.id).order_by("-version").first()
    row = PaperTemplate.objects.create(
        paper=paper.id,
        version=last.version + 1 if last else 1,
        content=content,
        file_name=file_name,
        note=note.strip()[:200],
        put_by=by.username,
        put_at=at,
    )
    record(
        by=by,
        action="paper_template.put",
        kind="paper_template",
        ids=[paper.id],
        reason=row.note,
        detail={"version": row.version, "own": content is not None},
    )
    return row


def _refuse_note(note: str) -> None:
    if not note.strip():
        raise CaseRefused(_("请填写修改说明，方便以后查对。"))


def _stamp(by: Actor, at: datetime, case: Case, paper: Paper) -> str:
    """Who made it and when, at the foot of every page; on a public notice only when."""
    moment = f"{at:%Y-%m-%d %H:%M}"
    if paper.is_public:
        return f"{moment}生成"
    who = f"{by.name}（{by.username}）" if by.name else by.username
    return f"{who}于{moment}生成　案件{case.number}　内含个人信息，请妥善保管"
