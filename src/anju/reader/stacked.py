"""Tables copied with each cell on lines of its own: a head of lines, then rows that a number begins.

Where a cell takes several lines, what they say tells the column: names of offices, a time, else words.
"""

import re
from collections.abc import Iterator, Sequence

from anju.reader.shadow import Line
from anju.reader.table_heads import Column, columns_of, is_number_head
from anju.reader.zones import is_list_of_names

Cell = tuple[int, int, str]

_MOST_HEADS = 12
_LONGEST_HEAD = 12
_FEWEST_HEADS = 3
_ORDINAL = re.compile(r"\d{1,3}")
_GROUP = re.compile(r"[一二三四五六七八九十]{1,3} ?、")
_TIME = re.compile(r"20\d\d ?年|\d{1,2}月|长期|持续|常态|全年|立行立改|年[底内]")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3} ?、|\([一二三四五六七八九十]{1,3}\)|附 *件|备注|注:|第.{1,3}[章节]|分享|打印|关闭"
)


def stacked_head(lines: Sequence[Line], at: int) -> tuple[list[Column], int] | None:
    """The columns whose heads stand on lines of their own from here, and the place of the first row."""
    heads: list[str] = []
    for place, line in enumerate(lines[at : at + _MOST_HEADS + 2], start=at):
        if _ORDINAL.fullmatch(line.text):
            return _columns(heads, place)
        if len(line.text) > _LONGEST_HEAD and len(heads) < _FEWEST_HEADS:
            return None
        heads.append(line.text)
    return None


def _columns(heads: Sequence[str], first_row: int) -> tuple[list[Column], int] | None:
    """The columns of these heads; the last one may be the name of a group of rows instead."""
    for count in (len(heads), len(heads) - 1):
        names = list(heads[:count])
        numbered = bool(names) and is_number_head(names[0])
        if not numbered:
            if count < _FEWEST_HEADS or not all(map(_may_head, names)):
                continue
            names = ["序号", *names[1:]] if count > _FEWEST_HEADS else ["序号", *names]
        columns = columns_of([(name, name) for name in names])
        if columns and (numbered or {each.kind for each in columns} >= {"offices", "when"}):
            return columns, first_row
    return None


def _may_head(name: str) -> bool:
    """Whether a line may be the head of a column beside which the numbers have none."""
    return len(name) <= _LONGEST_HEAD and not is_number_head(name) and not _HEADING.match(name)


def stacked_rows(
    lines: Sequence[Line], at: int, columns: Sequence[Column]
) -> Iterator[tuple[int, int, list[Cell]]]:
    """Rows: the places of the first line and behind the last, and the cells under their columns."""
    first = end = at
    while end + 1 < len(lines):
        end += 1
        text = lines[end].text
        if _ORDINAL.fullmatch(text) and int(text) == int(lines[first].text) + 1:
            yield first, end, _cells(lines, first, end, columns)
            first = end
            continue
        after = _after_group(lines, end, int(lines[first].text))
        if after is not None:
            yield first, end, _cells(lines, first, end, columns)
            first = end = after
        elif (
            _HEADING.match(text)
            or is_number_head(text)
            or (end - first >= len(columns) and not _awaited(lines, end, columns, first))
        ):
            break
    else:
        end = len(lines)
    yield first, end, _cells(lines, first, end, columns)


def _cells(lines: Sequence[Line], first: int, end: int, columns: Sequence[Column]) -> list[Cell]:
    """The cells of a row under their columns."""
    return _under(columns, [(each.start, each.end, each.text) for each in lines[first:end]])


def _after_group(lines: Sequence[Line], at: int, number: int) -> int | None:
    """Where the rows go on below 二、… and other names of groups; None where none stands here."""
    place = at
    while place < len(lines) and _GROUP.match(lines[place].text):
        place += 1
    goes_on = at < place < len(lines) and _ORDINAL.fullmatch(lines[place].text)
    return place if goes_on and int(lines[place].text) > number else None


def _awaited(lines: Sequence[Line], at: int, columns: Sequence[Column], first: int) -> bool:
    """Whether a row that is full goes on: its number is followed by the next one soon."""
    after = str(int(lines[first].text) + 1)
    return any(each.text == after for each in lines[at : at + len(columns)])


def _under(columns: Sequence[Column], lines: list[Cell]) -> list[Cell]:
    """As many cells as there are columns."""
    kinds = [each.kind for each in columns]
    if (
        kinds.count("offices") == kinds.count("when") == kinds.count("words") == 1
        and len(kinds) == 4
    ):
        return _by_what_is_said(kinds, lines)
    cells = lines[:1]
    for line in lines[1:]:
        goes_on = cells[-1][2].endswith(("、", ",")) and len(cells) > 1
        if goes_on:
            cells[-1] = _joined(cells[-1], line)
        else:
            cells.append(line)
    while len(cells) > len(columns):
        column = next((n for n, each in enumerate(columns) if each.kind == "words"), 1)
        cells[column : column + 2] = [_joined(cells[column], cells[column + 1])]
    missing = [(cells[-1][0], cells[-1][0], "")] * (len(columns) - len(cells))
    dated = columns[-1].kind == "when" and _TIME.search(cells[-1][2])
    return [*cells[:-1], *missing, cells[-1]] if dated else [*cells, *missing]


def _by_what_is_said(kinds: Sequence[str], lines: list[Cell]) -> list[Cell]:
    """Words, then names, then a time; what follows the time names the next group of rows."""
    found: dict[str, Cell] = {}
    for line in lines[1:]:
        if "offices" in found and _TIME.search(line[2]):
            kind = "when"
        elif "words" in found and (
            is_list_of_names(line[2]) or ("offices" not in found and line is lines[2])
        ):
            kind = "offices"
        else:
            kind = "words"
        if "when" in found:
            break
        found[kind] = _joined(found[kind], line) if kind in found else line
    last = lines[-1][1]
    return [lines[0] if kind == "number" else found.get(kind, (last, last, "")) for kind in kinds]


def _joined(cell: Cell, line: Cell) -> Cell:
    """A cell that goes on in the next line."""
    return cell[0], line[1], f"{cell[2]} {line[2]}"
