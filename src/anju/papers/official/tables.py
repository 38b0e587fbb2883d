"""Tables of an official document: those of its text, and the 版记 at the foot of its last page."""

import re
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from anju.papers.official import layout
from anju.papers.official.document import Document, Table
from anju.papers.official.letters import exactly, letters, off_grid, plain
from anju.papers.official.parts import without_margins

_CELL_LINE = 18.0
_IMPRINT_LINE = 22.0
#: The width the 版记 says it has; its cells have that of the text, which is what Word and the PDF draw.
#: LibreOffice leaves a table in its place in the text unless it says to be 5 mm narrower than that.
_SAID_MM = 151
_RUN = re.compile(r"[!-~]+")
#: A letter or digit by the size of its type, and both margins of a cell (points).
_LETTER, _MARGINS = 0.56, 11.0
_MM_A_POINT = 25.4 / 72


def body_table(made: Any, table: Table) -> None:
    """A ruled table as wide as the text, its head on every page it reaches."""
    widths = widths_mm(table)
    grid = made.add_table(len(table.rows), len(widths), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    cells = [cell for row in grid.rows for cell in row.cells]
    texts = [text for row in table.rows for text in row]
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        row, column = divmod(place, len(widths))
        cell.width = Mm(widths[column])
        _write(cell, text, is_head=row == 0, is_number=column in table.numbers)
    for row in grid.rows:
        _unbroken(row)
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    after = made.add_paragraph()
    exactly(after, layout.PITCH / 2)


def widths_mm(table: Table) -> list[float]:
    """The widths of a table's columns: as it says, but none narrower than what cannot be broken in it (a
    number, a date), which the others make room for."""
    whole, parts = layout.TYPE_MM[0], table.widths
    least = [max(_unbroken_mm(row[place]) for row in table.rows) for place in range(len(parts))]
    given = [whole * part / sum(parts) for part in parts]
    missing = [max(0.0, low - width) for low, width in zip(least, given, strict=True)]
    spare = [max(0.0, width - low) for low, width in zip(least, given, strict=True)]
    if not any(missing) or sum(spare) < sum(missing):
        return given
    taken = sum(missing) / sum(spare)
    return [
        width + more - room * taken for width, more, room in zip(given, missing, spare, strict=True)
    ]


def _unbroken_mm(text: str) -> float:
    """What the longest run of Latin letters and digits in a cell takes, with the cell's margins."""
    longest = max((len(run) for run in _RUN.findall(text)), default=0)
    return (longest * _LETTER * layout.TABLE_SIZE + _MARGINS) * _MM_A_POINT if longest else 0.0


def imprint(made: Any, document: Document) -> None:
    """版记: 抄送 above, who printed it and when below, its last rule on the lower edge of the text."""
    rows = int(bool(document.copies)) + int(bool(document.printed_by))
    grid = made.add_table(rows, 2)
    grid.autofit = False
    half = Mm(layout.TYPE_MM[0] / 2)
    for column in grid.columns:
        column.width = half
    _fix_at_foot(grid)
    if document.copies:
        first, last = grid.rows[0].cells
        cell = first.merge(last)
        paragraph = _small(cell, document.copies_said)
        paragraph.paragraph_format.left_indent = Pt(4 * layout.FOURTH_SIZE)
        paragraph.paragraph_format.first_line_indent = Pt(-3 * layout.FOURTH_SIZE)
    if document.printed_by:
        by, on = grid.rows[-1].cells
        by.width = on.width = half
        _small(by, document.printed_by)
        _small(on, document.printed_said).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _write(cell: Any, text: str, *, is_head: bool, is_number: bool) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    exactly(paragraph, _CELL_LINE)
    off_grid(paragraph)
    if is_head:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
    elif is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(plain(text))
    run.font.size = Pt(layout.TABLE_SIZE)
    letters(run, layout.FIRST_FONT if is_head else layout.BODY_FONT)


def _small(cell: Any, text: str) -> Any:
    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Pt(layout.FOURTH_SIZE)
    exactly(paragraph, _IMPRINT_LINE)
    off_grid(paragraph)
    run = paragraph.add_run(plain(text))
    run.font.size = Pt(layout.FOURTH_SIZE)
    letters(run, layout.BODY_FONT)
    return paragraph


def _unbroken(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _fix_at_foot(grid: Any) -> None:
    """Held by the lower edge of the text, whatever stands above; rules across, none between cells."""
    properties = grid._tbl.tblPr
    place = _element(
        "w:tblpPr",
        leftFromText="0",
        rightFromText="0",
        vertAnchor="margin",
        horzAnchor="margin",
        tblpXSpec="left",
        tblpYSpec="bottom",
    )
    properties.insert(0 if properties.find(qn("w:tblStyle")) is None else 1, place)
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(int(Mm(_SAID_MM).twips)))
    borders = OxmlElement("w:tblBorders")
    rules = {
        "top": layout.THICK_EIGHTHS,
        "bottom": layout.THICK_EIGHTHS,
        "insideH": layout.THIN_EIGHTHS,
    }
    for side, eighths in rules.items():
        rule = _element(f"w:{side}", val="single", sz=str(eighths), space="0", color="000000")
        borders.append(rule)
    index = list(properties).index(properties.find(qn("w:tblLayout")))
    properties.insert(index, borders)
    without_margins(grid)


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
