"""公示文书: the notice of a roll as it was published, to print and hang up."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.audit.refusal import Refusal
from anju.benefits.actions import papers
from anju.benefits.models import Publication
from anju.benefits.queries import publications_for
from anju.places import queries as places
from anju.web.access import requires
from anju.web.benefits import words
from anju.web.doing import doing
from anju.web.papers.making import TYPES, as_file


@requires(Permission.VIEW_BENEFITS)
@require_GET
def download(request: HttpRequest, publication_id: int, kind: str) -> HttpResponse:
    """The notice as docx to work on, or pdf to print."""
    if kind not in TYPES:
        raise Http404
    rows = publications_for(request.viewer).select_related("roll__scheme")  # type: ignore[attr-defined]
    publication = rows.filter(pk=publication_id).first()
    if publication is None:
        raise Http404
    try:
        content = _made(request, publication, kind)
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(words.roll_address(publication.roll))
    code = publication.village_code
    place = places.names([code]).village(code) or code
    title = _("补贴公示-%(place)s-%(number)s") % {
        "place": place,
        "number": publication.roll.scheme.number,
    }
    return as_file(content, kind, f"{title}.{kind}")


def _made(request: HttpRequest, publication: Publication, kind: str) -> bytes:
    """In Chinese, whatever language the viewer reads: villagers read it."""
    with translation.override(settings.LANGUAGE_CODE):
        return papers.make(
            by=doing(request).by,
            at=timezone.localtime(),
            publication=publication,
            as_pdf=kind == "pdf",
        )
