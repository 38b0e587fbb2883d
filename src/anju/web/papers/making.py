"""One paper of a case, made when it is asked for: docx to work on, pdf to print."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.casework import books
from anju.casework.actions import papers as actions
from anju.casework.models import Case
from anju.casework.queries import gates
from anju.casework.queries.paper_rows import Words
from anju.papers.catalogue import PAPERS, Paper
from anju.web import words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.papers.section import in_words

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}

WORDS = Words(risk=words.risk, relation=words.relation, education=words.education)


@requires(Permission.VIEW_CASES)
@require_GET
def download(request: HttpRequest, number: str, paper: str, kind: str) -> HttpResponse:
    """The paper, filled in as far as known; with `?blank=1` to be filled in by hand."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    case, wanted = _case(viewer, number), paper_of(paper)
    if kind not in TYPES:
        raise Http404
    is_blank = request.GET.get("blank") == "1"
    try:
        made = actions.make(
            by=viewer.actor(address_of(request)),
            viewer=viewer,
            at=timezone.localtime(),
            on=viewer.on,
            case=case,
            paper=wanted,
            as_pdf=kind == "pdf",
            words=WORDS,
            is_blank=is_blank,
        )
    except Refusal as refused:
        if books.has_pack(case):  # else the page says the same
            messages.error(request, refused.zh)
        return HttpResponseRedirect(f"{reverse('web:case', args=[case.number])}#papers")
    title = in_words(wanted)[0]
    name = _("空白%(title)s") % {"title": title} if is_blank else title
    return as_file(made.content, kind, f"{name}-{case.number}.{kind}")


def paper_of(paper_id: str) -> Paper:
    """A paper by its id; Http404 for another."""
    try:
        return PAPERS[paper_id]
    except KeyError:
        raise Http404 from None


def as_file(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    """A file to save, or to look at."""
    disposition: Any = content_disposition_header(not inline, name)
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)


def _case(viewer: Viewer, number: str) -> Case:
    try:
        return gates.case_for(viewer, number)
    except Case.DoesNotExist:
        raise Http404 from None
