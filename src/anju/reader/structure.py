"""The tree of headings and numbered items, as official documents number them: 一、(一) 1. (1), 1.1."""

import re
from dataclasses import dataclass, field
from enum import IntEnum

from anju.reader.decimals import Numbered, decimals_of
from anju.reader.footers import is_footer
from anju.reader.shadow import Line, lines_of
from anju.reader.tables import Row, rows_of

_NUMERAL = "[一二三四五六七八九十]{1,3}"


class Level(IntEnum):
    """How deep an item stands."""

    PART = 0
    SECTION = 1
    CHAPTER = 2
    NAMED = 3  # 行动一:, 任务2、
    CLAUSE = 4
    ITEM = 5
    BOX = 6  # 专栏1: a box beside the items, which holds items of its own
    DECIMAL = 7  # 1.1
    FINER_DECIMAL = 8  # 1.1.1
    POINT = 9


_CHAPTER = re.compile(rf"({_NUMERAL}) ?(?:、|\.(?=[一-鿿])) *")
_MARKS = (
    (Level.PART, re.compile(rf"第({_NUMERAL})(?:章|部分|篇)[ :、]*")),
    (Level.SECTION, re.compile(rf"第({_NUMERAL})节[ :、]*")),
    (Level.CHAPTER, _CHAPTER),
    (
        Level.NAMED,
        re.compile(
            rf"((?:行动|任务|举措|措施|工程|专项|目标|项目|问题|清单)(?:{_NUMERAL}|\d{{1,2}})) ?[:、.] *"
        ),
    ),
    (Level.CLAUSE, re.compile(rf"\( ?({_NUMERAL}) ?\)[、.]? *")),
    (Level.BOX, re.compile(rf"专栏 ?((?:{_NUMERAL}|\d{{1,2}})?)[ :、.]*(?=\S)")),
    (Level.ITEM, re.compile(r"(\d{1,3}) ?(?:[.、](?!\d)|\.(?=20\d\d年|\d{1,2}月)) *")),
    (Level.POINT, re.compile(r"(?:\( ?(\d{1,2}) ?\)|(\d{1,2}) ?\)|([①-⒇]))[、.]? *")),
)
_ANNEX = re.compile(r"附 *件 *(\d{0,2})[:.]?")
_LIST_OF_ANNEXES = re.compile(r"附 *件 *:? *1?[.、]?.*[^。;]")
_NEXT_ANNEX = re.compile(r"\d{1,2} ?[.、][^。;:]{2,60}")
_ARTICLE = re.compile(rf"第[{'一二三四五六七八九十百零〇'}\d]{{1,6}}条(?=[ 　:、]|[^\n第]{{2}})")
_CONTENTS_LINE = re.compile(r"(?:\.{3,}|…+|·{3,}|-{4,}) *\d+$")


@dataclass(slots=True)
class Node:
    """A numbered item: where it stands, its own words, and what is numbered below it."""

    level: Level
    mark: str
    number: str
    start: int
    words: int
    end: int = 0
    own_end: int = 0
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    row: Row | None = None

    @property
    def path(self) -> str:
        """Marks from the outermost to here: 三/(二)/5."""
        above = f"{self.parent.path}/" if self.parent is not None else ""
        return above + self.mark

    def leaves(self) -> list["Node"]:
        """The items below with nothing below them, in order; itself when it is one."""
        if not self.children:
            return [self]
        return [leaf for child in self.children for leaf in child.leaves()]


def is_regulation(shadow: str) -> bool:
    """Whether the document is written in articles (第一条 …), which promise no measures."""
    starts = [line for line in lines_of(shadow) if _ARTICLE.match(line.text)]
    return len(starts) >= 3


@dataclass(frozen=True, slots=True)
class _Mark:
    """What numbers a line: how deep, as printed, and where the words after it begin."""

    level: Level
    mark: str
    number: str
    words: int
    row: Row | None = None


def tree_of(shadow: str) -> tuple[list[Node], int]:
    """The outermost items, and where the document ends and the page around it begins again."""
    lines = _after_contents(lines_of(shadow))
    marked, last = _marked(lines)
    if not marked:
        return [], len(shadow)
    end = _end_of_document(lines, last)
    roots: list[Node] = []
    open_nodes: list[Node] = []
    for index, mark in marked:
        line = lines[index]
        level = Level.ITEM if mark.level is Level.BOX else mark.level
        _close(open_nodes, level, lines[index - 1].end if index else line.start)
        node = Node(mark.level, mark.mark, mark.number, line.start, mark.words, row=mark.row)
        if open_nodes:
            parent = open_nodes[-1]
            node.parent = parent
            if not parent.children:
                parent.own_end = lines[index - 1].end
            parent.children.append(node)
        else:
            roots.append(node)
        open_nodes.append(node)
    _close(open_nodes, Level.PART, end)
    return roots, end


