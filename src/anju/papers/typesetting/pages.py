"""A whole docx as one typst source: its pages, their heads and feet, and what is on them."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from anju.papers.typesetting.blocks import Blocks
from anju.papers.typesetting.fonts import Chooser
from anju.papers.typesetting.numbering import Numbering
from anju.papers.typesetting.runs import literal
from anju.papers.typesetting.styles import Styles

_A4 = (595.3, 841.9)


def source_of(document: Any, fonts: Chooser) -> str:
    """The typst source of a document."""
    styles = Styles(document.styles.element)
    blocks = Blocks(styles, fonts, Numbering(styles, _numbers(document)))
    written = [_setup(fonts)]
    for number, (section, elements) in enumerate(_sections(document)):
        written.append(_page(section, blocks))
        written.append("#pagebreak(weak: true)\n" if number else "")
        written += [blocks.block(element) for element in elements]
    return "".join(written)


def _setup(fonts: Chooser) -> str:
    """Lines are as high as their letters; the rest of the pitch is between them."""
    usual = ", ".join(literal(each) for each in fonts.family(""))
    return (
        f'#set text(lang: "zh", region: "cn", font: ({usual},), cjk-latin-spacing: none,'
        " top-edge: 0.88em, bottom-edge: -0.12em)\n#set block(spacing: 0pt)\n"
    )


def _page(section: Any, blocks: Blocks) -> str:
    width = section.page_width.pt if section.page_width else _A4[0]
    height = section.page_height.pt if section.page_height else _A4[1]
    sides = ("top", "bottom", "left", "right")
    margins = {side: getattr(section, f"{side}_margin") for side in sides}
    said = ", ".join(
        f"{side}: {max(each.pt, 0) if each else 72:g}pt" for side, each in margins.items()
    )
    head = blocks.written(section.header._element)
    foot = blocks.written(section.footer._element)
    up = section.header_distance.pt if section.header_distance else 36
    down = section.footer_distance.pt if section.footer_distance else 36
    return (
        f"#set page(width: {width:g}pt, height: {height:g}pt, margin: ({said}),"
        f" header-ascent: 0pt, footer-descent: 0pt,"
        f" header: [#align(top)[#v({up:g}pt)\n{head}]],"
        f" footer: [#align(bottom)[{foot}#v({down:g}pt)]])\n"
    )


def _sections(document: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Each section with the paragraphs and tables in it."""
    sections = iter(document.sections)
    elements: list[Any] = []
    for element in document.element.body:
        if element.tag == qn("w:sectPr"):
            continue
        elements.append(element)
        if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            yield next(sections), elements
            elements = []
    last = next(sections, None)
    if last is not None:
        yield last, elements


def _numbers(document: Any) -> Any:
    """The definitions of automatic numbers; None where the document has none."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relation.target_part.element
    return None
