"""The words of an HTML page: blocks as lines, the rows of tables as lines of cells."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS = frozenset("p div br li h1 h2 h3 h4 h5 h6 section article header footer".split())
_SILENT = frozenset("script style noscript template svg head".split())
_LONGEST_CELL = 600  # signs; a cell that holds more lays out the page
_MOST_SPANNED = 200
_LABEL = re.compile(
    r"\s*(?:[一-鿿]\s*){0,6}(?:单\s*位|部\s*门|科\s*室|时\s*限|时\s*间|期\s*限|节\s*点|任\s*务|内\s*容|目\s*标|措\s*施|名\s*称|问\s*题|领\s*导|责任人|联系人|备\s*注)\s*[:：]?\s*"
)


@dataclass
class _Table:
    """A table that is being read."""

    cells: list[tuple[str, int]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    spans: tuple[int, int] = (1, 1)
    in_cell: bool = False
    below: dict[int, tuple[str, int]] = field(default_factory=dict)


class Words(HTMLParser):
    """Gathers the words of a page; `text` gives them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._silent = 0
        self._tables: list[_Table] = []

    @property
    def text(self) -> str:
        """What was read, at most one line left empty between two."""
        while self._tables:
            self._end_cell()
            self._end_row()
            self._tables.pop()
        return re.sub(r"\n\s*\n+", "\n\n", "".join(self._parts)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Blocks and cells begin."""
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self._say("\n")
        elif tag == "table":
            self._tables.append(_Table())
        elif self._tables and tag in ("td", "th"):
            self._end_cell()
            self._tables[-1].in_cell = True
            self._tables[-1].spans = (_span(attrs, "colspan"), _span(attrs, "rowspan"))
        elif self._tables and tag == "tr":
            self._end_cell()
            self._end_row()

    def handle_endtag(self, tag: str) -> None:
        """Blocks, cells, rows and tables end."""
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _BLOCKS:
            self._say("\n")
        elif self._tables and tag in ("td", "th"):
            self._end_cell()
        elif self._tables and tag in ("tr", "table"):
            self._end_cell()
            self._end_row()
            if tag == "table":
                self._tables.pop()

    def handle_data(self, data: str) -> None:
        """Words; line ends of the source are none of the page."""
        if not self._silent:
            self._say(re.sub(r"[\r\n]+ *", "", data))

    def _say(self, words: str) -> None:
        cell = next((table for table in reversed(self._tables) if table.in_cell), None)
        (self._parts if cell is None else cell.parts).append(words)

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if not table.in_cell:
            return
        words = re.sub(r"\n\s*\n+", "\n", "".join(table.parts)).strip()
        across, down = table.spans
        column = self._next_column(table)
        table.cells.append((words, across))
        if down > 1:
            table.below[column] = (words, down - 1)
        for _ in range(across - 1):
            table.cells.append(("", 1))
        table.parts, table.in_cell = [], False

    def _next_column(self, table: _Table) -> int:
        """The column of the next cell, after those that reach down from the row above."""
        while len(table.cells) in table.below and table.below[len(table.cells)][1] > 0:
            words, left = table.below[len(table.cells)]
            table.below[len(table.cells)] = (words, left - 1)
            table.cells.append((words, 1))
        return len(table.cells)

    def _end_row(self) -> None:
        table = self._tables[-1]
        if not table.cells:
            return
        self._next_column(table)
        cells = [words for words, _ in table.cells]
        table.cells = []
        table.in_cell = False
        said = row_said(cells)
        self._tables.pop()  # a table in a cell is said into that cell
        self._say(f"\n{said}\n")
        self._tables.append(table)


def row_said(cells: list[str]) -> str:
    """A row of a table as a line; one that only lays out the page as the lines that it holds."""
    layout = sum(map(bool, cells)) < 2 or max(map(len, cells)) > _LONGEST_CELL
    if layout:
        return "\n".join(filter(None, cells))
    return _as_form(list(filter(None, cells))) or row_of(cells)


def _as_form(cells: list[str]) -> str:
    """任务名称 | … or 牵头单位 | … | 完成时限 | …: a sheet that holds one task, as labelled lines."""
    labels, said = cells[::2], cells[1::2]
    filled = len(labels) == len(said) <= 2
    if not filled or not all(map(_LABEL.fullmatch, labels)) or any(map(_LABEL.fullmatch, said)):
        return ""
    pairs = zip(labels, said, strict=True)
    return "\n".join(f"{''.join(label.split())}：{words}" for label, words in pairs)


def row_of(cells: list[str]) -> str:
    """A row as one line; empty cells keep their place."""
    return " | ".join(" ".join(cell.split()) for cell in cells).rstrip(" |")


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    """How many columns or rows a cell takes."""
    said = next((value for key, value in attrs if key == name), None) or ""
    return min(int(said), _MOST_SPANNED) if said.isdecimal() and int(said) else 1
