"""An official document as docx: 版头, 主体, 版记, one after the other as the standard has them."""

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from anju.papers.official import layout
from anju.papers.official.document import Block, Document, Heading, Table
from anju.papers.official.heads import head
from anju.papers.official.letters import at_their_own_width, exactly, letters, off_grid, plain
from anju.papers.official.page import blank
from anju.papers.official.parts import line, paragraph
from anju.papers.official.signing import signed
from anju.papers.official.tables import body_table, imprint

_CENTER = WD_ALIGN_PARAGRAPH.CENTER
_FONTS = {1: layout.FIRST_FONT, 2: layout.SECOND_FONT}


def write(document: Document) -> bytes:
    """The document as docx."""
    made = blank(plain(document.title), document.draft)
    if document.head:
        head(made, document)
    _title(made, document.title, before=2 * layout.PITCH if document.head else 0)
    if document.recipient:
        line(made, f"{document.recipient.rstrip('：:')}：", before=layout.PITCH)
    _body(made, document.body)
    _listed(made, document)
    signed(made, document)
    if document.note:
        line(made, f"（{document.note}）", indented=True)
    _bound(made, document)
    _imprint(made, document)
    section = made.sections[0]
    sides = (section.header, section.even_page_header, section.footer, section.even_page_footer)
    for part in (made, *sides):
        at_their_own_width(part._element)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _title(made: Any, title: str, *, before: float) -> None:
    """标题, so far below what stands over it."""
    for number, text in enumerate(layout.title_lines(title)):
        each = paragraph(made, text, layout.TITLE_FONT, layout.SECOND_SIZE)
        each.alignment = _CENTER
        off_grid(each)
        exactly(each, layout.PITCH + 4)
        if not number:
            each.paragraph_format.space_before = Pt(before)


def _body(made: Any, blocks: Sequence[Block]) -> None:
    """正文, of the document or of an attachment."""
    for block in blocks:
        if isinstance(block, Table):
            if block.caption:
                _caption(made, block.caption)
            body_table(made, block)
            continue
        each = line(made, block.text, indented=True)
        if isinstance(block, Heading):
            letters(each.runs[0], _FONTS.get(block.level, layout.BODY_FONT))
            each.paragraph_format.keep_with_next = True


def _listed(made: Any, document: Document) -> None:
    """附件说明: a line below the text, later names under the first one."""
    names = [each.title for each in document.attachments]
    for number, name in enumerate(names):
        several = f"{number + 1}." if len(names) > 1 else ""
        front = "附件：" if not number else ""
        each = line(made, f"{front}{several}{name}", before=0 if number else layout.PITCH)
        inner = 5 * layout.CHARACTER + (layout.width_of(several) if several else 0)
        form = each.paragraph_format
        form.left_indent = Pt(inner)
        outer = 2 if not number else 5
        form.first_line_indent = Pt(outer * layout.CHARACTER - inner)


def _bound(made: Any, document: Document) -> None:
    """附件, each on a page of its own: what it is called at the upper left, its title on the third line."""
    for (called, title), each in zip(document.named, document.attachments, strict=True):
        first = paragraph(made, called, layout.FIRST_FONT)
        first.paragraph_format.page_break_before = True
        first.paragraph_format.keep_with_next = True
        _title(made, title, before=layout.PITCH)
        paragraph(made, "", layout.BODY_FONT)
        _body(made, each.body)


def _imprint(made: Any, document: Document) -> None:
    """版记 at the foot of the last page; the paragraph after it is what holds it there."""
    if document.copies or document.printed_by:
        imprint(made, document)
    exactly(paragraph(made, "", layout.BODY_FONT, 1), 1)


def _caption(made: Any, text: str) -> None:
    caption = paragraph(made, text, layout.FIRST_FONT, layout.FOURTH_SIZE)
    caption.alignment = _CENTER
    caption.paragraph_format.keep_with_next = True
