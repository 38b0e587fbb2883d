"""A page after GB/T 9704-2012 (公文格式): its margins, its fonts by name, titles, lines and tables.

The fonts are named and never shipped: they are not free. A machine without them shows another.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
HEAD_FONT = "黑体"

_TITLE, _BODY, _SMALL = Pt(22), Pt(16), Pt(12)  # 二号, 三号, 小四
_LINE = Pt(28)
_TYPE_WIDTH = 156
"""Millimetres between the margins."""


class Sheet:
    """One template being built: a letter, or a form with narrower margins."""

    def __init__(self, title: str, *, is_form: bool = False) -> None:
        self._document = docx.Document()
        self._document.core_properties.title = title
        self._document.core_properties.author = ""
        # The same template has the same bytes on every machine and day.
        self._document.core_properties.created = datetime(2023, 1, 1, tzinfo=UTC)
        self._document.core_properties.modified = datetime(2023, 1, 1, tzinfo=UTC)
        _font(self._document.styles["Normal"], BODY_FONT)
        self._document.styles["Normal"].font.size = _BODY
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        top, bottom = (22, 25) if is_form else (37, 35)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(15)
        self._page_number(section.footer.paragraphs[0])

    def title(self, text: str) -> None:
        """The name of the paper, in the middle."""
        paragraph = self._paragraph(text, TITLE_FONT, _TITLE)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(14)

    def heading(self, text: str) -> None:
        """一、 …"""
        paragraph = self._paragraph(text, HEAD_FONT, _BODY)
        paragraph.paragraph_format.first_line_indent = _BODY * 2

    def line(self, text: str, *, indented: bool = True, size: Any = _BODY) -> None:
        """A paragraph of the text, two characters in."""
        paragraph = self._paragraph(text, BODY_FONT, size)
        if indented:
            paragraph.paragraph_format.first_line_indent = size * 2

    def note(self, text: str) -> None:
        """A small line, for instructions to whoever fills the paper in."""
        paragraph = self._paragraph(text, BODY_FONT, _SMALL)
        paragraph.paragraph_format.line_spacing = Pt(20)

    def signed(self, *lines: str) -> None:
        """Signature lines at the right, after some room."""
        self._paragraph("", BODY_FONT, _BODY)
        for text in lines:
            paragraph = self._paragraph(text, BODY_FONT, _BODY)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = _BODY * 2

    def table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[int],
        heads: int = 0,
        tall: Sequence[int] = (),
        height: int = 9,
    ) -> None:
        """A ruled table. Widths are parts of the whole; an empty text joins its cell to the left one.

        `heads` rows at the top are repeated on every page; cells of even columns before a longer
        one are labels and stand in the middle. Rows of `tall` have room for 30 mm of writing.
        """
        table = self._document.add_table(len(rows), len(widths), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        whole = sum(widths)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(_TYPE_WIDTH * width / whole)
        for number, texts in enumerate(rows):
            row = table.rows[number]
            row.height = Mm(30 if number in tall else height)
            if number < heads:
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            _cells(
                row, texts, [Mm(_TYPE_WIDTH * width / whole) for width in widths], number < heads
            )
        self._paragraph("", BODY_FONT, Pt(6)).paragraph_format.line_spacing = Pt(8)

    def content(self) -> bytes:
        """The docx."""
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _paragraph(self, text: str, font: str, size: Any) -> Any:
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = _LINE
        run = paragraph.add_run(text)
        run.font.size = size
        _font(run, font)
        return paragraph

    def _page_number(self, paragraph: Any) -> None:
        """— 1 — in the middle of the foot."""
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run("— ").font.size = Pt(14)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)
        paragraph.add_run(" —").font.size = Pt(14)


def _cells(row: Any, texts: Sequence[str], widths: Sequence[Any], is_head: bool) -> None:
    spans: list[tuple[int, int, str]] = []
    for place, text in enumerate(texts):
        if text or not spans:
            spans.append((place, place, text))
        else:
            spans[-1] = (spans[-1][0], place, spans[-1][2])
    for first, last, text in spans:
        cell = row.cells[first]
        cell.width = sum(widths[first : last + 1])
        if last > first:
            cell = cell.merge(row.cells[last])
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(18)
        is_label = is_head or (first % 2 == 0 and "{{" not in text and len(text) <= 10)
        if is_label:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.font.size = _SMALL
        _font(run, HEAD_FONT if is_label else BODY_FONT)


def _font(of: Any, name: str) -> None:
    """Name a font for Chinese and Latin letters alike."""
    of.font.name = name
    of.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
