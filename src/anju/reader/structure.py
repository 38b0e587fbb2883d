"""The tree of headings and numbered items, as official documents number them: 一、(一) 1. (1), 1.1."""

import re
from dataclasses import dataclass, field

from anju.reader.footers import is_footer
from anju.reader.marks import Level, Mark, chapter_of, marked_lines
from anju.reader.shadow import Line, lines_of
from anju.reader.tables import Row

_LONGEST_HEADING = 40
#: Whose numbers may stand inside each other in any order: 1. under (一), or (一) under 1.
_NESTING = (Level.CLAUSE, Level.ITEM, Level.POINT, Level.CIRCLE)
_FIRST = ("1", "一", "①", "❶")


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


def tree_of(shadow: str, *, in_articles: bool = False) -> tuple[list[Node], int]:
    """The outermost items, and where the document ends and the page around it begins again.

    `in_articles`: 第一条 numbers an item too.
    """
    lines = _after_contents(lines_of(shadow))
    marked, last = marked_lines(lines, in_articles=in_articles)
    if not marked:
        return [], len(shadow)
    end = _end_of_document(lines, last)
    roots: list[Node] = []
    open_nodes: list[Node] = []
    for index, mark in marked:
        line = lines[index]
        before = lines[index - 1].end if index else line.start
        if not _stands_below(open_nodes, mark, shadow, before):
            _close_for(open_nodes, mark, before)
        node = Node(mark.level, mark.mark, mark.number, line.start, mark.words, row=mark.row)
        if open_nodes:
            parent = open_nodes[-1]
            node.parent = parent
            if not parent.children:
                parent.own_end = before
            parent.children.append(node)
        else:
            roots.append(node)
        if mark.level is Level.BULLET:
            node.mark += str(_count(node.parent.children if node.parent else roots, mark.mark) + 1)
        open_nodes.append(node)
    _close(open_nodes, Level.PART, end)
    return roots, end


def _stands_below(open_nodes: list[Node], mark: Mark, shadow: str, before: int) -> bool:
    """Whether a first number begins a list below a heading that fixed depth would put beside it."""
    if mark.level not in _NESTING or not open_nodes:
        return False
    above = open_nodes[-1]
    if mark.number not in _FIRST and above.level is not Level.BULLET:
        return False  # below a bullet that is a heading, numbers may run on
    words = shadow[above.words : before].strip()
    heading = len(words) <= _LONGEST_HEADING and "\n" not in words and words[-1:] not in "。;"
    nests = above.level in (*_NESTING, Level.BULLET) and above.row is None
    deeper = nests and above.level > mark.level
    return heading and deeper and all(each.level is not mark.level for each in open_nodes)


def _close_for(open_nodes: list[Node], mark: Mark, end: int) -> None:
    """Items end where one beside them or above them begins: of its kind, else as deep as it."""
    alike = next((n for n, each in enumerate(open_nodes) if _alike(each, mark)), None)
    if alike is not None and mark.level in (*_NESTING, Level.BULLET):
        while len(open_nodes) > alike:
            _end(open_nodes.pop(), end)
        return
    level = Level.ITEM if mark.level is Level.BOX else mark.level
    if mark.level is not Level.BULLET:  # a bullet of another sign stands below the one before it
        _close(open_nodes, level, end)


def _alike(node: Node, mark: Mark) -> bool:
    """Whether a mark is of the kind of an open item."""
    same_sign = mark.level is not Level.BULLET or node.mark.startswith(mark.mark)
    return node.level is mark.level and same_sign


def _count(nodes: list[Node], sign: str) -> int:
    """How many bullets of a sign stand among these, the last one, which is not counted yet, left out."""
    return sum(node.level is Level.BULLET and node.mark.startswith(sign) for node in nodes[:-1])


def _close(open_nodes: list[Node], level: Level, end: int) -> None:
    """Items at this depth or deeper end here."""
    while open_nodes and open_nodes[-1].level >= level:
        _end(open_nodes.pop(), end)


def _end(node: Node, end: int) -> None:
    """An item ends; a row of a table where its own words do."""
    node.end = end if node.row is None else min(end, node.row.end)
    if not node.children:
        node.own_end = end


def _after_contents(lines: list[Line]) -> list[Line]:
    """Without a table of contents: after 目录, headings count from where the first comes again."""
    for index, line in enumerate(lines):
        if re.fullmatch(r"目 *[录次]", line.text):
            rest = lines[index + 1 :]
            first = next((each for each in rest if chapter_of(each)), None)
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
