"""What numbers a line: 一、(一) 1. (1) ①, 行动一:, 1.1, A1, ●, the rows of tables, annexes."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum

from anju.reader.articles import article_mark
from anju.reader.running import Family, Numbered, running_numbers
from anju.reader.shadow import Line
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
    CIRCLE = 10
    BULLET = 11
    PARAGRAPH = 12  # without any number


@dataclass(frozen=True, slots=True)
class Mark:
    """What numbers a line: how deep, as printed, and where the words after it begin."""

    level: Level
    mark: str
    number: str
    words: int
    row: Row | None = None


_THINGS = "行动|任务|举措|措施|工程|专项|目标|项目|问题|清单|事项"
_CHAPTER = re.compile(rf"({_NUMERAL}) ?(?:、|\.(?=[一-鿿])) *")
_MARKS = (
    (Level.PART, re.compile(rf"第({_NUMERAL})(?:章|部分|篇)[ :、]*")),
    (Level.SECTION, re.compile(rf"第({_NUMERAL})节[ :、]*")),
    (Level.CHAPTER, _CHAPTER),
    (Level.CHAPTER, re.compile(r"([Ⅰ-Ⅻ])[.、 ]*")),
    (
        Level.NAMED,
        re.compile(
            rf"((?:[一-鿿]{{2,4}})?(?:{_THINGS})(?:{_NUMERAL}|\d{{1,2}}))(?: ?[:、.] *| +|$)"
        ),
    ),
    (Level.CLAUSE, re.compile(rf"(?:\( ?({_NUMERAL}) ?\)|([㈠-㈩]))[、.]? *")),
    (Level.BOX, re.compile(rf"专栏 ?((?:{_NUMERAL}|\d{{1,2}})?)[ :、.]*(?=\S)")),
    (
        Level.ITEM,
        re.compile(r"(?:(\d{1,3}) ?(?:[.、](?!\d)|\.(?=20\d\d年|\d{1,2}月))|([⒈-⒛])) *"),
    ),
    (Level.POINT, re.compile(r"(?:\( ?(\d{1,2}) ?\)|(\d{1,2}) ?\)|([⑴-⒇]))[、.]? *")),
    (Level.CIRCLE, re.compile(r"([①-⑳❶-❿])[、.]? *")),
)
_IN_BRACKETS = (Level.CLAUSE, Level.POINT, Level.CIRCLE)
_ONE_SIGN = str.maketrans(
    dict(zip("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "一二三四五六七八九十", strict=True))
    | {chr(ord("⒈") + n): str(n + 1) for n in range(20)}
)
_BULLET = re.compile(
    r"(?P<sign>[●■◆▲▼★☆※◎○•·◇□▪➢➤►▶√✓*]) *(?=[^\s*·.…])|(?P<dash>--|-(?=[ 一-鿿])) *(?=[^\s\-])"
)
_STARRED = re.compile(r"[●■◆▲★☆※*] *(?=[\d(一二三四五六七八九十])")
_FEWEST_BULLETS = 2
_SHEET = re.compile(
    rf"((?:重点|工作|整改|具体)?(?:任务|项目|事项|工作|措施|问题)(?:名称|事项|任务)?) *: *(?:({_NUMERAL}|\d{{1,3}})[、.] *)?"
)
_SHEET_OFFICES = re.compile(r"[一-鿿]{2,4}(?:单位|部门|科室) *:")
_FEWEST_SHEETS = 2
_ANNEX = re.compile(r"附 *件 *(\d{0,2})[:.]?")
_LIST_OF_ANNEXES = re.compile(r"附 *件 *:? *1?[.、]?.*[^。;]")
_NEXT_ANNEX = re.compile(r"\d{1,2} ?[.、][^。;:]{2,60}")
_CONTENTS_LINE = re.compile(r"(?:\.{3,}|…+|·{3,}|-{4,}) *\d+$")


def marked_lines(
    lines: list[Line], *, in_articles: bool = False
) -> tuple[list[tuple[int, Mark]], int]:
    """The lines that are numbered, rows of tables among them; and the last line of all these."""
    running = running_numbers(lines)
    rows = rows_of(lines)
    bullets = _bullets(lines) | _sheets(lines)
    annexes = sum(bool(_ANNEX.fullmatch(line.text)) for line in lines)
    marked: list[tuple[int, Mark]] = []
    last = skip = 0
    for index, line in enumerate(lines):
        if index < skip:
            continue
        if index in rows:
            row, skip = rows[index]
            mark: Mark | None = Mark(Level.ITEM, row.number, row.number, row.words, row)
        elif (marked or annexes > 1) and _ANNEX.fullmatch(line.text):
            mark = _annex_mark(lines, index)
        elif in_articles and (mark := _article(line)) is not None:
            pass
        elif _LIST_OF_ANNEXES.fullmatch(line.text):
            skip, mark = _after_list_of_annexes(lines, index), None
        else:
            mark = _running_mark(running.get(index), line) or mark_of(line) or bullets.get(index)
        if mark is not None:
            marked.append((index, mark))
            last = max(index, skip - 1)
    while (
        marked and marked[-1][1].level is Level.PART and _ANNEX.fullmatch(lines[marked[-1][0]].text)
    ):
        marked.pop()  # an annex with nothing numbered in it
        last = marked[-1][0] if marked else 0
    return _without_early_bullets(marked), last


def _article(line: Line) -> Mark | None:
    """第三条: below chapters of both kinds, above all other numbers."""
    found = article_mark(line)
    return Mark(Level.NAMED, found[0], found[1], line.start + found[2]) if found else None


def chapter_of(line: Line) -> re.Match[str] | None:
    """一、 at the head of a line."""
    return _CHAPTER.match(line.text)


def mark_of(line: Line) -> Mark | None:
    """The number that a line begins with; a star before it only says that it is pressing."""
    if _CONTENTS_LINE.search(line.text):
        return None
    star = _STARRED.match(line.text)
    begin = star.end() if star else 0
    for level, pattern in _MARKS:
        match = pattern.match(line.text, begin)
        if match:
            number = next((group for group in match.groups() if group), "")
            number = number.translate(_ONE_SIGN)
            mark = f"({number})" if level in _IN_BRACKETS else number
            mark = f"专栏{number}" if level is Level.BOX else mark
            return Mark(level, mark, number, line.start + match.end())
    return None


def _bullets(lines: list[Line]) -> dict[int, Mark]:
    """Lines that begin with a sign instead of a number; one alone is a remark (※)."""
    found = {n: match for n, line in enumerate(lines) if (match := _BULLET.match(line.text))}
    often = Counter(match.group("sign", "dash") for match in found.values())
    return {
        n: Mark(Level.BULLET, _sign(match), "", lines[n].start + match.end())
        for n, match in found.items()
        if often[match.group("sign", "dash")] >= _FEWEST_BULLETS and "|" not in lines[n].text
    }


def _sign(bullet: re.Match[str]) -> str:
    """A bullet as printed; the dash of two signs is one of the document's."""
    return bullet["sign"] or bullet["dash"].replace("-", "—")


