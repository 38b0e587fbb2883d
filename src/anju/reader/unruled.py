"""Tables of a printed page that no lines are drawn around: told by where their words stand.

The head says how many columns there are; between two of them runs the widest strip that no word of the
rows crosses. A row begins at its number, or, where numbers stand in the middle of their rows, as far
above the number as the row before it ends.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from anju.reader.table_heads import columns_of, is_number_head

_GAP = 0.8  # widths of a sign: what stands further apart are two pieces
_FEWEST = 3
_MOST_HEAD_LINES = 3
_NUMBER = re.compile(r"\d{1,3}[.、]?")
_GROUP = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]")
_PARTED = ("序号", "编号", "备注")  # printed with a wide blank inside
_SAME_LINE = 0.5  # of the height of a sign

Row = tuple[tuple[str, ...], ...]  # the lines of each cell


class Sign(NamedTuple):
    """A sign and where it is printed, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    said: str


@dataclass(frozen=True, slots=True)
class Run:
    """Signs that stand next to each other in one line."""

    left: float
    right: float
    said: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of a page: its runs from left to right."""

    bottom: float
    top: float
    runs: tuple[Run, ...]

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page: between which heights, its head (empty where it goes on from the page before),
    its rows or the names of their groups, and where one column ends and the next begins."""

    top: float
    bottom: float
    heads: tuple[str, ...]
    rows: tuple[Row | str, ...]
    bounds: tuple[float, ...]
    to_the_end: bool


def printed_lines(signs: Iterable[Sign]) -> list[Printed]:
    """The lines of a page from the top down."""
    lines: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda each: -(each.top + each.bottom)):
        middle = (sign.top + sign.bottom) / 2
        last = lines[-1][0] if lines else None
        near = last is not None and abs((last.top + last.bottom) / 2 - middle) <= _SAME_LINE * (
            last.top - last.bottom
        )
        if near:
            lines[-1].append(sign)
        else:
            lines.append([sign])
    return [_printed(line) for line in lines]


def _printed(signs: list[Sign]) -> Printed:
    """One line: signs that stand close are a run."""
    signs.sort()
    runs: list[Run] = []
    for sign in signs:
        size = max(sign.top - sign.bottom, sign.right - sign.left)
        if runs and sign.left - runs[-1].right <= _GAP * size:
            last = runs[-1]
            runs[-1] = Run(last.left, max(last.right, sign.right), last.said + sign.said)
        else:
            runs.append(Run(sign.left, sign.right, sign.said))
    bottom, top = min(each.bottom for each in signs), max(each.top for each in signs)
    return Printed(bottom, top, tuple(runs))


def table_on(lines: Sequence[Printed], bounds: tuple[float, ...] = ()) -> Table | None:
    """The table of a page; `bounds` are those of the table that reached the end of the page before."""
    for at in range(len(lines)):
        for count in range(1, _MOST_HEAD_LINES + 1):
            heads = _heads(lines[at : at + count])
            if heads:
                return _table(lines, at, at + count, heads, ())
    return _table(lines, 0, 0, [], bounds) if bounds and lines else None


def _heads(lines: Sequence[Printed]) -> list[Run]:
    """The heads that stand in some lines, if these are the head of a table of tasks with numbers."""
    heads: list[Run] = []
    for line in lines:
        for run in line.runs:
            over = next((n for n, each in enumerate(heads) if _overlap(each, run)), None)
            if over is None:
                heads.append(run)
            else:
                last = heads[over]
                wide = (min(last.left, run.left), max(last.right, run.right))
                heads[over] = Run(*wide, last.said + run.said)
    heads = _without_blanks(sorted(heads, key=lambda each: each.left))
    if len(heads) < _FEWEST or not is_number_head(heads[0].said):
        return []
    return heads if columns_of([(each.said, each.said) for each in heads]) else []


def _without_blanks(heads: list[Run]) -> list[Run]:
    """序 号 is one head."""
    whole: list[Run] = []
    for head in heads:
        if whole and whole[-1].said + head.said in _PARTED:
            last = whole.pop()
            head = Run(last.left, head.right, last.said + head.said)
        whole.append(head)
    return whole


def _overlap(one: Run, other: Run) -> bool:
    return one.left < other.right and other.left < one.right


def _table(
    lines: Sequence[Printed],
    first: int,
    begin: int,
    heads: Sequence[Run],
    bounds: tuple[float, ...],
) -> Table | None:
    """The table whose head ends before `begin`."""
    width = (lines[begin - 1].runs[-1].right - heads[0].left) if heads else 0.0
    end = begin
    while end < len(lines) and not _ends(lines[end], width, bounds):
        end += 1
    body = lines[begin:end]
    runs = [run for line in body if not _is_group(line) for run in line.runs]
    if heads:
        bounds = tuple(_bound(one, other, runs) for one, other in pairwise(heads))
    rows: list[Row | str] = []
    for grouped, together in groupby(body, _is_group):
        some = list(together)
        rows += [each.runs[0].said for each in some] if grouped else _rows(some, bounds)
    if not any(isinstance(row, tuple) for row in rows):
        return None
    top = lines[first].top if heads else body[0].top
    rest = [line for line in lines[end:] if not _is_page_number(line)]
    names = tuple(head.said for head in heads)
    return Table(top, body[-1].bottom, names, tuple(rows), bounds, not rest)


