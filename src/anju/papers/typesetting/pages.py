"""A whole docx as one typst source: its pages, their heads and feet, and what is on them."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from anju.papers.typesetting.blocks import Blocks
from anju.papers.typesetting.fonts import Chooser
from anju.papers.typesetting.numbering import Numbering
from anju.papers.typesetting.runs import literal
from anju.papers.typesetting.styles import Styles, is_on, points, value

_A4 = (595.3, 841.9)
_SIDES = ("top", "bottom", "left", "right")
_MIRRORED = ("top", "bottom", "inside", "outside")


def source_of(document: Any, fonts: Chooser) -> str:
    """The typst source of a document."""
    styles = Styles(document.styles.element)
    blocks = Blocks(styles, fonts, Numbering(styles, _numbers(document)))
    settings = document.settings.element
    written = [_setup(fonts)]
    for number, (section, elements) in enumerate(_sections(document)):
        blocks.narrowed = _grid(section)
        blocks.width = _text_width(section)
        written.append(_page(section, blocks, settings))
        written.append("#pagebreak(weak: true)\n" if number else "")
        written += [
            blocks.block(element, is_first=not place) for place, element in enumerate(elements)
        ]
    return "".join(written)


def _setup(fonts: Chooser) -> str:
    """Lines are as high as their letters; the rest of the pitch is between them."""
    usual = ", ".join(literal(each) for each in fonts.family(""))
    return (
        f'#set text(lang: "zh", region: "cn", font: ({usual},), cjk-latin-spacing: none,'
        " top-edge: 0.88em, bottom-edge: -0.12em)\n#set block(spacing: 0pt)\n"
    )


def _page(section: Any, blocks: Blocks, settings: Any) -> str:
    width = section.page_width.pt if section.page_width else _A4[0]
    height = section.page_height.pt if section.page_height else _A4[1]
    is_mirrored = is_on(settings.find(qn("w:mirrorMargins")))
    names = dict(zip(_SIDES, _MIRRORED if is_mirrored else _SIDES, strict=True))
    margins = {side: getattr(section, f"{side}_margin") for side in _SIDES}
    said = ", ".join(
        f"{names[side]}: {max(each.pt, 0) if each else 72:g}pt" for side, each in margins.items()
    )
    up = section.header_distance.pt if section.header_distance else 36
    down = section.footer_distance.pt if section.footer_distance else 36
    head, foot = f"#align(top)[#v({up:g}pt)\n", "#align(bottom)["
    heads = [f"{head}{each}]" for each in _on_sides(section, "header", settings, blocks)]
    feet = [
        f"{foot}{each}#v({down:g}pt)]" for each in _on_sides(section, "footer", settings, blocks)
    ]
    return (
        f"#set page(width: {width:g}pt, height: {height:g}pt, margin: ({said}),"
        f" header-ascent: 0pt, footer-descent: 0pt,"
        f" header: {_by_side(heads)}, footer: {_by_side(feet)})\n"
        f"#set text(tracking: {blocks.narrowed:g}pt)\n"
    )


def _on_sides(section: Any, part: str, settings: Any, blocks: Blocks) -> list[str]:
    """What stands at the head or foot of every page, or first of odd and then of even ones."""
    parts = [getattr(section, part)]
    if is_on(settings.find(qn("w:evenAndOddHeaders"))):
        parts.append(getattr(section, f"even_page_{part}"))
    return [blocks.written(each._element) for each in parts]


def _by_side(texts: list[str]) -> str:
    if len(texts) == 1:
        return f"[{texts[0]}]"
    odd, even = texts
    return f"context if calc.even(here().page()) [{even}] else [{odd}]"


def _text_width(section: Any) -> float:
    """How wide the text of a section is, in points; 0 where the section does not say."""
    sides = (section.left_margin, section.right_margin)
    if section.page_width is None or None in sides:
        return 0.0
    return float(section.page_width.pt - sum(each.pt for each in sides))


def _grid(section: Any) -> float:
    """What the grid of a section adds to each letter, in points; less than 0 draws them together."""
    grid = section._sectPr.find(qn("w:docGrid"))
    if value(grid, "w:type") not in ("linesAndChars", "snapToChars"):
        return 0.0
    return points(grid, "w:charSpace", 4096) or 0.0


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
