"""One notice to units as it goes out: read, signed off, taken as Word or PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.papers.official.layout import title_lines
from anju.reporting.actions import notices as actions
from anju.reporting.actions import replacing_notices
from anju.reporting.queries.notices import (
    composed_notice,
    may_change,
    may_sign,
    notice_for,
    partner_to_sign,
    replacement_of,
    writes,
)
from anju.reporting.queries.partners import names_of, partners_of
from anju.supervision.models import SupervisionNotice
from anju.supervision.queries.health import hidden
from anju.web import words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.doing import Doing, carry_out
from anju.web.papers.making import TYPES, as_file
from anju.web.reports.making import copy_of
from anju.web.reports.opened import version_of
from anju.web.reports.report import annexes, block
from anju.web.reports.standing import replacing, void_or_draft


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The notice; a draft until it is signed off."""
    return _shown(request, notice_or_404(request, number))


@requires(Permission.ISSUE_REPORTS)
@require_POST
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """Sign it off."""
    row = notice_or_404(request, number)

    def do(now: Doing) -> str:
        signed = actions.sign(
            by=now.by, on=now.on, viewer=now.viewer, notice=row, version=version_of(request)
        )
        messages.success(
            request, _("已签发，文号 %(number)s。") % {"number": signed.document_number}
        )
        return reverse("web:supervision-notice", args=[number])

    return _carry_out(request, number, do)


@requires(Permission.WRITE_REPORTS)
@require_POST
def countersign(request: HttpRequest, number: str) -> HttpResponse:
    """Sign it for a unit that issues it too."""
    row = notice_or_404(request, number)

    def do(now: Doing) -> str:
        actions.countersign(
            by=now.by, on=now.on, viewer=now.viewer, notice=row, version=version_of(request),
            leader=request.POST.get("leader", ""),
        )  # fmt: skip
        messages.success(request, _("已会签。"))
        return reverse("web:supervision-notice", args=[number])

    return _carry_out(request, number, do)


@requires(Permission.INSPECT)
@require_POST
def replace(request: HttpRequest, number: str) -> HttpResponse:
    """Begin the notice that corrects or withdraws it."""
    row = notice_or_404(request, number)

    def do(now: Doing) -> str:
        made = replacing_notices.replace(
            by=now.by, on=now.on, viewer=now.viewer, notice=row,
            how=request.POST.get("how", ""), reason=request.POST.get("reason", ""),
        )  # fmt: skip
        messages.success(request, _("已新建草稿，原文不变，这份签发后原文作废。"))
        return reverse("web:supervision-notice", args=[made.number])

    return _carry_out(request, number, do)


@requires(Permission.INSPECT)
@require_POST
def discard(request: HttpRequest, number: str) -> HttpResponse:
    """Throw away the draft of a correction or withdrawal."""
    row = notice_or_404(request, number)

    def do(now: Doing) -> str:
        replacing_notices.discard(
            by=now.by, viewer=now.viewer, notice=row, version=version_of(request)
        )
        messages.success(request, _("草稿已删除。"))
        return reverse("web:supervision-notices")

    return _carry_out(request, number, do)


@requires(Permission.VIEW_DUTIES)
@require_GET
def download(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The notice as a file."""
    row = notice_or_404(request, number)
    if kind not in TYPES:
        raise Http404
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        content = actions.make(
            by=viewer.actor(address_of(request)),
            viewer=viewer,
            at=timezone.localtime(),
            notice=row,
            as_pdf=kind == "pdf",
            copy=copy_of(request),
        )
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse("web:supervision-notice", args=[number]))
    draft = void_or_draft(row, replacement_of(viewer, row))
    return as_file(content, kind, f"{row.title}{draft}.{kind}", inline=False)


def notice_or_404(request: HttpRequest, number: str) -> SupervisionNotice:
    """One notice the viewer may see; Http404 for others."""
    try:
        return notice_for(request.viewer, number)  # type: ignore[attr-defined]
    except SupervisionNotice.DoesNotExist:
        raise Http404 from None


def _carry_out(request: HttpRequest, number: str, do: Callable[[Doing], str]) -> HttpResponse:
    return carry_out(
        request, do, lambda refused: _shown(request, notice_or_404(request, number), refused)
    )


def _shown(request: HttpRequest, row: SupervisionNotice, problem: str = "") -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    is_hidden = row.problem is not None and bool(hidden(viewer, [row.problem]))
    document = None if is_hidden else composed_notice(viewer, row)
    partners = partners_of(row)
    to_sign = partner_to_sign(viewer, row) if document else None
    people = accounts.names_of(
        {row.issued_by, row.signed_by, *(each.signed_by for each in partners)} - {""}
    )

    def who(username: str) -> words.Text:
        return words.user(username, people.get(username, ""))

    new = replacement_of(viewer, row)
    may_write = document is not None and may_change(viewer, row)
    signs = viewer.may(Permission.ISSUE_REPORTS) and not row.document_number
    context: dict[str, Any] = {
        "row": row,
        "document": document,
        "title": title_lines(document.title) if document else [],
        "blocks": [block(each) for each in document.body] if document else [],
        "annexes": annexes(document) if document else [],
        "partners": [(each, who(each.signed_by)) for each in partners],
        "to_sign": to_sign,
        "to_sign_leader": names_of(to_sign).leader if to_sign else "",
        "issued_by": who(row.issued_by),
        "signed_by": who(row.signed_by),
        "may_change": may_write,
        "may_discard": may_write and row.replaces is not None and not row.is_out,
        "may_replace": document is not None and row.is_out and new is None and writes(viewer, row),
        **replacing(row, new, "web:supervision-notice", "web:supervision-notice-replace"),
        "typed": request.POST,
        "may_sign": signs and may_sign(viewer, row),
        "waits_for_another": signs and not row.on_paper and row.issued_by == viewer.username,
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "web/supervision/notice.html", context, status=status)
