"""The tree of headings and numbered items, as official documents number them: 一、(一) 1. (1), 1.1."""

import re
from dataclasses import dataclass, field
from enum import IntEnum

from anju.reader.decimals import Numbered, decimals_of
from anju.reader.footers import is_footer
from anju.reader.model import Oddity
from anju.reader.numerals import chinese
from anju.reader.shadow import Line, lines_of

_NUMERAL = "[一二三四五六七八九十]{1,3}"


class Level(IntEnum):
    """How deep an item stands."""

    PART = 0
    SECTION = 1
    CHAPTER = 2
    CLAUSE = 3
    ITEM = 4
    DECIMAL = 5  # 1.1
    FINER_DECIMAL = 6  # 1.1.1
    POINT = 7


_CHAPTER = re.compile(rf"({_NUMERAL}) ?、 *")
_MARKS = (
    (Level.PART, re.compile(rf"第({_NUMERAL})(?:章|部分|篇)[ :、]*")),
    (Level.SECTION, re.compile(rf"第({_NUMERAL})节[ :、]*")),
    (Level.CHAPTER, _CHAPTER),
    (Level.CLAUSE, re.compile(rf"\( ?({_NUMERAL}) ?\)[、.]? *")),
    (Level.ITEM, re.compile(r"(\d{1,3}) ?(?:[.、](?!\d)|\.(?=20\d\d年)) *")),
    (Level.POINT, re.compile(r"(?:\( ?(\d{1,2}) ?\)|([①-⑳]))[、.]? *")),
)
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


def tree_of(shadow: str) -> tuple[list[Node], int]:
    """The outermost items, and where the document ends and the page around it begins again."""
    lines = _after_contents(lines_of(shadow))
    decimals = decimals_of(lines)
    marked = [
        (index, found)
        for index, line in enumerate(lines)
        if (found := _decimal_mark(decimals.get(index)) or _mark_of(line))
    ]
    if not marked:
        return [], len(shadow)
    end = _end_of_document(lines, marked[-1][0])
    roots: list[Node] = []
    open_nodes: list[Node] = []
    for index, (level, mark, number, words) in marked:
        line = lines[index]
        _close(open_nodes, level, lines[index - 1].end if index else line.start)
        node = Node(level, mark, number, line.start, line.start + words)
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


def _close(open_nodes: list[Node], level: Level, end: int) -> None:
    """Items at this depth or deeper end here."""
    while open_nodes and open_nodes[-1].level >= level:
        node = open_nodes.pop()
        node.end = end
        if not node.children:
            node.own_end = end


def _decimal_mark(found: Numbered | None) -> tuple[Level, str, str, int] | None:
    """The same of a line that begins with a decimal number, or the whole number above such ones."""
    if found is None:
        return None
    level = (Level.ITEM, Level.DECIMAL, Level.FINER_DECIMAL)[found.number.count(".")]
    return level, found.number, found.number, found.words


def _mark_of(line: Line) -> tuple[Level, str, str, int] | None:
    """The depth, mark, number and length of the mark that a line begins with."""
    if _CONTENTS_LINE.search(line.text):
        return None
    for level, pattern in _MARKS:
        match = pattern.match(line.text)
        if match:
            number = next(group for group in match.groups() if group)
            mark = f"({number})" if level in (Level.CLAUSE, Level.POINT) else number
            return level, mark, number, match.end()
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


def numbering_warnings(roots: list[Node]) -> list[Oddity]:
    """Numbers that repeat or are left out, among siblings and in runs through the document."""
    found = _among(roots)
    found += _in_run([_last(each) for each in roots if "." in each.number])
    items: list[tuple[int, int]] = []
    todo = list(reversed(roots))
    while todo:
        node = todo.pop()
        found += _among(node.children) if node.children else []
        found += _in_run([_last(each) for each in node.children if "." in each.number])
        if node.level is Level.ITEM:
            items.append(_last(node))
        todo += reversed(node.children)
    return sorted(found + _in_run(items), key=lambda warning: warning.start)


def _among(siblings: list[Node]) -> list[Oddity]:
    """Chinese-numbered headings are counted among siblings."""
    found: list[Oddity] = []
    before: dict[Level, int] = {}
    for node in siblings:
        if node.level not in (Level.CHAPTER, Level.CLAUSE):
            continue
        number = chinese(node.number) or 0
        last = before.get(node.level)
        if last is not None and number <= last:
            found.append(Oddity("heading_repeated", f"标题序号“{node.mark}”重复出现", node.start))
            number = max(last, number)
        elif last is not None and number > last + 1:
            found.append(
                Oddity("heading_missing", f"标题序号从{last}跳到{number}，中间缺号", node.start)
            )
        before[node.level] = number
    return found


def _last(node: Node) -> tuple[int, int]:
    """Where an item stands, and the last part of its number."""
    return node.start, int(node.number.rpartition(".")[2])


def _in_run(items: list[tuple[int, int]]) -> list[Oddity]:
    """Items may be numbered through the document or begin again in each section."""
    found: list[Oddity] = []
    last = 0
    for start, number in items:
        if number > last + 1 and last:
            missing = "、".join(str(each) for each in range(last + 1, min(number, last + 6)))
            found.append(Oddity("number_missing", f"缺少第{missing}项", start))
        elif number <= last and number != 1:
            found.append(Oddity("number_repeated", f"序号{number}重复或倒退", start))
        last = number
    return found
