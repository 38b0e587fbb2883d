"""Fonts, lines and rules of paragraphs, as WordprocessingML says them."""

import re
from typing import Any

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

_BEFORE_SPACING = {
    qn(f"w:{name}")
    for name in (
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
        "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
        "color",
    )
}  # fmt: skip
_NOT_XML = re.compile(r"[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """A text without what XML cannot hold, on one line."""
    return _NOT_XML.sub("", " ".join(text.split("\n")))


def letters(of: Any, font: str) -> None:
    """Name a font for Chinese and Latin letters alike."""
    of.font.name = font
    of.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def exactly(paragraph: Any, height: float) -> None:
    """Lines of just this height in points."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(height)


def off_grid(paragraph: Any) -> None:
    """Letters of their own width, not that of the grid."""
    element = OxmlElement("w:snapToGrid")
    element.set(qn("w:val"), "0")
    before = ("w:pStyle", "w:keepNext", "w:keepLines", "w:widowControl", "w:pBdr", "w:tabs")
    _insert(paragraph, element, after=before)


def narrowed(properties: Any, twips: int) -> None:
    """Draw letters together by so many twips; 0 gives them their own width again."""
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    element = OxmlElement("w:spacing")
    element.set(qn("w:val"), str(twips))
    behind = [each for each in properties if each.tag in _BEFORE_SPACING]
    properties.insert(len(behind), element)


def in_chinese(properties: Any) -> None:
    """Name the language, so that a font put in the place of a missing one has Chinese shapes."""
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), "zh-CN")
    element.set(qn("w:eastAsia"), "zh-CN")
    properties.append(element)


def at_their_own_width(root: Any) -> None:
    """Letters of paragraphs off the grid are not narrowed: titles, cells of tables, feet. What is drawn
    out stays so."""
    for paragraph in root.iter(qn("w:p")):
        properties = paragraph.find(qn("w:pPr"))
        snap = None if properties is None else properties.find(qn("w:snapToGrid"))
        if snap is not None and snap.get(qn("w:val")) == "0":
            for run in paragraph.iter(qn("w:r")):
                said = run.get_or_add_rPr()
                if said.find(qn("w:spacing")) is None:
                    narrowed(said, 0)


def ruled_below(paragraph: Any, *, eighths: int, colour: str, away: int) -> None:
    """A rule of so many eighths of a point under a paragraph, `away` points from its last line."""
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, said in (("val", "single"), ("sz", eighths), ("space", away), ("color", colour)):
        rule.set(qn(f"w:{name}"), str(said))
    borders.append(rule)
    _insert(paragraph, borders, after=("w:pStyle", "w:keepNext", "w:keepLines", "w:widowControl"))


def _insert(paragraph: Any, element: Any, *, after: tuple[str, ...]) -> None:
    """Put a property where the schema has it: behind those that come before it."""
    properties = paragraph._p.get_or_add_pPr()
    before = [each for each in properties if each.tag in {qn(name) for name in after}]
    properties.insert(len(before), element)
