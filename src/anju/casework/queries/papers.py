"""Papers: which templates hold, and what a paper of a case says."""

from __future__ import annotations

from django.db.models import QuerySet

from anju.casework.models import PaperTemplate
from anju.papers.catalogue import PAPERS
from anju.papers.templates import template


def versions_of(paper_id: str) -> QuerySet[PaperTemplate]:
    """All versions of a county's template, the latest first, without their files."""
    return PaperTemplate.objects.filter(paper=paper_id).defer("content").order_by("-version")


def latest_versions() -> dict[str, PaperTemplate]:
    """Paper → the version that holds, where the county ever put one; one query, without files."""
    rows = PaperTemplate.objects.defer("content").order_by("paper", "version")
    return {row.paper: row for row in rows}


def template_of(paper_id: str) -> tuple[bytes, int]:
    """The template that holds and its version; version 0 is the product's own."""
    return template_at(paper_id, None)


def template_at(paper_id: str, version: int | None) -> tuple[bytes, int]:
    """A template by version (None: the one that holds); raises PaperTemplate.DoesNotExist.

    Version 0, and a version that went back to it, give the product's own.
    """
    rows = PaperTemplate.objects.filter(paper=paper_id).order_by("-version")
    if version == 0 or (version is None and not rows.exists()):
        return template(PAPERS[paper_id].id), 0
    row = rows.first() if version is None else rows.get(version=version)
    if row is None or row.content is None:
        return template(PAPERS[paper_id].id), row.version if row else 0
    return bytes(row.content), row.version
