"""One report: what it says as it will be printed, where its figures come from, and what is next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.papers.official import Document, Heading, Table
from anju.papers.official.document import Block
from anju.papers.official.layout import title_lines
from anju.reporting import queries
from anju.reporting.actions.writing import may_be_discarded
from anju.reporting.models import OPEN, Report, ReportState
from anju.reporting.queries.partners import names_of, partners_of
from anju.web import words
from anju.web.access import requires
from anju.web.reports.opened import report_or_404
from anju.web.reports.reports import left_in_words
from anju.web.reports.sources import shown, workbooks
from anju.web.reports.standing import replacing


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, report_id: int) -> HttpResponse:
    """The report; a draft with the figures of today."""
    return show(request, report_or_404(request, report_id))


def show(request: HttpRequest, report: Report, problem: str = "") -> HttpResponse:
    """The page of a report, with what was refused."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    parts = queries.parts_of(viewer, report, viewer.on)
    document = queries.composed(viewer, report, parts, viewer.on)
    is_open = report.state in OPEN
    writes = queries.writes(viewer, report)
    issues = report.state == ReportState.SUBMITTED and viewer.may(Permission.ISSUE_REPORTS)
    partners = partners_of(report)
    replacement = queries.replacement_of(viewer, report)
    to_sign = queries.partner_to_sign(viewer, report)
    signed = {each.signed_by for each in partners} - {""}
    people = accounts.names_of({report.submitted_by, report.checked_by, report.changed_by} | signed)
    context: dict[str, Any] = {
        "report": report,
        "document": document,
        "title": title_lines(document.title),
        "blocks": [block(each) for each in document.body],
        "annexes": annexes(document),
        "partners": [
            (each, words.user(each.signed_by, people.get(each.signed_by, ""))) for each in partners
        ],
        "to_sign": to_sign,
        "to_sign_leader": names_of(to_sign).leader if to_sign else "",
        "sources": list(shown(viewer, report, parts)),
        "workbooks": workbooks(viewer, report),
        "left": left_in_words(report, viewer.on),
        "leader": queries.leader_of(report) or viewer.name,
        "is_late": is_open and report.due_on < viewer.on,
        "may_write": is_open and writes,
        "may_discard": is_open and writes and may_be_discarded(report),
        "may_replace": report.state == ReportState.ISSUED and writes and replacement is None,
        **replacing(report, replacement, "web:report", "web:report-replace"),
        "typed": request.POST,
        "may_issue": issues and queries.issues(viewer, report),
        "waits_for_another": issues and not queries.issues(viewer, report),
        "submitted_by": words.user(report.submitted_by, people.get(report.submitted_by, "")),
        "checked_by": words.user(report.checked_by, people.get(report.checked_by, "")),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "web/reports/report.html", context, status=status)


def annexes(document: Document) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """What goes along for the template: 附件1, its title, what stands in it."""
    both = zip(document.named, document.attachments, strict=True)
    return [(called, name, [block(each) for each in told.body]) for (called, name), told in both]


def block(said: Block) -> dict[str, Any]:
    """A paragraph, heading or table for the template."""
    if isinstance(said, Table):
        head, *rows = said.rows
        lines = [[(text, place in said.numbers) for place, text in enumerate(row)] for row in rows]
        return {"head": head, "rows": lines, "caption": said.caption}
    level = said.level if isinstance(said, Heading) else 0
    return {"text": said.text, "level": level}
