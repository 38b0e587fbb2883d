"""Papers read back, as somebody with Word or a PDF reader sees them."""

import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import docx
import pypdfium2

from anju.papers.typesetting import pdf

AT = datetime(2023, 10, 9, 8, 1, 2, 345678, tzinfo=ZoneInfo("Asia/Shanghai"))


def built(*paragraphs: str, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A template with these paragraphs and one table."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        made = document.add_table(len(table), len(table[0]), style="Table Grid")
        for row, texts in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def opened(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Everything that is printed, paragraphs and cells by line, with the feet of the pages."""
    document = opened(content)
    lines = [each.text for each in document.paragraphs]
    lines += ["|".join(cell.text for cell in row.cells) for row in _rows(document)]
    lines += [each.text for section in document.sections for each in section.footer.paragraphs]
    return "\n".join(lines)


def rows_of(content: bytes, number: int = 0) -> list[list[str]]:
    """The cells of a table."""
    return [[cell.text for cell in row.cells] for row in opened(content).tables[number].rows]


def printed(content: bytes) -> str:
    """What stands in the PDF of a docx, without the gaps between letters."""
    return text_of_pdf(pdf(content, at=AT).content)


def text_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return re.sub(r"\s", "", "".join(pages))


def _rows(document: docx.document.Document) -> list[docx.table._Row]:
    return [row for table in document.tables for row in table.rows]