def _is_group(line: Printed) -> bool:
    """Whether a line names the group of the rows below it: 一、产业帮扶."""
    return len(line.runs) == 1 and bool(_GROUP.match(line.runs[0].said))


def _is_page_number(line: Printed) -> bool:
    return len(line.runs) == 1 and bool(
        re.fullmatch(r"[-—－第 ]*\d{1,4}[-—－页 ]*", line.runs[0].said)
    )


def _ends(line: Printed, width: float, bounds: tuple[float, ...]) -> bool:
    """Whether a line is no part of a table: one long run, or the number of the page."""
    if _is_page_number(line) and not (bounds and line.runs[0].right < bounds[0]):
        return width == 0.0 or line.runs[0].left > line.runs[0].right - width
    if _GROUP.match(line.runs[0].said):
        return False
    crossing = any(run.left < bound < run.right for run in line.runs for bound in bounds)
    return crossing or (width > 0 and any(run.right - run.left > 0.8 * width for run in line.runs))


def _bound(one: Run, other: Run, runs: Sequence[Run]) -> float:
    """The middle of the widest strip between two heads that no run crosses."""
    low, high = one.right, other.left
    middle_of_one, middle_of_other = (one.left + one.right) / 2, (other.left + other.right) / 2
    between = sorted(
        (max(run.left, middle_of_one), min(run.right, middle_of_other))
        for run in runs
        if run.right > middle_of_one and run.left < middle_of_other
    )
    strips: list[tuple[float, float]] = []
    at = middle_of_one
    for left, right in between:
        if left > at:
            strips.append((at, left))
        at = max(at, right)
    if at < middle_of_other:
        strips.append((at, middle_of_other))
    if not strips:
        return (low + high) / 2
    widest = max(strips, key=lambda strip: strip[1] - strip[0])
    return (widest[0] + widest[1]) / 2


def _rows(body: Sequence[Printed], bounds: tuple[float, ...]) -> list[Row]:
    """The rows: which lines belong to which number, and their runs by column."""
    if not body or not bounds:
        return []
    anchors = [
        n
        for n, line in enumerate(body)
        if line.runs[0].right <= bounds[0] and _NUMBER.fullmatch(line.runs[0].said)
    ]
    if not anchors:
        return []
    from_above = anchors if anchors[0] == 0 else [0, *anchors]
    in_middle = _from_the_middle(body, anchors)
    above, middle = _parts(body, from_above), _parts(body, in_middle)
    parts = middle if _unlike(middle, bounds, 0.5) < _unlike(above, bounds, 0.0) else above
    return [_cells(part, bounds) for part in parts]


def _parts(body: Sequence[Printed], starts: Sequence[int]) -> list[Sequence[Printed]]:
    return [body[start:end] for start, end in pairwise([*starts, len(body)]) if end > start]


def _unlike(parts: Sequence[Sequence[Printed]], bounds: tuple[float, ...], where: float) -> float:
    """How far the cells of rows stand from where all of them should: at the top (0) or in the middle (0.5)."""
    away = 0.0
    for lines in parts:
        heights: dict[int, list[Printed]] = {}
        for line in lines:
            for run in line.runs:
                heights.setdefault(_column(run, bounds), []).append(line)
        row = lines[0].top - where * (lines[0].top - lines[-1].bottom)
        for cell in heights.values():
            away += abs(cell[0].top - where * (cell[0].top - cell[-1].bottom) - row)
    return away


def _from_the_middle(body: Sequence[Printed], anchors: Sequence[int]) -> list[int]:
    """Where rows begin whose numbers stand in the middle: as far above as the row reaches below."""
    starts = [0]
    top = body[0].top
    for anchor, after in pairwise(anchors):
        bottom = 2 * body[anchor].middle - top
        start = next((n for n in range(anchor + 1, after) if body[n].middle < bottom), after)
        starts.append(start)
        top = body[start].top
    return starts


def _column(run: Run, bounds: tuple[float, ...]) -> int:
    """The column that a run stands in."""
    middle = (run.left + run.right) / 2
    return sum(bound < middle for bound in bounds)


def _cells(lines: Sequence[Printed], bounds: tuple[float, ...]) -> Row:
    """The lines of each cell of a row."""
    cells: list[list[str]] = [[] for _ in range(len(bounds) + 1)]
    for line in lines:
        by_column: dict[int, str] = {}
        for run in line.runs:
            column = _column(run, bounds)
            by_column[column] = by_column.get(column, "") + run.said
        for column, said in by_column.items():
            cells[column].append(said)
    return tuple(map(tuple, cells))
