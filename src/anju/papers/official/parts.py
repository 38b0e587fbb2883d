"""What a document is put together from: paragraphs of the standard's fonts, and tables without rules."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from anju.papers.official import layout
from anju.papers.official.letters import exactly, letters, plain


def paragraph(to: Any, text: str, font: str, size: float = layout.THIRD_SIZE) -> Any:
    """A paragraph of one run in a document or a cell, a line of the grid high."""
    made = to.add_paragraph()
    write_in(made, text, font, size)
    return made


def write_in(made: Any, text: str, font: str, size: float = layout.THIRD_SIZE) -> Any:
    """Write into an empty paragraph; gives the run."""
    exactly(made, layout.PITCH)
    run = made.add_run(plain(text))
    run.font.size = Pt(size)
    letters(run, font)
    return run


def line(to: Any, text: str, *, before: float = 0, indented: bool = False) -> Any:
    """One paragraph of 三号仿宋, from the left edge or two characters in."""
    made = paragraph(to, text, layout.BODY_FONT)
    made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    made.paragraph_format.space_before = Pt(before)
    if indented:
        made.paragraph_format.first_line_indent = Pt(2 * layout.CHARACTER)
    return made


def unruled(to: Any, rows: int, widths: Sequence[float]) -> Any:
    """A table without rules, margins or changes of its widths (points), to set things side by side."""
    grid = to.add_table(rows, len(widths))
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Pt(width)
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Pt(width)
            exactly(cell.paragraphs[0], layout.PITCH)
    without_margins(grid)
    return grid


def without_margins(grid: Any) -> None:
    """Cells begin where their column begins."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = grid._tbl.tblPr
    properties.insert(list(properties).index(properties.find(qn("w:tblLayout"))) + 1, margins)
