"""A report as a file: docx to work on, pdf to print."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.reporting.actions import papers
from anju.reporting.queries import replacement_of
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.papers.making import TYPES, as_file
from anju.web.reports.opened import report_or_404
from anju.web.reports.standing import void_or_draft


@requires(Permission.VIEW_DUTIES)
@require_GET
def download(request: HttpRequest, report_id: int, kind: str) -> HttpResponse:
    """The report; with `?show=1` the PDF opens in the browser, with `?copy=` it is the copy of that 份号."""
    report = report_or_404(request, report_id)
    if kind not in TYPES:
        raise Http404
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        content = papers.make(
            by=viewer.actor(address_of(request)),
            viewer=viewer,
            at=timezone.localtime(),
            report=report,
            as_pdf=kind == "pdf",
            copy=copy_of(request),
        )
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:report", args=[report.pk]))
    draft = void_or_draft(report, replacement_of(viewer, report))
    inline = kind == "pdf" and request.GET.get("show") == "1"
    return as_file(content, kind, f"{report.title}{draft}.{kind}", inline=inline)


def copy_of(request: HttpRequest) -> int:
    """The 份号 that was asked for: the first without one, 0 (which none has) for what is no number."""
    text = request.GET.get("copy", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
