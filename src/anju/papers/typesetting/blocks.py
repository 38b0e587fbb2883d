"""Paragraphs and tables of a docx as typst blocks, in the order they stand."""

from typing import Any

from docx.oxml.ns import qn

from anju.papers.typesetting.fonts import Chooser
from anju.papers.typesetting.numbering import Numbering
from anju.papers.typesetting.rules import cell_margins, is_at_foot, paragraph_rules, table_rules
from anju.papers.typesetting.runs import Letters, literal
from anju.papers.typesetting.styles import Styles, is_on, points, value
from anju.papers.typesetting.tables import (
    Cell,
    cells_of,
    column_widths,
    heads_of,
    height_of,
    is_kept_together,
    rows_of,
)

_SINGLE = 1.3
"""How high a line of Chinese fonts is that Word calls single, in sizes of its letters."""

_BEYOND_STOP = 10
"""As many characters may stay free behind a right tab stop."""

_ALIGNMENTS = {"center": "center", "right": "right", "end": "right", "distribute": "center"}
_JUSTIFIED = ("both", "distribute")


class Blocks:
    """Writes the blocks of one document."""

    def __init__(self, styles: Styles, fonts: Chooser, numbering: Numbering) -> None:
        self._styles = styles
        self._letters = Letters(styles, fonts)
        self._numbering = numbering
        self.narrowed = 0.0
        """What the grid of the section adds to each letter, in points."""
        self.width = 0.0
        """How wide the text of the section is, in points."""

    def written(self, container: Any) -> str:
        """Everything in a head or a foot."""
        return "".join(self.block(each) for each in container)

    def _in_cell(self, cell: Any) -> str:
        """Everything in a cell; room above its first paragraph is kept, as Word keeps it."""
        first = next(cell.iter(qn("w:p")), None)
        has_room = first is not None and self._spacing(first, "w:before") > 0
        return "".join(self.block(each, is_first=has_room and each is first) for each in cell)

    def block(self, element: Any, *, is_first: bool = False) -> str:
        """A paragraph or a table; a frame around content (w:sdt) is looked into.

        Room above the first one of a section is kept, as Word keeps it.
        """
        if element.tag == qn("w:p"):
            return self._paragraph(element, is_first=is_first)
        if element.tag == qn("w:tbl"):
            return self._table(element)
        if element.tag in (qn("w:sdt"), qn("w:sdtContent")):
            return self.written(element)
        return ""

    def _paragraph(self, paragraph: Any, *, is_first: bool = False) -> str:
        """One paragraph with its alignment, indents, spacing and rules."""
        size = self._letters.largest(paragraph)
        leading = self._line(paragraph, size) - size
        before, after = (self._spacing(paragraph, f"w:{name}") for name in ("before", "after"))
        alignment = value(self._styles.of_paragraph(paragraph, "w:jc"))
        made = f"#par({', '.join(self._shape(paragraph, size, leading, alignment))})"
        made += f"[{self._text(paragraph, size)}]"
        left, right = (self._indent(paragraph, size, side) for side in ("left", "right"))
        left -= self._hanging(paragraph, size)
        if left or right:
            made = f"#pad(left: {left:g}pt, right: {right:g}pt)[{made}]"
        made = f"#align({_ALIGNMENTS.get(alignment, 'left')})[{made}]"
        spacing = f"above: {before + leading:g}pt, below: {after + leading:g}pt"
        rules = paragraph_rules(self._styles.of_paragraph(paragraph, "w:pBdr"), leading)
        said = f"width: 100%, {spacing}{rules}"
        if is_on(self._styles.of_paragraph(paragraph, "w:keepNext")):
            said += ", sticky: true"
        room = (
            f"#v({before + leading / 2:g}pt)\n" if is_first or self._begins_page(paragraph) else ""
        )
        return f"{self._page_break(paragraph)}{room}#block({said})[{made}]\n"

    def _shape(self, paragraph: Any, size: float, leading: float, alignment: str) -> list[str]:
        return [
            f"leading: {leading:g}pt",
            f"justify: {'true' if alignment in _JUSTIFIED else 'false'}",
            f"first-line-indent: (amount: {self._first_line(paragraph, size):g}pt, all: true)",
            f"hanging-indent: {self._hanging(paragraph, size):g}pt",
        ]

    def _text(self, paragraph: Any, size: float) -> str:
        """The letters with their automatic number, off the grid where the paragraph says so."""
        text = self._letters.written(paragraph) + self._beyond_stop(paragraph, size)
        label = self._numbering.label(paragraph)
        if label:
            gap = "" if label[-1] in "、）】．。" else " "
            text = f"#text(size: {size:g}pt, {literal(label + gap)})" + text
        snap = self._styles.of_paragraph(paragraph, "w:snapToGrid")
        if self.narrowed and snap is not None and not is_on(snap):
            text = f"#set text(tracking: 0pt)\n{text}"
        if not is_on(self._styles.of_paragraph(paragraph, "w:widowControl")):
            text = f"#set text(costs: (widow: 0%, orphan: 0%))\n{text}"
        return text

    def _beyond_stop(self, paragraph: Any, size: float) -> str:
        """Some characters that a right tab stop leaves free at the edge of the text."""
        stops = paragraph.find(f"{qn('w:pPr')}/{qn('w:tabs')}")
        places = [] if stops is None else [points(each, "w:pos") or 0.0 for each in stops]
        room = self.width - max(places, default=self.width)
        return f"#h({room:g}pt)" if 0 < room <= _BEYOND_STOP * size else ""

    def _table(self, table: Any) -> str:
        """One table with its widths, joined cells and rules."""
        widths = ", ".join(f"{width:g}fr" for width in column_widths(table))
        rows, heads = rows_of(table), heads_of(table)
        cells = [(each.row < heads, self._cell(each, rows[each.row])) for each in cells_of(table)]
        head = "".join(text for is_head, text in cells if is_head)
        body = "".join(text for is_head, text in cells if not is_head)
        head = f"table.header({head})," if head else ""
        stroke = table_rules(self._styles.of_table(table, "w:tblBorders"), len(rows))
        inset = f"(x: {cell_margins(table):g}pt, y: 3pt)"
        made = (
            f"#block(width: 100%, above: 0pt, below: 0pt{_breaking(table)})[#table("
            f"columns: ({widths},), stroke: {stroke}, inset: {inset}, {head}{body})]"
        )
        if is_at_foot(table):
            made = f"#place(bottom, float: true, clearance: 0pt)[{made}]"
        return f"{made}\n"

    def _cell(self, cell: Cell, row: Any) -> str:
        properties = cell.element.find(qn("w:tcPr"))
        anchor = None if properties is None else properties.find(qn("w:vAlign"))
        aligned = {"center": "horizon", "bottom": "bottom"}.get(value(anchor), "top")
        inner = self._in_cell(cell.element)
        height = height_of(row)
        if height and cell.rowspan == 1:
            inner = (
                f"#grid(columns: (0pt, 1fr), align: left + {aligned},"
                f" block(height: {max(height - 6, 0):g}pt), [{inner}])"
            )
        said = f"colspan: {cell.colspan}, rowspan: {cell.rowspan}, align: left + {aligned}"
        return f"table.cell({said})[{inner}],"

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
        """How far later lines stand in, of the indent of the whole paragraph."""
        found = self._styles.of_paragraph(paragraph, "w:ind")
        letters = points(found, "w:hangingChars", 100)
        hanging = letters * size if letters else points(found, "w:hanging") or 0.0
        return min(hanging, self._indent(paragraph, size, "left"))

    def _page_break(self, paragraph: Any) -> str:
        breaks = [each for each in paragraph.iter(qn("w:br")) if value(each, "w:type") == "page"]
        begins = breaks or self._begins_page(paragraph)
        return "#pagebreak(weak: true)\n" if begins else ""

    def _begins_page(self, paragraph: Any) -> bool:
        return is_on(self._styles.of_paragraph(paragraph, "w:pageBreakBefore"))


def _breaking(table: Any) -> str:
    """Whether pages part a table: not where each of its rows is kept with the next."""
    return ", breakable: false" if is_kept_together(table) else ""
