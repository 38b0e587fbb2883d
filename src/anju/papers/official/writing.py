"""An official document as docx: 版头, 主体, 版记, one after the other as the standard has them."""

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Pt, RGBColor

from anju.papers.official import layout
from anju.papers.official.document import Block, Document, Heading, Table
from anju.papers.official.letters import (
    at_their_own_width,
    exactly,
    letters,
    off_grid,
    plain,
    ruled_below,
)
from anju.papers.official.page import blank
from anju.papers.official.tables import body_table, imprint

_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_FONTS = {1: layout.FIRST_FONT, 2: layout.SECOND_FONT}
_BY_HAND = "　　　　年　　月　　日"


def write(document: Document) -> bytes:
    """The document as docx."""
    writer = _Writer(blank(plain(document.title), document.draft))
    writer.head(document)
    writer.title(document.title)
    if document.recipient:
        before = layout.PITCH
        writer.line(f"{document.recipient.rstrip('：:')}：", before=before)
    writer.body(document.body)
    writer.attachments(document.attachments)
    writer.signed(document)
    if document.note:
        writer.line(f"（{document.note}）", indented=True)
    writer.imprint(document)
    section = writer.made.sections[0]
    sides = (section.header, section.even_page_header, section.footer, section.even_page_footer)
    for part in (writer.made, *sides):
        at_their_own_width(part._element)
    file = io.BytesIO()
    writer.made.save(file)
    return file.getvalue()


class _Writer:
    """Adds the elements of one document."""

    def __init__(self, made: Any) -> None:
        self.made = made

    def head(self, document: Document) -> None:
        """版头: the issuer in red, the number two lines below it, the red line."""
        size = layout.head_size(document.head)
        issuer = self._paragraph(document.head, layout.TITLE_FONT, size)
        issuer.alignment = _CENTER
        off_grid(issuer)
        exactly(issuer, size * 1.2)
        issuer.paragraph_format.space_before = Pt(layout.points(layout.HEAD_MM) - size * 0.1)
        issuer.runs[0].font.color.rgb = RGBColor.from_string(layout.RED)
        number = self._paragraph(document.number, layout.BODY_FONT)
        number.paragraph_format.space_before = Pt(2 * layout.PITCH)
        if document.leader:
            self._leader(number, document)
        else:
            number.alignment = _CENTER
        ruled_below(
            number,
            eighths=layout.RULE_EIGHTHS,
            colour=layout.RED,
            away=layout.RULE_POINTS,
        )

    def title(self, title: str) -> None:
        """标题: two lines below the red line."""
        for number, text in enumerate(layout.title_lines(title)):
            line = self._paragraph(text, layout.TITLE_FONT, layout.SECOND_SIZE)
            line.alignment = _CENTER
            off_grid(line)
            exactly(line, layout.PITCH + 4)
            if not number:
                line.paragraph_format.space_before = Pt(2 * layout.PITCH)

    def line(self, text: str, *, before: float = 0, indented: bool = False) -> Any:
        """One paragraph of 三号仿宋, from the left edge or two characters in."""
        paragraph = self._paragraph(text, layout.BODY_FONT)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.space_before = Pt(before)
        if indented:
            paragraph.paragraph_format.first_line_indent = Pt(2 * layout.CHARACTER)
        return paragraph

    def body(self, blocks: Sequence[Block]) -> None:
        """正文."""
        for block in blocks:
            if isinstance(block, Table):
                if block.caption:
                    self._caption(block.caption)
                body_table(self.made, block)
                continue
            paragraph = self.line(block.text, indented=True)
            if isinstance(block, Heading):
                letters(paragraph.runs[0], _FONTS.get(block.level, layout.BODY_FONT))
                paragraph.paragraph_format.keep_with_next = True

    def attachments(self, names: Sequence[str]) -> None:
        """附件说明: a line below the text, later names under the first one."""
        for number, name in enumerate(names):
            several = f"{number + 1}." if len(names) > 1 else ""
            front = "附件：" if not number else ""
            paragraph = self.line(f"{front}{several}{name}", before=0 if number else layout.PITCH)
            inner = 5 * layout.CHARACTER + (layout.width_of(several) if several else 0)
            form = paragraph.paragraph_format
            form.left_indent = Pt(inner)
            outer = 2 if not number else 5
            form.first_line_indent = Pt(outer * layout.CHARACTER - inner)

    def signed(self, document: Document) -> None:
        """署名 and 成文日期 to the right, with room for the seal over them; never alone on a page."""
        if not document.signer:
            return
        day = document.dated_said or _BY_HAND
        to_signer, to_date = _indents(plain(document.signer), day)
        if self.made.paragraphs:
            self.made.paragraphs[-1].paragraph_format.keep_with_next = True
        for text, indent in ((document.signer, to_signer), (day, to_date)):
            paragraph = self._paragraph(text, layout.BODY_FONT)
            paragraph.alignment = _RIGHT
            paragraph.paragraph_format.right_indent = Pt(indent)
        signer = self.made.paragraphs[-2]
        signer.paragraph_format.space_before = Pt(layout.SEAL_LINES * layout.PITCH)
        signer.paragraph_format.keep_with_next = True

    def imprint(self, document: Document) -> None:
        """版记 at the foot of the last page; the paragraph after it is what holds it there."""
        if document.copies or document.printed_by:
            imprint(self.made, document)
        last = self._paragraph("", layout.BODY_FONT, 1)
        exactly(last, 1)

    def _leader(self, number: Any, document: Document) -> None:
        """The number a character from the left, 签发人 a character from the right."""
        stop = layout.points(layout.TYPE_MM[0]) - layout.CHARACTER
        number.paragraph_format.tab_stops.add_tab_stop(Pt(stop), WD_TAB_ALIGNMENT.RIGHT)
        number.runs[0].text = f"　{plain(document.number)}\t签发人："
        name = number.add_run(plain(document.leader))
        name.font.size = Pt(layout.THIRD_SIZE)
        letters(name, layout.SECOND_FONT)

    def _caption(self, text: str) -> None:
        caption = self._paragraph(text, layout.FIRST_FONT, layout.FOURTH_SIZE)
        caption.alignment = _CENTER
        caption.paragraph_format.keep_with_next = True

    def _paragraph(self, text: str, font: str, size: float = layout.THIRD_SIZE) -> Any:
        paragraph = self.made.add_paragraph()
        exactly(paragraph, layout.PITCH)
        run = paragraph.add_run(plain(text))
        run.font.size = Pt(size)
        letters(run, font)
        return paragraph


def _indents(signer: str, day: str) -> tuple[float, float]:
    """From the right edge to 署名 and to 成文日期, in points: the date four characters in and 署名
    over its middle; where that would pass the edge, both go to the left together."""
    wide, date_wide = layout.width_of(signer), layout.width_of(day)
    to_date = layout.DATE_CHARACTERS * layout.CHARACTER
    to_signer = to_date + (date_wide - wide) / 2
    if to_signer < 0:
        to_signer, to_date = 0, (wide - date_wide) / 2
    return to_signer, to_date
