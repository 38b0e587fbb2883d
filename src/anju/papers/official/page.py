"""The page of an official document: its margins, its grid of 22 lines of 28 characters, its feet."""

from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from anju.papers.official import layout
from anju.papers.official.letters import exactly, in_chinese, letters, narrowed, off_grid


def blank(title: str, draft: str) -> Any:
    """An empty python-docx document with that page; `draft` stands on top of every page."""
    document = docx.Document()
    said = document.core_properties
    said.title, said.author, said.comments = title, "", ""
    said.created = said.modified = datetime(2023, 1, 1, tzinfo=UTC)
    _usual_letters(document.styles["Normal"])
    section = document.sections[0]
    _margins(section)
    _grid(section._sectPr)
    document.settings.odd_and_even_pages_header_footer = True
    _mirror(document.settings.element)
    _numbers(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _numbers(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    if draft:
        for head in (section.header, section.even_page_header):
            _draft(head.paragraphs[0], draft)
    return document


def _usual_letters(style: Any) -> None:
    style.font.size = Pt(layout.THIRD_SIZE)
    letters(style, layout.BODY_FONT)
    narrowed(style.element.get_or_add_rPr(), layout.NARROWED_TWIPS)
    in_chinese(style.element.get_or_add_rPr())
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.widow_control = False


def _margins(section: Any) -> None:
    section.page_width, section.page_height = (Mm(each) for each in layout.PAGE_MM)
    section.top_margin, section.bottom_margin = Mm(layout.TOP_MM), Mm(layout.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(layout.INNER_MM), Mm(layout.OUTER_MM)
    section.header_distance, section.footer_distance = Mm(22), Mm(layout.FOOT_MM)


def _grid(section: Any) -> None:
    """文档网格: 22 lines."""
    for old in section.findall(qn("w:docGrid")):
        section.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(layout.PITCH_TWIPS))
    section.append(grid)


def _mirror(settings: Any) -> None:
    """The wide margin is the inner one on both sides of a sheet; its schema has it behind the zoom."""
    zoom = settings.find(qn("w:zoom"))
    settings.insert(0 if zoom is None else 1, OxmlElement("w:mirrorMargins"))


def _numbers(paragraph: Any, alignment: Any) -> None:
    """— 1 — at the outer side, a character in."""
    paragraph.alignment = alignment
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Pt(layout.FOURTH_SIZE)
    exactly(paragraph, layout.FOURTH_SIZE)
    off_grid(paragraph)
    _run(paragraph, "— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(_run(paragraph, "1")._r)
    paragraph._p.append(field)
    _run(paragraph, " —")


def _run(paragraph: Any, text: str) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(layout.FOURTH_SIZE)
    letters(run, layout.NUMBER_FONT)
    return run


def _draft(paragraph: Any, word: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    off_grid(paragraph)
    run = paragraph.add_run(word)
    run.font.size = Pt(layout.THIRD_SIZE)
    letters(run, layout.FIRST_FONT)