def _marked(lines: list[Line]) -> tuple[list[tuple[int, _Mark]], int]:
    """The lines that are numbered, rows of tables among them; and the last line of all these."""
    decimals = decimals_of(lines)
    rows = rows_of(lines)
    annexes = sum(bool(_ANNEX.fullmatch(line.text)) for line in lines)
    marked: list[tuple[int, _Mark]] = []
    last = skip = 0
    for index, line in enumerate(lines):
        if index < skip:
            continue
        if index in rows:
            row, skip = rows[index]
            mark: _Mark | None = _Mark(Level.ITEM, row.number, row.number, row.words, row)
        elif (marked or annexes > 1) and _ANNEX.fullmatch(line.text):
            mark = _annex_mark(lines, index)
        elif _LIST_OF_ANNEXES.fullmatch(line.text):
            skip, mark = _after_list_of_annexes(lines, index), None
        else:
            mark = _decimal_mark(decimals.get(index), line) or _mark_of(line)
        if mark is not None:
            marked.append((index, mark))
            last = max(index, skip - 1)
    while (
        marked and marked[-1][1].level is Level.PART and _ANNEX.fullmatch(lines[marked[-1][0]].text)
    ):
        marked.pop()  # an annex with nothing numbered in it
        last = marked[-1][0] if marked else 0
    return marked, last


def _annex_mark(lines: list[Line], index: int) -> _Mark | None:
    """附件2 on a line of its own begins a part of the document; its title stands below."""
    mark = re.sub(r"[\s:.]", "", lines[index].text)
    if index + 1 == len(lines):
        return None
    return _Mark(Level.PART, mark, mark, lines[index + 1].start)


def _after_list_of_annexes(lines: list[Line], index: int) -> int:
    """The place after 附件:1.… and the lines 2.… below it, which number no items."""
    after = index + 1
    while after < len(lines) and _NEXT_ANNEX.fullmatch(lines[after].text):
        after += 1
    return after


def _close(open_nodes: list[Node], level: Level, end: int) -> None:
    """Items at this depth or deeper end here."""
    while open_nodes and open_nodes[-1].level >= level:
        node = open_nodes.pop()
        node.end = end if node.row is None else min(end, node.row.end)
        if not node.children:
            node.own_end = end


def _decimal_mark(found: Numbered | None, line: Line) -> _Mark | None:
    """The mark of a line that begins with a decimal number, or the whole number above such ones."""
    if found is None:
        return None
    level = (Level.ITEM, Level.DECIMAL, Level.FINER_DECIMAL)[found.number.count(".")]
    return _Mark(level, found.number, found.number, line.start + found.words)


def _mark_of(line: Line) -> _Mark | None:
    """The mark that a line begins with."""
    if _CONTENTS_LINE.search(line.text):
        return None
    for level, pattern in _MARKS:
        match = pattern.match(line.text)
        if match:
            number = next((group for group in match.groups() if group), "")
            mark = f"({number})" if level in (Level.CLAUSE, Level.POINT) else number
            mark = f"专栏{number}" if level is Level.BOX else mark
            return _Mark(level, mark, number, line.start + match.end())
    return None


def _after_contents(lines: list[Line]) -> list[Line]:
    """Without a table of contents: after 目录, headings count from where the first comes again."""
    for index, line in enumerate(lines):
        if re.fullmatch(r"目 *[录次]", line.text):
            rest = lines[index + 1 :]
            first = next((each for each in rest if _CHAPTER.match(each.text)), None)
            if first is None:
                return lines
            name = re.split(r"[.…·\d]{2,}| {2,}", first.text)[0].strip()
            again = [n for n, each in enumerate(rest) if each.text.startswith(name)]
            if len(again) > 1:
                return lines[:index] + rest[again[1] :]
    return lines


def _end_of_document(lines: list[Line], last_marked: int) -> int:
    """Where the last item's words end: before the print line, attachments and the page's foot."""
    end = lines[last_marked].end
    for line in lines[last_marked + 1 :]:
        if is_footer(line.text):
            break
        end = line.end
    return end