def _sheets(lines: list[Line]) -> dict[int, Mark]:
    """任务名称:…, 牵头单位:…, 任务名称:…: lines that begin a sheet of their own for each task."""
    begins = [(n, match) for n, line in enumerate(lines) if (match := _SHEET.match(line.text))]
    if len(begins) < _FEWEST_SHEETS or len({match[1] for _, match in begins}) > 1:
        return {}
    ends = [n for n, _ in begins[1:]] + [len(lines)]
    offices = {n for n, line in enumerate(lines) if _SHEET_OFFICES.match(line.text)}
    numbered = any(map(mark_of, lines[begins[0][0] : begins[-1][0]]))
    if numbered or not all(
        offices & set(range(n, end)) for (n, _), end in zip(begins, ends, strict=True)
    ):
        return {}
    numbers = [match[2] or str(count) for count, (_, match) in enumerate(begins, start=1)]
    return {
        n: Mark(Level.ITEM, number, number, lines[n].start + match.end())
        for (n, match), number in zip(begins, numbers, strict=True)
    }


def _without_early_bullets(marked: list[tuple[int, Mark]]) -> list[tuple[int, Mark]]:
    """Signs before the first number adorn the head, unless nothing is numbered at all."""
    first = next((n for n, (_, mark) in enumerate(marked) if mark.level is not Level.BULLET), 0)
    return marked[first:]


def _annex_mark(lines: list[Line], index: int) -> Mark | None:
    """附件2 on a line of its own begins a part of the document; its title stands below."""
    mark = re.sub(r"[\s:.]", "", lines[index].text)
    if index + 1 == len(lines):
        return None
    return Mark(Level.PART, mark, mark, lines[index + 1].start)


def _after_list_of_annexes(lines: list[Line], index: int) -> int:
    """The place after 附件:1.… and the lines 2.… below it, which number no items."""
    after = index + 1
    while after < len(lines) and _NEXT_ANNEX.fullmatch(lines[after].text):
        after += 1
    return after


def _running_mark(found: Numbered | None, line: Line) -> Mark | None:
    """The mark of a number that counts because it runs on."""
    if found is None:
        return None
    if found.family in (Family.DECIMAL, Family.DASHED):
        level = (Level.ITEM, Level.DECIMAL, Level.FINER_DECIMAL)[found.depth - 1]
    else:
        level = Level.NAMED if found.family is Family.LETTER else Level.ITEM
    return Mark(level, found.number, found.number, line.start + found.words)
