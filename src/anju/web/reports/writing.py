"""The words of a report: a form that keeps itself, and never over somebody else's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.reporting import queries
from anju.reporting.actions import writing as actions
from anju.reporting.models import OPEN, Report
from anju.reporting.queries.parts import PARTS
from anju.reporting.refusals import ReportChanged
from anju.reporting.told import Part
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.reports import elements
from anju.web.reports.opened import report_or_404, version_of

LINES = ("title", "recipient", "copies", "replacing_reason")


@dataclass(frozen=True)
class Field:
    """One part of the form: what comes by itself, what was written, and what units wrote there."""

    id: str
    title: str
    sentences: list[str]
    words: str
    theirs: str  # what stands there meanwhile, where somebody else changed it
    of_units: list[tuple[str, str]]


@requires(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, report_id: int) -> HttpResponse:
    """The form, and keeping it."""
    report = _open(request, report_id)
    if request.method != "POST":
        return _form(request, report)
    try:
        _save(request, report)
    except Refusal as refused:
        return _form(request, report, refused)
    messages.success(request, _("已保存。"))
    return HttpResponseRedirect(reverse("web:report", args=[report.pk]))


@requires(Permission.WRITE_REPORTS)
@require_POST
def keep(request: HttpRequest, report_id: int) -> HttpResponse:
    """Keep what is typed while it is typed; answers the version that the form then has."""
    report = _open(request, report_id)
    try:
        kept = _save(request, report)
    except Refusal as refused:
        context = {"version": version_of(request), "problem": refused.zh}
        return render(request, "web/reports/_kept.html", context, status=422)
    context = {"version": kept.version, "at": timezone.localtime()}
    return render(request, "web/reports/_kept.html", context)


def _open(request: HttpRequest, report_id: int) -> Report:
    report = report_or_404(request, report_id)
    if not queries.writes(request.viewer, report):  # type: ignore[attr-defined]
        raise PermissionDenied
    return report


def _save(request: HttpRequest, report: Report) -> Report:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return actions.save(
        by=viewer.actor(address_of(request)),
        viewer=viewer,
        report=report,
        version=version_of(request),
        lines={name: request.POST.get(name, "") for name in LINES},
        words={part.id: request.POST.get(f"words-{part.id}", "") for part in PARTS},
        elements=elements.asked(request),
    )


def _form(request: HttpRequest, report: Report, refused: Refusal | None = None) -> HttpResponse:
    if report.state not in OPEN:
        return HttpResponseRedirect(reverse("web:report", args=[report.pk]))
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    is_changed = isinstance(refused, ReportChanged)
    told = {part.id: part for part in queries.parts_of(viewer, report, viewer.on)}
    of_units = queries.words_of_units(report)
    typed = request.POST if refused else None
    fields = [
        Field(
            kind.id,
            kind.title,
            list(told.get(kind.id, Part(kind.id, kind.title)).sentences),
            typed.get(f"words-{kind.id}", "") if typed else report.words.get(kind.id, ""),
            _theirs(report, kind.id, typed) if is_changed else "",
            of_units.get(kind.id, []),
        )
        for kind in PARTS
        if kind.id in told or report.words.get(kind.id)
    ]
    lines = {name: typed.get(name, "") if typed else getattr(report, name) for name in LINES}
    context = {
        "report": report,
        "lines": lines,
        "fields": fields,
        "elements": elements.form(viewer, report, elements.asked(request) if refused else None),
        "version": report.version,
        "problem": refused.zh if refused else "",
        "most": actions.LONGEST_WORDS,
    }
    status = 422 if refused else 200
    return render(request, "web/reports/edit.html", context, status=status)


def _theirs(report: Report, part: str, typed: Any) -> str:
    """What somebody else left in a part, where it is other than what was typed."""
    there: str = report.words.get(part, "")
    return there if there != typed.get(f"words-{part}", "").replace("\r\n", "\n").strip() else ""
