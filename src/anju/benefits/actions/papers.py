"""The notice of a roll as a file, made when it is asked for; who took it is on the record."""

from __future__ import annotations

from datetime import datetime

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.benefits import amounts
from anju.benefits.models import Publication
from anju.benefits.posted import Posted, PostedLine, document
from anju.benefits.refusals import BenefitRefused
from anju.benefits.terms import Terms
from anju.papers.official import write
from anju.papers.refusals import PaperRefused
from anju.papers.typesetting import pdf
from anju.places import queries as places


def make(*, by: Actor, at: datetime, publication: Publication, as_pdf: bool) -> bytes:
    """The notice as docx, or the PDF of that docx: exactly what was published, names masked.

    Call it in the language of papers (Chinese). Refused where no Chinese font is there for the PDF.
    """
    content = write(document(_posted(publication)))
    try:
        content = pdf(content, at=at).content if as_pdf else content
    except PaperRefused as refused:
        raise BenefitRefused(str(refused)) from None
    record(
        by=by,
        action="publication.make",
        kind="publication",
        ids=[publication.pk],
        detail={"format": "pdf" if as_pdf else "docx"},
        place=publication.village_code,
    )
    return content


def _posted(publication: Publication) -> Posted:
    scheme = publication.roll.scheme
    terms = Terms.of_kept(scheme.terms)
    code = publication.village_code
    cap = amounts.capped(terms)
    return Posted(
        village=places.names([code]).village(code) or code,
        scheme=scheme.title,
        standard="，".join(filter(None, (amounts.figure(terms).value, cap))),
        basis=amounts.clause(terms) or _paper(scheme.document_title, scheme.document_number),
        lines=[
            PostedLine(each.masked_name, each.item, each.measure, each.amount_fen)
            for each in publication.entries.order_by("claim_id")
        ],
        posted_on=publication.posted_on,
        ends_on=publication.ends_on,
        contact=publication.contact,
    )


def _paper(title: str, number: str) -> str:
    return f"《{title}》（{number}）" if title else ""
