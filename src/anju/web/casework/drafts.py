"""Keeping what is being typed into a long form, and throwing it away."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.casework import books
from anju.casework.actions import drafts
from anju.web.access import requires
from anju.web.casework.asked import Asked
from anju.web.casework.case import case_of
from anju.web.casework.forms import form_of
from anju.web.casework.recording import Form, typed
from anju.web.doing import doing


@requires(Permission.VIEW_CASES)
@require_POST
def keep(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Keep what was typed: asked by the page while somebody types, or by a button."""
    asked, form = _open(request, number, what)

    now = doing(request)
    draft, problem = None, ""
    try:
        fields = [each for each in form.fields(asked) if each.name in request.POST]
        texts = typed(fields, request.POST)
        draft = drafts.keep(by=now.by, at=now.at, case=asked.case, form=form.id, texts=texts)
    except Refusal as refused:
        problem = refused.zh
    if request.htmx:  # type: ignore[attr-defined]
        context = {"draft": draft, "problem": problem, "draft_months": settings.KEEP_DRAFTS_MONTHS}
        return render(request, "web/casework/_draft.html", context, status=422 if problem else 200)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("已存草稿，只有您能看到。"))
    return HttpResponseRedirect(reverse("web:case-record", args=[number, what]))


@requires(Permission.VIEW_CASES)
@require_POST
def discard(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Begin the form anew."""
    asked, form = _open(request, number, what)
    drafts.end(by=doing(request).by, case=asked.case, form=form.id, is_handed_in=False)
    messages.success(request, _("草稿已丢弃。"))
    return HttpResponseRedirect(reverse("web:case-record", args=[number, what]))


def _open(request: HttpRequest, number: str, what: str) -> tuple[Asked, Form]:
    """A form with drafts that is open to whoever types."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked = Asked(viewer, case_of(viewer, number), viewer.on)
    form = form_of(asked, what) if books.has_pack(asked.case) else None
    if form is None or not form.keeps_draft:
        raise Http404
    if not form.may(asked):
        raise PermissionDenied
    return asked, form
