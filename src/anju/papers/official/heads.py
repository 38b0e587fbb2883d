"""版头: marks at the upper left, the issuing organs in red, number and 签发人, the red line."""

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Pt, RGBColor

from anju.papers.official import layout
from anju.papers.official.document import Document
from anju.papers.official.letters import exactly, letters, narrowed, off_grid, plain, ruled_below
from anju.papers.official.parts import paragraph, unruled, write_in

_CENTER = WD_ALIGN_PARAGRAPH.CENTER
_NAMES_IN_A_LINE = 2
_SHORTEST_NAME = 3


def head(made: Any, document: Document) -> None:
    """Everything above the title."""
    for text in document.marks:
        paragraph(made, text, layout.FIRST_FONT)
    left = layout.points(layout.HEAD_MM) - len(document.marks) * layout.PITCH
    if document.partners:
        _organs(made, document, left)
    else:
        _organ(made, document.head, left)
    number = _numbered(made, document)
    ruled_below(
        number, eighths=layout.RULE_EIGHTHS, colour=layout.RED, away=layout.RULE_POINTS
    )  # fmt: skip


def _organ(made: Any, name: str, left: float) -> None:
    size = layout.head_size(name)
    issuer = paragraph(made, name, layout.TITLE_FONT, size)
    issuer.alignment = _CENTER
    off_grid(issuer)
    exactly(issuer, size * layout.HEAD_LINE)
    issuer.paragraph_format.space_before = Pt(left - size * 0.1)
    _red(issuer.runs[0])


def _organs(made: Any, document: Document, left: float) -> None:
    """Names under each other, drawn out to the same width; 文件 right of them in their middle."""
    names, is_file = document.heads, bool(document.file_said)
    size = layout.heads_size(names, is_file=is_file)
    longest = max(len(each) for each in names)
    wide, file = longest * size, 2.5 * size if is_file else 0.0
    side = (layout.points(layout.TYPE_MM[0]) - wide - file) / 2
    above = paragraph(made, "", layout.BODY_FONT, 1)
    exactly(above, 1)
    off_grid(above)
    above.paragraph_format.space_before = Pt(left - size * 0.1 - 1)
    widths = (side, wide, file, side) if is_file else (side, wide, side)
    grid = unruled(made, 1, widths)
    cells = grid.rows[0].cells
    for place, name in enumerate(names):
        cell = cells[1]
        each = cell.add_paragraph() if place else cell.paragraphs[0]
        _drawn_out(each, plain(name), size, longest)
    if is_file:
        cells[2].vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        word = cells[2].paragraphs[0]
        word.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _red(write_in(word, document.file_said, layout.TITLE_FONT, size))
        exactly(word, size * layout.HEAD_LINE)
        off_grid(word)


def _drawn_out(line: Any, name: str, size: float, longest: int) -> None:
    """A name as wide as the longest: room between its letters, none behind the last."""
    room = (longest - len(name)) * size / (len(name) - 1) if len(name) > 1 else 0.0
    for text, wider in ((name[:-1], room), (name[-1:], 0.0)):
        run = write_in(line, text, layout.TITLE_FONT, size)
        narrowed(run._r.get_or_add_rPr(), int(wider * 20))
        _red(run)
    exactly(line, size * layout.HEAD_LINE)
    off_grid(line)


def _numbered(made: Any, document: Document) -> Any:
    """The line of the number, two lines below the head; 签发人 right of it where it goes up."""
    leaders = _leaders(document.leaders)
    for place, text in enumerate(leaders[:-1]):
        line = paragraph(made, "", layout.BODY_FONT)
        line.paragraph_format.space_before = Pt(0 if place else 2 * layout.PITCH)
        _to_the_right(line, text)
    number = paragraph(made, document.number, layout.BODY_FONT)
    number.paragraph_format.space_before = Pt(0 if len(leaders) > 1 else 2 * layout.PITCH)
    if leaders:
        number.runs[0].text = f"　{plain(document.number)}"
        _to_the_right(number, leaders[-1])
    else:
        number.alignment = _CENTER
    return number


def _leaders(names: Sequence[str]) -> list[tuple[str, str, float]]:
    """Lines of 签发人: the words before, the names, and how many characters stay free behind them.

    Two names in a line, later ones under the first; none where nobody is named.
    """
    lines = [
        names[at : at + _NAMES_IN_A_LINE] for at in range(0, len(names), _NAMES_IN_A_LINE)
    ]  # fmt: skip
    if len(names) <= 1:
        return [("签发人：", each, 1.0) for each in names]
    widest = max(_SHORTEST_NAME, *(len(each) for each in names))
    found = []
    for place, line in enumerate(lines):
        shown = "　".join(each.ljust(widest, "　") for each in line[:-1])
        shown += f"　{line[-1]}" if len(line) > 1 else line[-1]
        free = 1.0 + widest - len(line[-1])
        free += (widest + 1) * (_NAMES_IN_A_LINE - len(line))
        found.append(("签发人：" if not place else "", shown, free))
    return found


def _to_the_right(line: Any, said: tuple[str, str, float]) -> None:
    """签发人 at a stop so many characters from the right."""
    label, names, free = said
    stop = layout.points(layout.TYPE_MM[0]) - free * layout.CHARACTER
    line.paragraph_format.tab_stops.add_tab_stop(Pt(stop), WD_TAB_ALIGNMENT.RIGHT)
    line.runs[0].text += f"\t{label}"
    run = line.add_run(plain(names))
    run.font.size = Pt(layout.THIRD_SIZE)
    letters(run, layout.SECOND_FONT)


def _red(run: Any) -> None:
    run.font.color.rgb = RGBColor.from_string(layout.RED)
