"""Tables copied with each cell on lines of its own whose numbers stand in the words: 1.做好…, below 重点工作.

The head tells the columns; a row begins at its numbered words. The names below fill the columns of offices in
order: as many lines as columns one each, what is more belongs to the first of them but for the last line.
"""

import re
from collections.abc import Iterator, Sequence

from anju.reader.shadow import Line
from anju.reader.table_heads import Column, columns_of, is_number_head
from anju.reader.titles import ends_like_title
from anju.reader.zones import is_list_of_names

Cell = tuple[int, int, str]

_BEGINS = re.compile(r"(\d{1,3})[.、](?!\d) *(?=.{6})")
_MOST_HEADS = 8
_LONGEST_HEAD = 12
_FEWEST_HEADS = 3
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3} ?、|\([一二三四五六七八九十]{1,3}\)|附 *件|注:|分享|打印|关闭"
)
#: What no head of a column says: a label with what stands behind it, a sentence, a number.
_NO_HEAD = re.compile(
    r"[:|。;,\d]|^[一二三四五六七八九十]{1,3} ?、|^\([一二三四五六七八九十]{1,3}\)"
)


def head_over_words(lines: Sequence[Line], at: int) -> tuple[list[Column], int] | None:
    """The columns whose heads stand on lines from here, and the place of the first numbered words."""
    heads: list[str] = []
    if ends_like_title(lines[at].text):
        return None
    for place, line in enumerate(lines[at : at + _MOST_HEADS + 2], start=at):
        if _BEGINS.match(line.text):
            return _columns(heads, place)
        if (
            len(line.text) > _LONGEST_HEAD
            or is_number_head(line.text)
            or _NO_HEAD.search(line.text)
        ):
            return None
        heads.append(line.text)
    return None


def _columns(heads: Sequence[str], first_row: int) -> tuple[list[Column], int] | None:
    """The columns of these heads; the last line may be the first cell of a column of leaders."""
    for count in (len(heads), len(heads) - 1):
        names = ["序号", *heads[:count]]
        columns = columns_of([(name, name) for name in names]) if count >= _FEWEST_HEADS else []
        kinds = [each.kind for each in columns]
        if kinds.count("offices") and kinds.count("words") == 1:
            return columns, first_row
    return None


def rows_below(
    lines: Sequence[Line], at: int, columns: Sequence[Column]
) -> Iterator[tuple[int, int, list[Cell]]]:
    """Rows: the places of the first line and behind the last, and the cells under their columns."""
    first = at
    while first < len(lines) and (begins := _BEGINS.match(lines[first].text)):
        end = first + 1
        while end < len(lines) and not _ends(lines[end].text):
            end += 1
        cells = _cells(lines[first:end], begins, columns)
        if cells is not None:
            yield first, end, cells
        first = end


def _ends(text: str) -> bool:
    return bool(_BEGINS.match(text) or _HEADING.match(text) or "|" in text)


def _cells(
    lines: Sequence[Line], begins: re.Match[str], columns: Sequence[Column]
) -> list[Cell] | None:
    """The cells of a row; None where no names stand below its words."""
    head = lines[0]
    number = (head.start, head.start + begins.end(1), begins[1])
    words = (head.start + begins.end(), head.end, head.text[begins.end() :])
    names: list[Cell] = []
    for line in lines[1:]:
        if is_list_of_names(line.text):
            names.append((line.start, line.end, line.text))
        elif names:
            break
        else:
            words = (words[0], line.end, f"{words[2]} {line.text}")
    if not names:
        return None
    offices = [n for n, each in enumerate(columns) if each.kind == "offices"]
    last = words[1]
    cells: list[Cell] = [(last, last, "")] * len(columns)
    cells[0] = number
    cells[next(n for n, each in enumerate(columns) if each.kind == "words")] = words
    if len(offices) > 1 and len(names) > 1:
        cells[offices[-1]] = names.pop()
    for column in offices[:-1] or offices:
        kept = names if column == offices[max(0, len(offices) - 2)] else names[:1]
        if kept:
            cells[column] = (kept[0][0], kept[-1][1], "、".join(each[2] for each in kept))
            names = names[len(kept) :]
    return cells
