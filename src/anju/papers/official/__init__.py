"""An official document after GB/T 9704-2012 (党政机关公文格式), written from data as docx.

`document` says what a document is made of; `layout` holds the measures of the standard; `writing`
makes the docx, whose PDF `anju.papers.typesetting` sets. Texts are data and never a template.
See docs/reports.md and docs/decisions/0018-official-documents.md.
"""

from anju.papers.official.document import (
    Attachment,
    Document,
    Heading,
    Paragraph,
    Partner,
    Table,
)
from anju.papers.official.writing import write

__all__ = ["Attachment", "Document", "Heading", "Paragraph", "Partner", "Table", "write"]
