"""Tables of tasks: a head that says which column holds the offices, and rows below it.

A row stands in one line, its cells between bars, or in as many lines as it has cells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from anju.reader.model import Role
from anju.reader.shadow import Line
from anju.reader.zones import Zone, role_of_head

_LONGEST_HEAD = 14
_MOST_COLUMNS = 12
_NUMBER = re.compile(r"序 ?号|编 ?号")
_WHEN = re.compile(r"时[限间序]|期限|日期|节点|进度(?!情况)")
_YEAR = re.compile(r"(?:到|目标值?\(?)?(20\d\d)年?底?\)?(?:年?度?(?:目标|指标|任务|计划)值?)?")
_TASK = re.compile(r"任务|措施|举措|事项|要点")
_OFFICE = re.compile(r"[^计量]{2}(?:单位|部门|科室|股室|机构|主体)$")
_IDLE = re.compile(
    r".*(?:领导|责任人|负责人|联系人|电话|备注|分管|类别|任务类|指标类|来源|依据|资金|投资).*"
)
_SAID = re.compile(r"[0-9A-Za-z一-鿿]")
_ORDINAL = re.compile(r"\d{1,3}")
_DATE = re.compile(r"20\d\d ?年|\d{1,2}月|长期|持续|常态|全年|立行立改")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3} ?、|\([一二三四五六七八九十]{1,3}\)|附 *件|备注|注:|第.{1,3}[章节]"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number, where its words begin and it ends, its offices and its time."""

    number: str
    start: int
    words: int
    end: int
    zones: tuple[Zone, ...]
    when: tuple[tuple[int, int], ...]
    idle: tuple[tuple[int, int], ...]
    years: tuple[tuple[int, int, int], ...] = ()  # what is to be reached in which year


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds."""

    kind: str  # "number", "offices", "when", "year", "idle" or "words"
    role: Role | None = None
    year: int = 0


def rows_of(lines: Sequence[Line]) -> dict[int, tuple[Row, int]]:
    """Rows by the place of their first line, each with the place of the line after it."""
    found: dict[int, tuple[Row, int]] = {}
    columns: list[_Column] = []
    count = at = 0
    while at < len(lines):
        if "|" in lines[at].text:
            cells = list(_between_bars(lines[at]))
            head = _head([text for _, _, text in cells])
            if head:
                columns, count = head, 0
            elif columns and sum(bool(_SAID.search(text)) for _, _, text in cells) > 1:
                count += 1
                row = _row(lines[at].start, cells, columns, count)
                if row is not None:
                    found[at] = (row, at + 1)
            at += 1
            continue
        stacked = _stacked_head(lines, at)
        if stacked:
            at += len(stacked)
            at = _read_stacked(lines, at, stacked, found)
            continue
        at += 1
    return found


def _between_bars(line: Line) -> Iterator[tuple[int, int, str]]:
    """The cells of a line, with their places."""
    at = 0
    for piece in line.text.split("|"):
        text = piece.strip()
        start = line.start + at + (piece.index(text[0]) if text else 0)
        yield start, start + len(text), text
        at += len(piece) + 1


def _head(cells: Sequence[str]) -> list[_Column]:
    """The columns, if these are the heads of a table of tasks; nothing otherwise."""
    if not 3 <= len(cells) <= _MOST_COLUMNS or any(
        len(cell) > _LONGEST_HEAD or cell.endswith(":") for cell in cells
    ):
        return []
    named = any(role_of_head(re.sub(r"\s", "", cell)) for cell in cells)
    columns: list[_Column] = []
    for cell in cells:
        columns.append(_column(cell, named) if cell or not columns else columns[-1])
    kinds = {column.kind for column in columns}
    timed = {"number", "when"} <= kinds and any(map(_TASK.search, cells))
    return columns if "words" in kinds and ("offices" in kinds or timed) else []


def _column(head: str, named: bool) -> _Column:
    """What a column with this head holds; `named`: another one says who answers for the tasks."""
    bare = re.sub(r"\s", "", head)
    role = role_of_head(bare)
    if role is not None:
        return _Column("offices", role)
    if _NUMBER.fullmatch(head):
        return _Column("number")
    year = _YEAR.fullmatch(bare)
    if year is not None:
        return _Column("year", year=int(year[1]))
    if _OFFICE.search(bare):  # 归口部门: the only column of offices, or nothing that is known
        return _Column("idle") if named else _Column("offices", Role.RESPONSIBLE)
    if _IDLE.fullmatch(bare):
        return _Column("idle")
    return _Column("when" if _WHEN.search(bare) else "words")


def _row(
    start: int, cells: Sequence[tuple[int, int, str]], columns: Sequence[_Column], count: int
) -> Row | None:
    """A row of cells under their heads; None where no cell holds words."""
    number, zones, idle = str(count), [], []
    when: list[tuple[int, int]] = []
    years: list[tuple[int, int, int]] = []
    words = 0
    for (first, last, text), column in zip(cells, columns, strict=False):
        if not text:
            continue
        if column.kind == "number":
            number = text.strip(".、() ")[:_LONGEST_HEAD] or number
            idle.append((first, last))
        elif column.role is not None:
            zones.append(Zone(column.role, first, last))
        elif column.kind == "when":
            when.append((first, last))
        elif column.kind == "year":
            years.append((first, last, column.year))
        elif column.kind == "idle":
            idle.append((first, last))
        else:
            words = words or first
    if not words or not (zones or when):
        return None  # a line between the rows that names their kind
    apart = (tuple(zones), tuple(when), tuple(idle), tuple(years))
    return Row(number, start, words, cells[-1][1], *apart)


def _stacked_head(lines: Sequence[Line], at: int) -> list[_Column]:
    """The columns, where each head has a line of its own and the rows are numbered below."""
    if not _NUMBER.fullmatch(lines[at].text):
        return []
    heads: list[str] = []
    for line in lines[at : at + _MOST_COLUMNS + 1]:
        if _ORDINAL.fullmatch(line.text):
            return _head(heads)
        heads.append(line.text)
    return []


def _read_stacked(
    lines: Sequence[Line],
    at: int,
    columns: Sequence[_Column],
    found: dict[int, tuple[Row, int]],
) -> int:
    """Rows of which every cell has lines of its own; returns the place after them."""
    begins = [at] if at < len(lines) and _ORDINAL.fullmatch(lines[at].text) else []
    end = at
    while begins and end + 1 < len(lines):
        end += 1
        text = lines[end].text
        if _ORDINAL.fullmatch(text) and int(text) == int(lines[begins[-1]].text) + 1:
            begins.append(end)
        elif (
            _HEADING.match(text)
            or _NUMBER.fullmatch(text)
            or (end - begins[-1] >= len(columns) and not _awaited(lines, end, columns, begins))
        ):
            break
    else:
        end = len(lines) if begins else at
    for first, last in pairwise([*begins, end]):
        cells = _under(columns, [(each.start, each.end, each.text) for each in lines[first:last]])
        row = _row(lines[first].start, cells, columns, 0)
        if row is not None:
            found[first] = (row, last)
    return end


def _awaited(lines: Sequence[Line], at: int, columns: Sequence[_Column], begins: list[int]) -> bool:
    """Whether a row that is full goes on: its number is followed by the next one soon."""
    after = str(int(lines[begins[-1]].text) + 1)
    return any(each.text == after for each in lines[at : at + len(columns)])


def _under(
    columns: Sequence[_Column], lines: list[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """As many cells as there are columns: lines that go on joined, what is left over into the words."""
    cells = lines[:1]
    for line in lines[1:]:
        if cells[-1][2].endswith(("、", ",")) and len(cells) > 1:
            cells[-1] = (cells[-1][0], line[1], f"{cells[-1][2]}{line[2]}")
        else:
            cells.append(line)
    while len(cells) > len(columns):
        column = next((n for n, each in enumerate(columns) if each.kind == "words"), 1)
        first, after = cells[column], cells[column + 1]
        cells[column : column + 2] = [(first[0], after[1], f"{first[2]} {after[2]}")]
    missing = [(cells[-1][0], cells[-1][0], "")] * (len(columns) - len(cells))
    dated = columns[-1].kind == "when" and _DATE.search(cells[-1][2])
    return [*cells[:-1], *missing, cells[-1]] if dated else [*cells, *missing]
