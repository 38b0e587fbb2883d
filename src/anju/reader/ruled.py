"""Ruled tables of a printed page: from the lines drawn on it to rows of cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_NEAR = 3.0  # points: two lines that stand closer are one
_FEWEST = 2
_OPEN = 8.0  # points: lines that reach further than the last one they cross make a cell there


class Box(NamedTuple):
    """A rectangle on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


class Rule(NamedTuple):
    """A line that is drawn along one axis: where it stands, from where to where it reaches."""

    at: float
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with the columns and rows that it takes."""

    box: Box
    column: int
    row: int
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its box, its cells in reading order, how many columns and rows it has."""

    box: Box
    cells: tuple[Cell, ...]
    columns: int
    rows: int


def grids_of(flat: Iterable[Rule], upright: Iterable[Rule]) -> list[Grid]:
    """The tables that horizontal and vertical lines of a page make, from the top down."""
    lines, posts = _joined(flat), _joined(upright)
    grids = []
    for some_lines, some_posts in _connected(lines, posts):
        grid = _grid(some_lines, some_posts)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: -grid.box.top)


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line put together."""
    joined: list[Rule] = []
    level = -1e9
    together: list[Rule] = []
    for rule in [*sorted(rules), Rule(1e9, 0, 0)]:
        if rule.at - level > _NEAR:
            joined += _end_to_end(together)
            together, level = [], rule.at
        together.append(Rule(level, rule.first, rule.last))
    return joined


def _end_to_end(rules: list[Rule]) -> list[Rule]:
    """Pieces at one level: those that touch are one."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda each: each.first):
        if whole and rule.first <= whole[-1].last + _NEAR:
            whole[-1] = Rule(rule.at, whole[-1].first, max(whole[-1].last, rule.last))
        else:
            whole.append(rule)
    return whole


def _connected(lines: list[Rule], posts: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines and posts that touch each other, by table."""
    owner = list(range(len(lines) + len(posts)))

    def root(each: int) -> int:
        while owner[each] != each:
            owner[each] = owner[owner[each]]
            each = owner[each]
        return each

    for n, line in enumerate(lines):
        for m, post in enumerate(posts, start=len(lines)):
            crosses = line.first - _NEAR <= post.at <= line.last + _NEAR
            if crosses and post.first - _NEAR <= line.at <= post.last + _NEAR:
                owner[root(m)] = root(n)
    tables: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for n, line in enumerate(lines):
        tables.setdefault(root(n), ([], []))[0].append(line)
    for m, post in enumerate(posts, start=len(lines)):
        tables.setdefault(root(m), ([], []))[1].append(post)
    return list(tables.values())


def _grid(lines: list[Rule], posts: list[Rule]) -> Grid | None:
    """The table of lines and posts that touch; None for a box or a mere line."""
    across = _with_ends({post.at for post in posts}, lines)
    down = _with_ends({line.at for line in lines}, posts)[::-1]
    columns, rows = len(across) - 1, len(down) - 1
    if columns < _FEWEST or rows < 1 or not lines or not posts:
        return None
    middles = [(one + other) / 2 for one, other in pairwise(across)]
    heights = [(one + other) / 2 for one, other in pairwise(down)]
    posts_at, lines_at = _by_level(posts), _by_level(lines)
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < columns and not _drawn(posts_at, across[right], heights[row]):
                right += 1
            below = row + 1
            while below < rows and not _drawn(lines_at, down[below], middles[column]):
                below += 1
            taken |= {(r, c) for r in range(row, below) for c in range(column, right)}
            box = Box(across[column], down[below], across[right], down[row])
            cells.append(Cell(box, column, row, right - column, below - row))
    whole = Box(across[0], down[-1], across[-1], down[0])
    return Grid(whole, tuple(cells), columns, rows)


def _with_ends(levels: set[float], crossing: list[Rule]) -> list[float]:
    """The levels of lines, and where those that cross them end: a table may be open at its sides."""
    found = sorted(levels)
    ends = [min(rule.first for rule in crossing), max(rule.last for rule in crossing)] * bool(
        crossing
    )
    if found and ends and found[0] - ends[0] > _OPEN:
        found.insert(0, ends[0])
    if found and ends and ends[1] - found[-1] > _OPEN:
        found.append(ends[1])
    return found


def _by_level(rules: Sequence[Rule]) -> dict[float, list[Rule]]:
    """Lines by the level at which they are drawn."""
    found: dict[float, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.at, []).append(rule)
    return found


def _drawn(rules: dict[float, list[Rule]], at: float, along: float) -> bool:
    """Whether a line is drawn at a level, where it passes a place."""
    return any(rule.first <= along <= rule.last for rule in rules.get(at, ()))


def rows_said(grid: Grid, words: Sequence[str]) -> list[list[str]]:
    """The words of the cells by rows; what reaches down is said in each, what reaches across once."""
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell, said in zip(grid.cells, words, strict=True):
        for row in range(cell.row, cell.row + cell.down):
            rows[row][cell.column] = said
    return rows
