"""署名 and 成文日期 with room for the seals: of one organ, or of several side by side."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from anju.papers.official import layout
from anju.papers.official.document import Document
from anju.papers.official.letters import exactly, plain
from anju.papers.official.parts import paragraph, unruled, write_in

_RIGHT, _CENTER = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
_BY_HAND = "　　　　年　　月　　日"
_LAST_SEAL_MM = 42.0
"""From the right edge to the middle of the last seal: the date four characters in has its middle there."""


def signed(made: Any, document: Document) -> None:
    """Who signs and when, never alone on a page; nothing in a document without a signer."""
    if not document.signer:
        return
    if made.paragraphs:
        made.paragraphs[-1].paragraph_format.keep_with_next = True
    if document.partners:
        _together(made, document.signers, document.dated_said or _BY_HAND)
    else:
        _alone(made, document.signer, document.dated_said or _BY_HAND)


def _alone(made: Any, signer: str, day: str) -> None:
    to_signer, to_date = _indents(plain(signer), day)
    for text, indent in ((signer, to_signer), (day, to_date)):
        each = paragraph(made, text, layout.BODY_FONT)
        each.alignment = _RIGHT
        each.paragraph_format.right_indent = Pt(indent)
    first = made.paragraphs[-2]
    first.paragraph_format.space_before = Pt(layout.SEAL_LINES * layout.PITCH)
    first.paragraph_format.keep_with_next = True


def _together(made: Any, signers: list[str], day: str) -> None:
    """Rows of names as far apart as their seals, in the order of the organs from the left; the last row
    stands to the right, so that the last name is over the date."""
    fits = layout.points(layout.SEALS_APART_MM)
    in_a_row = layout.ROW_OF_SEALS if all(layout.width_of(each) <= fits for each in signers) else 2
    apart = fits if in_a_row == layout.ROW_OF_SEALS else layout.points(layout.TYPE_MM[0]) * 0.45
    behind = layout.points(_LAST_SEAL_MM) - apart / 2
    before = layout.points(layout.TYPE_MM[0]) - in_a_row * apart - behind
    rows = [signers[at : at + in_a_row] for at in range(0, len(signers), in_a_row)]
    widths = [max(before, 0.0), *[apart] * in_a_row, behind]
    grid = unruled(made, len(rows), widths)
    for number, (row, names) in enumerate(zip(grid.rows, rows, strict=True)):
        is_last = number == len(rows) - 1
        if not is_last:
            row.height = Pt(layout.points(layout.SEALS_APART_MM))
        first = 1 + (in_a_row - len(names) if is_last else 0)
        for place, name in enumerate(names, start=first):
            _name(row.cells[place], name)
    for row in grid.rows:
        for cell in row.cells:
            for each in cell.paragraphs:
                each.paragraph_format.keep_with_next = True
    date_cell = grid.rows[-1].cells[in_a_row]
    dated = paragraph(date_cell, day, layout.BODY_FONT)
    dated.alignment = _CENTER
    after = paragraph(made, "", layout.BODY_FONT, 1)
    exactly(after, 1)


def _name(cell: Any, name: str) -> None:
    line = cell.paragraphs[0]
    line.alignment = _CENTER
    write_in(line, name, layout.BODY_FONT)
    line.paragraph_format.space_before = Pt(layout.SEAL_LINES * layout.PITCH)


def _indents(signer: str, day: str) -> tuple[float, float]:
    """From the right edge to 署名 and to 成文日期, in points: the date four characters in and 署名
    over its middle; where that would pass the edge, both go to the left together."""
    wide, date_wide = layout.width_of(signer), layout.width_of(day)
    to_date = layout.DATE_CHARACTERS * layout.CHARACTER
    to_signer = to_date + (date_wide - wide) / 2
    if to_signer < 0:
        to_signer, to_date = 0, (wide - date_wide) / 2
    return to_signer, to_date
