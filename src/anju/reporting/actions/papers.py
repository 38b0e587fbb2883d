"""A report as a file, made when it is asked for; who took it is on the record."""

from __future__ import annotations

from datetime import datetime

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.papers.official import write
from anju.papers.refusals import PaperRefused
from anju.papers.typesetting import pdf
from anju.reporting.actions.elements import refuse_copy
from anju.reporting.actions.writing import note
from anju.reporting.models import Report
from anju.reporting.queries.reading import composed, parts_of
from anju.reporting.refusals import ReportRefused


def make(
    *, by: Actor, viewer: Viewer, at: datetime, report: Report, as_pdf: bool, copy: int = 1
) -> bytes:
    """The report as docx, or the PDF of that docx. Refused where no Chinese font is there for it.

    `at` is a local moment, its day that of the figures of a draft; `copy` the 份号 of this copy, refused
    beyond those that are numbered.
    """
    refuse_copy(report, copy)
    on = at.date()
    content = write(composed(viewer, report, parts_of(viewer, report, on), on, copy))
    try:
        content = pdf(content, at=at).content if as_pdf else content
    except PaperRefused as refused:
        raise ReportRefused(str(refused)) from None
    note(
        by,
        "report.make",
        report,
        format="pdf" if as_pdf else "docx",
        state=report.state,
        version=report.version,
        **({"copy": copy} if report.numbered else {}),
    )
    return content
