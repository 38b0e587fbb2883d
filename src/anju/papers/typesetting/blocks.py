"""Paragraphs and tables of a docx as typst blocks, in the order they stand."""

from typing import Any

from docx.oxml.ns import qn

from anju.papers.typesetting.fonts import Chooser
from anju.papers.typesetting.numbering import Numbering
from anju.papers.typesetting.runs import Letters, literal
from anju.papers.typesetting.styles import Styles, is_on, points, value
from anju.papers.typesetting.tables import (
    Cell,
    cells_of,
    column_widths,
    heads_of,
    height_of,
    rows_of,
)

_SINGLE = 1.3
"""How high a line of Chinese fonts is that Word calls single, in sizes of its letters."""

_ALIGNMENTS = {"center": "center", "right": "right", "end": "right", "distribute": "center"}
_JUSTIFIED = ("both", "distribute")


class Blocks:
    """Writes the blocks of one document."""

    def __init__(self, styles: Styles, fonts: Chooser, numbering: Numbering) -> None:
        self._styles = styles
        self._letters = Letters(styles, fonts)
        self._numbering = numbering

    def written(self, container: Any) -> str:
        """Everything in a body, a cell, a head or a foot."""
        return "".join(self.block(each) for each in container)

    def block(self, element: Any) -> str:
        """A paragraph or a table; a frame around content (w:sdt) is looked into."""
        if element.tag == qn("w:p"):
            return self._paragraph(element)
        if element.tag == qn("w:tbl"):
            return self._table(element)
        if element.tag in (qn("w:sdt"), qn("w:sdtContent")):
            return self.written(element)
        return ""

    def _paragraph(self, paragraph: Any) -> str:
        """One paragraph with its alignment, indents and spacing."""
        size = self._letters.largest(paragraph)
        leading = self._line(paragraph, size) - size
        before, after = (self._spacing(paragraph, f"w:{name}") for name in ("before", "after"))
        alignment = value(self._styles.of_paragraph(paragraph, "w:jc"))
        text = self._letters.written(paragraph)
        label = self._numbering.label(paragraph)
        if label:
            gap = "" if label[-1] in "、）】．。" else " "
            text = f"#text(size: {size:g}pt, {literal(label + gap)})" + text
        said = [
            f"leading: {leading:g}pt",
            f"justify: {'true' if alignment in _JUSTIFIED else 'false'}",
            f"first-line-indent: (amount: {self._first_line(paragraph, size):g}pt, all: true)",
            f"hanging-indent: {self._hanging(paragraph, size):g}pt",
        ]
        made = f"#par({', '.join(said)})[{text}]"
        left, right = (self._indent(paragraph, size, side) for side in ("left", "right"))
        if left or right:
            made = f"#pad(left: {left:g}pt, right: {right:g}pt)[{made}]"
        made = f"#align({_ALIGNMENTS.get(alignment, 'left')})[{made}]"
        spacing = f"above: {before + leading:g}pt, below: {after + leading:g}pt"
        return f"{self._page_break(paragraph)}#block(width: 100%, {spacing})[{made}]\n"

    def _table(self, table: Any) -> str:
        """One table with its widths, joined cells and rules."""
        widths = ", ".join(f"{width:g}fr" for width in column_widths(table))
        rows, heads = rows_of(table), heads_of(table)
        cells = [(each.row < heads, self._cell(each, rows[each.row])) for each in cells_of(table)]
        head = "".join(text for is_head, text in cells if is_head)
        body = "".join(text for is_head, text in cells if not is_head)
        head = f"table.header({head})," if head else ""
        stroke = "0.5pt" if self._is_ruled(table) else "none"
        return (
            "#block(width: 100%, above: 0pt, below: 0pt)[#table("
            f"columns: ({widths},), stroke: {stroke}, inset: (x: 5pt, y: 3pt), {head}{body})]\n"
        )

    def _cell(self, cell: Cell, row: Any) -> str:
        properties = cell.element.find(qn("w:tcPr"))
        anchor = None if properties is None else properties.find(qn("w:vAlign"))
        aligned = {"center": "horizon", "bottom": "bottom"}.get(value(anchor), "top")
        inner = self.written(cell.element)
        height = height_of(row)
        if height and cell.rowspan == 1:
            inner = (
                f"#grid(columns: (0pt, 1fr), align: left + {aligned},"
                f" block(height: {max(height - 6, 0):g}pt), [{inner}])"
            )
        said = f"colspan: {cell.colspan}, rowspan: {cell.rowspan}, align: left + {aligned}"
        return f"table.cell({said})[{inner}],"

    def _is_ruled(self, table: Any) -> bool:
        borders = self._styles.of_table(table, "w:tblBorders")
        return borders is not None and any(is_on(each) for each in borders)

    def _line(self, paragraph: Any, size: float) -> float:
        """From one line to the next, in points."""
        spacing = self._styles.of_paragraph(paragraph, "w:spacing")
        line = points(spacing, "w:line")
        rule = value(spacing, "w:lineRule")
        if line is None:
            return size * _SINGLE
        if rule == "exact":
            return line
        if rule == "atLeast":
            return max(line, size * _SINGLE)
        return size * _SINGLE * line / 12

    def _spacing(self, paragraph: Any, name: str) -> float:
        """Room before or after; said in lines (a hundredth each) or in twips."""
        found = self._styles.of_paragraph(paragraph, "w:spacing")
        lines = points(found, f"{name}Lines", 100)
        if lines:
            return lines * 12
        return points(found, name) or 0.0

    def _indent(self, paragraph: Any, size: float, side: str) -> float:
        found = self._styles.of_paragraph(paragraph, "w:ind")
        letters = points(found, f"w:{side}Chars", 100)
        return letters * size if letters else points(found, f"w:{side}") or 0.0

    def _first_line(self, paragraph: Any, size: float) -> float:
        found = self._styles.of_paragraph(paragraph, "w:ind")
        letters = points(found, "w:firstLineChars", 100)
        return letters * size if letters else points(found, "w:firstLine") or 0.0

    def _hanging(self, paragraph: Any, size: float) -> float:
        """How far later lines stand in; the whole paragraph's indent already holds it."""
        found = self._styles.of_paragraph(paragraph, "w:ind")
        letters = points(found, "w:hangingChars", 100)
        hanging = letters * size if letters else points(found, "w:hanging") or 0.0
        return min(hanging, self._indent(paragraph, size, "left"))

    def _page_break(self, paragraph: Any) -> str:
        breaks = [each for each in paragraph.iter(qn("w:br")) if value(each, "w:type") == "page"]
        is_first = is_on(self._styles.of_paragraph(paragraph, "w:pageBreakBefore"))
        return "#pagebreak(weak: true)\n" if breaks or is_first else ""
